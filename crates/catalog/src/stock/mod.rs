//! Stock: one conditional update and one journal row per movement.

mod db_stock;
mod journal;
mod ledger;
mod model;
mod service;
mod store;

pub use db_stock::DbStock;
pub(crate) use db_stock::offers;
pub use ledger::{
    Offer, Offers, PricedLine, ShortLine, Shortfall, StockCause, StockLedger, StockLedgerError,
    StockLine,
};
pub use model::{StockError, StockMove};
pub use service::StockService;
pub use stampede_persistence::entity::stock_journal::Model as JournalEntry;
pub(crate) use store::{Cause, adjust, journal, journal_row};
