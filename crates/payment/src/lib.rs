//! Wallets, the ledger and payment PINs.

mod error;
mod ledger;
mod model;
mod pin;
mod wallet;

pub use error::WalletError;
pub use ledger::post;
pub use model::{Account, Kind, NewTransfer, Posting};
pub use pin::check_pin;
pub use wallet::{DbWallet, Wallet, WalletSettings};
