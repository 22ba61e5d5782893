//! What the platform promises, on the database that `TEST_DATABASE_URL` names.

mod jobs;
