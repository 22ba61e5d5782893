//! Full-text search: an index in memory, built from the database and kept fresh from the feed.

mod error;
mod model;
mod service;

pub use error::SearchError;
pub use model::{Filter, Find, Found};
pub use service::{Search, SearchSettings};
