//! What the catalogue promises, on the database that `TEST_DATABASE_URL` names.

mod products;
mod shop;
