//! What carts and orders promise, on the database that `TEST_DATABASE_URL` names.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod announcer;
mod audit;
mod book;
mod bulk;
mod call_off;
mod cancel;
mod cart;
mod conflict;
mod delivery;
mod expiry;
mod list;
mod machine;
mod pay;
mod place;
mod promotions;
mod quote;
mod races;
mod rollback;
mod settle;
mod shop;
mod stats;
