//! What the platform promises, on the database that `TEST_DATABASE_URL` names.
// Tells clippy that helper functions are tests, too.
#![cfg(test)]

mod audit_log;
mod audit_runs;
mod durability;
mod feed;
mod idempotency;
mod jobs;
mod marker;
mod pools;
mod retrying;
mod schema;
mod snapshot;
mod sweep;
