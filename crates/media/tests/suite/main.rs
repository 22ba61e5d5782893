//! What the media folder promises, on the database that `TEST_DATABASE_URL` names.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod add;
mod audit;
mod colours;
mod marker;
mod pictures;
mod refuse;
mod shop;
mod sweep;
mod unshown;
