//! Full-text search: an index in memory, built from the database and kept fresh from the feed.

mod answer;
mod cutter;
mod error;
mod fill;
mod fold;
mod follow;
mod memo;
mod model;
mod pending;
mod question;
mod service;
mod shelf;
mod spread;
mod store;
mod suggest;
mod top;
mod views;
mod words;

pub use error::SearchError;
pub use model::{Filter, Find, Found, Place};
pub use service::{Search, SearchSettings};
