//! Stock: one conditional update and one journal row per movement.

mod ledger;
mod model;
mod service;
mod store;
mod warehouse;

pub use ledger::{
    Offer, Offers, PricedLine, ShortLine, Shortfall, StockCause, StockLedger, StockLedgerError,
    StockLine,
};
pub use model::{StockError, StockMove};
pub use service::StockService;
pub(crate) use store::{Cause, journal, journal_row, shift};
pub use warehouse::DbStock;
