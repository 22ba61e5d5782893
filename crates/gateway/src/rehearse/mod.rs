//! A flash sale played for real against a shop, and judged.

mod answer;
mod arrivals;
mod asked;
mod cast;
mod claims;
mod client;
mod error;
mod own;
mod page;
mod picture;
mod play;
mod progress;
mod record;
mod report;
mod rush;
mod settle;
mod stage;
mod told;
mod verdict;
mod words;

pub(crate) use asked::{Asked, usual_rate};
pub(crate) use error::Cannot;
pub(crate) use page::page;
pub(crate) use play::play;
pub(crate) use report::Report;
