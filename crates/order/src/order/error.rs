//! Why an order was not placed or not changed.

use std::time::Duration;

use sea_orm::DbErr;
use stampede_catalog::{Shortfall, StockLedgerError};
use stampede_kernel::{CursorMismatch, FieldError, Money, MoneyOutOfRange, SkuId};
use stampede_payment::{PaymentError, WalletError};
use stampede_persistence::Conflict;
use stampede_persistence::idempotency::IdempotencyError;
use stampede_user::AddressError;

/// A line that cannot be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLine {
    /// Where the request names it: `items[2].sku_id`, `product_id`, or `cart.` and
    /// the SKU for a line of the cart.
    pub field: String,
    /// Its SKU; `None` for a product that has none.
    pub sku: Option<SkuId>,
    /// Why.
    pub why: Shortfall,
}

/// Why an order was not placed or not changed.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// One field breaks its rule.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// Absent or another user's.
    #[error("the order does not exist")]
    NotFound,
    /// The address is absent or another user's.
    #[error("the address does not exist")]
    AddressNotFound,
    /// Lines that are off sale or of which too few units are left: all of them.
    #[error("{} of the lines cannot be ordered", .0.len())]
    Refused(Vec<RefusedLine>),
    /// There is nothing in the cart.
    #[error("the cart is empty")]
    EmptyCart,
    /// It costs something else by now.
    #[error("the total is {0} by now")]
    PriceChanged(Money),
    /// The buyer has as many unpaid orders as are allowed.
    #[error("too many orders are unpaid")]
    TooManyOpen,
    /// It does not stand where it would have to.
    #[error("the order's status does not allow this")]
    WrongStatus,
    /// The time to pay has run out.
    #[error("the time to pay has run out")]
    Expired,
    /// The buyer was banned after the request had begun.
    #[error("the account may not act any more")]
    Banned,
    /// The PIN is wrong.
    #[error("the payment PIN is wrong")]
    BadPin,
    /// Too many wrong PINs; may be tried again after this time.
    #[error("too many wrong PINs")]
    TooManyFailures(Duration),
    /// The balance does not cover the total.
    #[error("the balance does not cover the total")]
    InsufficientFunds,
    /// A sum left the range of money.
    #[error(transparent)]
    OutOfRange(#[from] MoneyOutOfRange),
    /// The cursor is not one of this list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The idempotency key cannot be used.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database failed; nothing was changed.
    #[error("the order could not be read or written")]
    Database(#[from] DbErr),
}

impl Conflict for OrderError {
    fn is_conflict(&self) -> bool {
        match self {
            Self::Database(error) => error.is_conflict(),
            Self::Idempotency(error) => error.is_conflict(),
            _ => false,
        }
    }
}

impl OrderError {
    /// What a partner answers only when this crate asked wrongly, or when rows
    /// are gone that nothing here deletes.
    fn fault(error: &impl std::fmt::Display) -> Self {
        Self::Database(DbErr::Custom(error.to_string()))
    }
}

impl From<StockLedgerError> for OrderError {
    fn from(error: StockLedgerError) -> Self {
        match error {
            StockLedgerError::Short(_)
            | StockLedgerError::Unknown(_)
            | StockLedgerError::Insufficient(_)
            | StockLedgerError::NoUnits(_) => Self::fault(&error),
            StockLedgerError::Database(error) => Self::Database(error),
        }
    }
}

impl From<WalletError> for OrderError {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::InsufficientFunds => Self::InsufficientFunds,
            WalletError::OutOfRange(error) => Self::OutOfRange(error),
            WalletError::Database(error) => Self::Database(error),
            WalletError::PinLength
            | WalletError::NoWallet
            | WalletError::NotPaid
            | WalletError::Unbalanced => Self::fault(&error),
        }
    }
}

impl From<PaymentError> for OrderError {
    fn from(error: PaymentError) -> Self {
        match error {
            PaymentError::BadPin => Self::BadPin,
            PaymentError::TooManyFailures(wait) => Self::TooManyFailures(wait),
            PaymentError::Wallet(error) => error.into(),
            PaymentError::Idempotency(error) => error.into(),
            PaymentError::Cursor(error) => error.into(),
            PaymentError::Database(error) => Self::Database(error),
            PaymentError::Invalid(_) | PaymentError::NotFound => Self::fault(&error),
        }
    }
}

impl From<AddressError> for OrderError {
    fn from(error: AddressError) -> Self {
        match error {
            AddressError::NotFound | AddressError::Required => Self::AddressNotFound,
            AddressError::Banned => Self::Banned,
            AddressError::Database(error) => Self::Database(error),
            AddressError::Invalid(_) | AddressError::TooMany => Self::fault(&error),
        }
    }
}
