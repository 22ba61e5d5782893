//! A field that breaks its rule, before it becomes one noun's error.

/// The field as the API spells it, a stable code, and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) field: &'static str,
    pub(crate) code: &'static str,
    pub(crate) detail: String,
}

impl Fault {
    pub(crate) fn new(field: &'static str, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            field,
            code,
            detail: detail.into(),
        }
    }
}

/// Every noun's error says an invalid field in the same three words.
macro_rules! invalid_from_fault {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$crate::fault::Fault> for $error {
            fn from(fault: $crate::fault::Fault) -> Self {
                Self::Invalid {
                    field: fault.field,
                    code: fault.code,
                    detail: fault.detail,
                }
            }
        }
    )+};
}

/// A lost race inside the database; the whole transaction may be run again.
macro_rules! conflict_in_database {
    ($($error:ty),+ $(,)?) => {$(
        impl stampede_persistence::Conflict for $error {
            fn is_conflict(&self) -> bool {
                matches!(self, Self::Database(error) if error.is_conflict())
            }
        }
    )+};
}

pub(crate) use {conflict_in_database, invalid_from_fault};
