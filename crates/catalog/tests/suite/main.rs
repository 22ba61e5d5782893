//! The catalogue against a real database.

mod search;
mod search_relevance;
