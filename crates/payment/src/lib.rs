//! Wallets, the ledger and payment PINs.

mod audit;
pub mod bulk;
pub mod codes;
mod error;
mod ledger;
mod model;
mod payments;
mod pin;
mod pins;
mod service;
pub mod stats;
mod wallet;

pub use audit::{AUDIT, audit};
pub use codes::ERROR_CODES;
pub use error::WalletError;
pub use ledger::{Posted, post};
pub use model::{Account, NewTransfer, Posting, Transfer, TransferKind};
pub use payments::DbPayments;
pub use pin::check_pin;
pub use pins::DbPins;
pub use service::{PaymentError, PaymentService, Pins, TopUp};
pub use wallet::{DbWallet, Wallet, WalletSettings};
