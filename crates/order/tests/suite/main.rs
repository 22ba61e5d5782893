//! What carts and orders promise, on the database that `TEST_DATABASE_URL` names.

mod audit;
mod book;
mod cancel;
mod cart;
mod expiry;
mod list;
mod pay;
mod place;
mod races;
mod rollback;
mod settle;
mod shop;
