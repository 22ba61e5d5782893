//! Measurements that need code: what the shop makes of a database, against the
//! same statements with the same values sent raw through the same driver.
//!
//! `scripts/bench` runs them; nothing depends on this crate.

mod baseline;
mod raw;
mod record;
mod shop;
mod stall;

pub use baseline::Baseline;
pub use raw::Raw;
pub use record::{Batch, Purchase};
pub use shop::{Buyer, Shop};
pub use stall::Stall;

/// Why a measurement ended.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
