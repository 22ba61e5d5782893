//! The payment service.

use std::time::Duration;

use async_trait::async_trait;
use sea_orm::DbErr;
use secrecy::SecretString;
use serde::Serialize;
use stampede_kernel::codes::{NOT_FOUND, TOO_MANY_FAILURES};
use stampede_kernel::{
    Cursor, CursorMismatch, FieldError, Money, Page, PageSize, Refusal, Refuse, TooMany, UserId,
    check_text,
};
use stampede_persistence::idempotency::{Idempotency, IdempotencyError};
use stampede_persistence::{Conflict, database_refusal};

use crate::codes::BAD_PIN;
use crate::{Transfer, WalletError};

/// A top-up of a wallet by an admin; its JSON is the idempotency fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopUp {
    /// The owner of the wallet.
    pub user: UserId,
    /// Above 0.
    pub amount: Money,
    /// 1–255 characters.
    pub reason: String,
}

impl TopUp {
    /// Validates the fields.
    pub(crate) fn check(&self) -> Result<(), FieldError> {
        if self.amount <= Money::ZERO {
            return Err(FieldError::new("amount", "out_of_range", "must be above 0"));
        }
        let text = &self.reason;
        if text.trim().is_empty() {
            return Err(FieldError::new("reason", "too_short", "must not be empty"));
        }
        check_text("reason", text, 255)
    }
}

/// Errors of the payment service.
#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// No such user or wallet.
    #[error("the user does not exist")]
    NotFound,
    /// The PIN is wrong.
    #[error("the payment PIN is wrong")]
    BadPin,
    /// Too many wrong PINs; may be tried again after this time.
    #[error("too many wrong PINs")]
    TooManyFailures(Duration),
    /// The cursor is not one of this list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The idempotency key cannot be used.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The ledger refused.
    #[error(transparent)]
    Wallet(WalletError),
    /// The database failed; nothing was changed.
    #[error("the wallet could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for PaymentError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::BadPin => Refusal::because(BAD_PIN, self),
            Self::TooManyFailures(wait) => {
                Refusal::because(TOO_MANY_FAILURES, self).retry_after(*wait)
            }
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Idempotency(cause) => cause.refusal(),
            Self::Wallet(cause) => cause.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl Conflict for PaymentError {
    fn is_conflict(&self) -> bool {
        match self {
            Self::Database(error) => error.is_conflict(),
            Self::Wallet(error) => error.is_conflict(),
            Self::Idempotency(error) => error.is_conflict(),
            Self::Invalid(_)
            | Self::NotFound
            | Self::BadPin
            | Self::TooManyFailures(_)
            | Self::Cursor(_) => false,
        }
    }
}

impl From<WalletError> for PaymentError {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::NoWallet => Self::NotFound,
            WalletError::Database(error) => Self::Database(error),
            error => Self::Wallet(error),
        }
    }
}

impl From<TooMany> for PaymentError {
    fn from(TooMany(wait): TooMany) -> Self {
        Self::TooManyFailures(wait)
    }
}

/// Checks payment PINs, with a limit of failures.
#[async_trait]
pub trait Pins: Send + Sync {
    /// # Errors
    ///
    /// [`PaymentError::BadPin`], and [`PaymentError::TooManyFailures`] after five of
    /// them in 15 minutes, whatever is tried then.
    async fn check(&self, user: UserId, pin: &SecretString) -> Result<(), PaymentError>;
}

/// Wallets as their owners see them, and top-ups by admins.
#[async_trait]
pub trait PaymentService: Send + Sync {
    /// Returns the balance, if the PIN is right.
    async fn balance(&self, user: UserId, pin: &SecretString) -> Result<Money, PaymentError>;

    /// Returns a page of the statement, newest first.
    async fn statement(
        &self,
        user: UserId,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Transfer>, PaymentError>;

    /// Tops a wallet up, once per idempotency key; the bool is true for a replayed
    /// answer.
    async fn top_up(
        &self,
        admin: UserId,
        top_up: TopUp,
        key: Option<Idempotency>,
    ) -> Result<(Transfer, bool), PaymentError>;
}
