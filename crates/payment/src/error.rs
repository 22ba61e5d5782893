//! Errors of wallets and the ledger.

use sea_orm::DbErr;
use stampede_kernel::{FieldError, MoneyOutOfRange, Refusal, Refuse};
use stampede_persistence::{database_refusal, impl_conflict};

use crate::codes::INSUFFICIENT_BALANCE;

/// Errors of wallets and the ledger.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// The PIN is not 6–32 characters long.
    #[error("the payment PIN must have 6 to 32 characters")]
    PinLength,
    /// The user has no wallet.
    #[error("there is no wallet")]
    NoWallet,
    /// The balance does not cover the amount.
    #[error("the balance does not cover the amount")]
    InsufficientFunds,
    /// The order has no payment to refund.
    #[error("the order was not paid")]
    NotPaid,
    /// The entries of a transfer do not sum to 0: a fault of the caller.
    #[error("the transfer does not balance")]
    Unbalanced,
    /// A sum left the range of money.
    #[error(transparent)]
    OutOfRange(#[from] MoneyOutOfRange),
    /// The database failed; nothing was changed.
    #[error("the wallet could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for WalletError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::InsufficientFunds => Refusal::because(INSUFFICIENT_BALANCE, self),
            Self::OutOfRange(cause) => {
                FieldError::new("amount", "out_of_range", cause.to_string()).refusal()
            }
            Self::Database(cause) => database_refusal(cause),
            Self::PinLength | Self::NoWallet | Self::NotPaid | Self::Unbalanced => {
                Refusal::internal(self)
            }
        }
    }
}

impl_conflict!(WalletError: Database);
