//! A private database for each test, and a start line for races.
//!
//! `TEST_DATABASE_URL` names the server (MariaDB, MySQL or PostgreSQL) on which
//! each test makes a database of its own and drops it afterwards; without it,
//! each test has an SQLite file in a temporary folder.

mod by_hand;
mod database;
mod race;

pub use by_hand::news;
pub use database::TestDb;
pub use race::{at_once, rounds, sequences};
