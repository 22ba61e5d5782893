//! Wallets, the ledger and payment PINs.

mod error;
mod ledger;
mod model;
mod pin;
mod service;
mod wallet;

pub use error::WalletError;
pub use ledger::{Posted, post};
pub use model::{Account, Kind, NewTransfer, Posting, Transfer};
pub use pin::check_pin;
pub use service::{PaymentError, PaymentService, Pins, TopUp};
pub use wallet::{DbWallet, Wallet, WalletSettings};
