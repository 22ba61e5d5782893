//! What the gateway may ask of wallets.

use std::time::Duration;

use async_trait::async_trait;
use sea_orm::DbErr;
use secrecy::SecretString;
use serde::Serialize;
use stampede_kernel::{Cursor, CursorMismatch, Money, Page, PageSize, UserId};
use stampede_persistence::idempotency::{Idempotency, IdempotencyError};

use crate::{Transfer, WalletError};

/// Money that an admin puts into a wallet; its JSON is the idempotency fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopUp {
    /// Whose wallet.
    pub user: UserId,
    /// Above 0.
    pub amount: Money,
    /// 1–255 characters.
    pub reason: String,
}

/// Why a wallet was not shown or not filled.
#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
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
    Wallet(#[from] WalletError),
    /// The database failed; nothing was changed.
    #[error("the wallet could not be read or written")]
    Database(#[from] DbErr),
}

/// Checks payment PINs behind their own limiter.
#[async_trait]
pub trait Pins: Send + Sync {
    /// # Errors
    ///
    /// [`PaymentError::BadPin`], and [`PaymentError::TooManyFailures`] after five of
    /// them in 15 minutes, whatever is tried then.
    async fn check(&self, user: UserId, pin: &SecretString) -> Result<(), PaymentError>;
}

/// A user's own wallet, and the admin's top-up.
#[async_trait]
pub trait PaymentService: Send + Sync {
    /// The balance, for who knows the PIN.
    async fn balance(&self, user: UserId, pin: &SecretString) -> Result<Money, PaymentError>;

    /// The statement, newest first.
    async fn statement(
        &self,
        user: UserId,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Transfer>, PaymentError>;

    /// Puts money into a wallet, once per key; the bool says whether the answer
    /// is a stored one.
    async fn top_up(
        &self,
        admin: UserId,
        top_up: TopUp,
        key: Option<Idempotency>,
    ) -> Result<(Transfer, bool), PaymentError>;
}
