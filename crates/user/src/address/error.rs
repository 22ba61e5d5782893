//! Why an address was refused.

use sea_orm::DbErr;
use stampede_persistence::Conflict;

use crate::rule::Broken;

/// Why an address was refused.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// One field breaks its rule: the field, a stable code, and words.
    #[error("{detail}")]
    Invalid {
        /// The field's name as the API spells it.
        field: &'static str,
        /// A stable code.
        code: &'static str,
        /// In words.
        detail: String,
    },
    /// Absent or another user's.
    #[error("the address does not exist")]
    NotFound,
    /// The user was banned after the request had begun.
    #[error("the account may not act any more")]
    Banned,
    /// The user has 50.
    #[error("no more than 50 addresses can be kept")]
    TooMany,
    /// None was named and there is no default.
    #[error("there is no address to deliver to")]
    Required,
    /// The database failed; nothing was changed.
    #[error("the address could not be read or written")]
    Database(#[from] DbErr),
}

impl Conflict for AddressError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_conflict())
    }
}

impl From<Broken> for AddressError {
    fn from(broken: Broken) -> Self {
        Self::Invalid {
            field: broken.field,
            code: broken.code,
            detail: broken.detail,
        }
    }
}
