//! A flash sale played for real against a shop, and judged.

mod answer;
mod arrivals;
mod chart;
mod claims;
mod client;
mod error;
mod fixtures;
mod html_report;
mod load_generator;
mod numbers;
mod options;
mod play;
mod progress;
mod record;
mod report;
mod settle;
mod shop;
mod text_report;
mod verdict;

pub use client::Gateway;
pub use error::RehearsalError;
pub use html_report::html_report;
pub use options::{Options, default_rate};
pub use play::play;
pub use report::Report;
pub use shop::{AuditResult, Shop, Target};
pub use verdict::Verdict;
