//! What every gate promises; each test runs against each gate there is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod driver;

mod everyday;
mod histories;
mod rebuilds;
mod redis;
mod windows;
