//! Measurements that need code: what the shop makes of a database, against the
//! same statements with the same values sent raw through the same driver.
//!
//! `scripts/bench` runs them; nothing depends on this crate.

mod baseline;
mod raw;
mod record;
mod sale_bench;
mod shop;

pub use baseline::Baseline;
pub use raw::Raw;
pub use record::{Batch, Purchase};
pub use sale_bench::SaleBench;
pub use shop::{Buyer, Shop};

/// Why a measurement ended.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
