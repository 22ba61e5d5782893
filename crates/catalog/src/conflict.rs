//! `Conflict` for the errors of the catalogue.

/// Implements `Conflict` for errors with a `Database` variant: the whole transaction
/// may be run again.
macro_rules! conflict_in_database {
    ($($error:ty),+ $(,)?) => {$(
        impl stampede_persistence::Conflict for $error {
            fn is_conflict(&self) -> bool {
                matches!(self, Self::Database(error) if error.is_conflict())
            }
        }
    )+};
}

pub(crate) use conflict_in_database;
