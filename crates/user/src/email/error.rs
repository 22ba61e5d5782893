//! Errors of e-mail proofs.

use std::time::Duration;

use sea_orm::DbErr;
use stampede_kernel::{FieldError, Refusal, Refuse, TooMany};
use stampede_persistence::{database_refusal, impl_conflict};

use crate::codes::{BAD_EMAIL_TOKEN, EMAIL_TAKEN, NO_VERIFIED_EMAIL, TOO_MANY_EMAILS};
use crate::hashing::HashError;

/// Errors of e-mail proofs.
#[derive(Debug, thiserror::Error)]
pub enum EmailError {
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// The operation needs a verified address and there is none.
    #[error("there is no verified e-mail address")]
    NoVerifiedAddress,
    /// More than one mail in a minute or five in a day, or too many made-up
    /// tokens; may be tried again after this time.
    #[error("too many attempts")]
    TooMany(Duration),
    /// The user was banned after the request had begun.
    #[error("the account may not act any more")]
    Banned,
    /// The token is unknown, expired, spent, superseded, or another user's.
    #[error("the token is not valid")]
    BadToken,
    /// Another user has verified the address.
    #[error("the e-mail address belongs to another account")]
    EmailTaken,
    /// The hashing queue is full.
    #[error("too many passwords are being checked")]
    Busy,
    /// The database failed; nothing was changed.
    #[error("the proof could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for EmailError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NoVerifiedAddress => Refusal::because(NO_VERIFIED_EMAIL, self),
            Self::TooMany(wait) => Refusal::because(TOO_MANY_EMAILS, self).retry_after(*wait),
            Self::Banned => Refusal::unauthenticated(),
            Self::BadToken => Refusal::because(BAD_EMAIL_TOKEN, self),
            Self::EmailTaken => Refusal::because(EMAIL_TAKEN, self),
            Self::Busy => Refusal::overloaded(self),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl_conflict!(EmailError: Database);

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
