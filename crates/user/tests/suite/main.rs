//! What accounts, sessions, proofs and addresses promise, on the database that
//! `TEST_DATABASE_URL` names.

mod accounts;
mod addresses;
mod admins;
mod emails;
mod passwords;
mod sessions;
mod shop;
mod tokens;
