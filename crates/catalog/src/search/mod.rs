//! Full-text search: an index in memory, built from the database and kept fresh from the feed.

mod answer;
mod error;
mod facets;
mod fill;
mod filter_query;
mod fold;
mod follow;
mod index;
mod model;
mod parsed_query;
mod pending;
mod query_cache;
mod query_word;
mod service;
mod store;
mod suggest;
mod tokenizer;
mod top;
mod views;
mod words;

pub use error::SearchError;
pub use model::{Filter, SearchAfter, SearchQuery, SearchResult};
pub use service::{Search, SearchSettings};
