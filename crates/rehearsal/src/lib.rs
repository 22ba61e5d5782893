//! A flash sale played for real against a shop, and judged.

mod answer;
mod arrivals;
mod asked;
mod cast;
mod claims;
mod client;
mod error;
mod page;
mod picture;
mod play;
mod progress;
mod record;
mod report;
mod rush;
mod settle;
mod shop;
mod told;
mod verdict;
mod words;

pub use asked::{Asked, usual_rate};
pub use client::Target;
pub use error::Cannot;
pub use page::page;
pub use play::play;
pub use report::Report;
pub use shop::{Audited, Shop, Venue};
pub use verdict::Verdict;
