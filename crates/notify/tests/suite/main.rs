//! What mail promises, with a real SMTP server on the loopback.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod letters;
mod mailbox;
mod proof;
mod sink;
mod smtp;
