//! Errors of the account service.

use std::time::Duration;

use sea_orm::DbErr;
use stampede_kernel::codes::{NOT_FOUND, TOO_MANY_FAILURES};
use stampede_kernel::{CursorMismatch, FieldError, Refusal, Refuse, TooMany};
use stampede_payment::WalletError;
use stampede_persistence::{database_refusal, impl_conflict};

use crate::codes::{BAD_PASSWORD, LAST_ADMIN, USER_NAME_TAKEN};
use crate::hashing::HashError;

/// Errors of the account service.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// The user name is taken, perhaps in another spelling.
    #[error("the user name is taken")]
    UserNameTaken,
    /// No such user.
    #[error("the user does not exist")]
    NotFound,
    /// The user was banned after the request had begun.
    #[error("the account may not act any more")]
    Banned,
    /// The password is wrong.
    #[error("the password is wrong")]
    BadPassword,
    /// Too many failures; may be tried again after this time.
    #[error("too many failed attempts")]
    TooManyFailures(Duration),
    /// The hashing queue is full.
    #[error("too many passwords are being checked")]
    Busy,
    /// The last admin cannot be banned or demoted.
    #[error("the shop would be left without an admin")]
    LastAdmin,
    /// The cursor is not one of this list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The database failed; nothing was changed.
    #[error("the account could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for AccountError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::UserNameTaken => Refusal::because(USER_NAME_TAKEN, self),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::Banned => Refusal::unauthenticated(),
            Self::BadPassword => Refusal::because(BAD_PASSWORD, self),
            Self::TooManyFailures(wait) => {
                Refusal::because(TOO_MANY_FAILURES, self).retry_after(*wait)
            }
            Self::Busy => Refusal::overloaded(self),
            Self::LastAdmin => Refusal::because(LAST_ADMIN, self),
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl_conflict!(AccountError: Database);

impl From<HashError> for AccountError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Failed(reason) => Self::Database(DbErr::Custom(reason)),
        }
    }
}

impl From<TooMany> for AccountError {
    fn from(TooMany(wait): TooMany) -> Self {
        Self::TooManyFailures(wait)
    }
}

impl From<WalletError> for AccountError {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::PinLength => FieldError::new("key", "length", error.to_string()).into(),
            WalletError::Database(error) => Self::Database(error),
            WalletError::NoWallet
            | WalletError::InsufficientFunds
            | WalletError::NotPaid
            | WalletError::Unbalanced
            | WalletError::OutOfRange(_) => Self::Database(DbErr::Custom(error.to_string())),
        }
    }
}
