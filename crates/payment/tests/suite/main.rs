//! What the ledger promises, on the database that `TEST_DATABASE_URL` names.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod audit;
mod bank;
mod pins;
mod posting;
mod races;
mod statement;
mod top_up;
