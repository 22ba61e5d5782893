//! What the catalogue promises, on the database that `TEST_DATABASE_URL` names.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod audit;
mod bulk;
mod carousel;
mod categories;
mod csv;
mod favorites;
mod lists;
mod price_history;
mod products;
mod search;
mod search_relevance;
mod shop;
mod stock;
