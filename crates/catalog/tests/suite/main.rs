//! What the catalogue promises, on the database that `TEST_DATABASE_URL` names.

mod carousel;
mod categories;
mod favorites;
mod lists;
mod products;
mod shop;
mod stock;
