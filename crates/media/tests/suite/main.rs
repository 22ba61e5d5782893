//! What the media folder promises, on the database that `TEST_DATABASE_URL` names.

mod add;
mod marker;
mod pictures;
mod refuse;
mod shop;
mod sweep;
