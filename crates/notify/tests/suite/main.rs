//! What mail and webhooks promise, with real servers on the loopback.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod letters;
mod mailbox;
mod orders;
mod proof;
mod receiver;
mod shop;
mod sink;
mod smtp;
mod webhooks;
