//! Sales: model, administration, and the release of units.

mod error;
mod model;
mod release;
mod service;
mod stats;
pub(crate) mod store;
mod watch;

pub use error::SaleError;
pub(crate) use model::check_units;
pub use model::{NewSale, Sale, SaleChange, SaleStatus};
pub use release::SaleStockLedger;
pub use service::SaleService;
pub use stats::SaleConversion;
pub use watch::OpenSales;
