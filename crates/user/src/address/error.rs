//! Errors of the address service.

use sea_orm::DbErr;
use stampede_persistence::{database_refusal, impl_conflict};

use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{FieldError, Refusal, Refuse};

use crate::codes::{ADDRESS_REQUIRED, TOO_MANY_ADDRESSES};

/// Errors of the address service.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// Absent or another user's.
    #[error("the address does not exist")]
    NotFound,
    /// The user was banned after the request had begun.
    #[error("the account may not act any more")]
    Banned,
    /// The user has 50.
    #[error("no more than 50 addresses can be kept")]
    TooMany,
    /// No address was given and there is no default.
    #[error("there is no address to deliver to")]
    Required,
    /// The database failed; nothing was changed.
    #[error("the address could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for AddressError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::Banned => Refusal::unauthenticated(),
            Self::TooMany => Refusal::because(TOO_MANY_ADDRESSES, self),
            Self::Required => Refusal::because(ADDRESS_REQUIRED, self),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl_conflict!(AddressError: Database);
