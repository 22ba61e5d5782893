//! What accounts, sessions, proofs and addresses promise, on the database that
//! `TEST_DATABASE_URL` names.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod accounts;
mod addresses;
mod admins;
mod audit;
mod crowds;
mod emails;
mod passwords;
mod sessions;
mod shop;
mod tokens;
