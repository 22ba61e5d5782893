//! Benchmarks: the shop's throughput on a database, against the same statements
//! with the same values sent directly through the same driver.
//!
//! `scripts/bench` runs them; no other crate depends on this one.

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

/// The error of a benchmark.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
