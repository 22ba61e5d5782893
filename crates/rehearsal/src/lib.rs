//! The rehearsal: a load test of a flash sale against a running shop, and its verdict.
//!
//! Start with [`play`]: it creates `Fixtures` (users, a product, a sale), lets the
//! `LoadGenerator` send the claims while `Visitors` keep pages of the sale open, compares the
//! answers with the database ([`Verdict`]) and removes the fixtures. [`Report`] is the result: as JSON, as text
//! (`text_report`), or as an HTML page (`html_report`).

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
mod phases;
mod play;
mod progress;
mod record;
mod report;
mod settle;
mod shop;
mod text_report;
mod verdict;
mod visitors;

pub use client::Gateway;
pub use error::RehearsalError;
pub use html_report::html_report;
pub use options::{Options, default_rate};
pub use play::play;
pub use report::Report;
pub use shop::{AuditResult, Shop, Target};
pub use verdict::Verdict;
