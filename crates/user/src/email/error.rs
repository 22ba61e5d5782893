//! Why a proof was not sent or not accepted.

use std::time::Duration;

use sea_orm::DbErr;
use stampede_kernel::{FieldError, TooMany};
use stampede_persistence::Conflict;

use crate::hashing::HashError;

/// Why a proof was not sent or not accepted.
#[derive(Debug, thiserror::Error)]
pub enum EmailError {
    /// One field breaks its rule.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// The operation needs a proven address and there is none.
    #[error("there is no verified e-mail address")]
    NoVerifiedAddress,
    /// More than one mail in a minute or five in a day, or too many made-up
    /// tokens; may be tried again after this time.
    #[error("too many attempts")]
    TooMany(Duration),
    /// The user was banned after the request had begun.
    #[error("the account may not act any more")]
    Banned,
    /// Unknown, expired, spent, superseded, or another user's.
    #[error("the token is not valid")]
    BadToken,
    /// The address was proven by somebody else.
    #[error("the e-mail address belongs to another account")]
    EmailTaken,
    /// The hashing queue is full.
    #[error("too many passwords are being checked")]
    Busy,
    /// The database failed; nothing was changed.
    #[error("the proof could not be read or written")]
    Database(#[from] DbErr),
}

impl Conflict for EmailError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_conflict())
    }
}

impl From<HashError> for EmailError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Failed(reason) => Self::Database(DbErr::Custom(reason)),
        }
    }
}

impl From<TooMany> for EmailError {
    fn from(TooMany(wait): TooMany) -> Self {
        Self::TooMany(wait)
    }
}
