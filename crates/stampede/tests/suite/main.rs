//! The command line and the running process, against a database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod process;

mod audit;
mod console;
mod crashes;
mod demo;
mod gateways;
mod jobs;
mod rehearsing;
mod secrets;
mod several;
mod sheets;
mod stopping;
