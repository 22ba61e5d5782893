//! The `stampede` binary: the command line around the shop.
//!
//! `commands` has one file per command; without one, `serve` opens the
//! [`Shop`](stampede_gateway::Shop)
//! and runs it. `demo` seeds the demo shop, `logging` sets the log up, and `failpoints` crashes
//! test
//! builds on purpose.

mod commands;
mod demo;
mod failpoints;
mod logging;

use std::process::ExitCode;

fn main() -> ExitCode {
    // Before anything that speaks TLS: rustls asks for exactly one provider.
    let installed = rustls::crypto::ring::default_provider().install_default();
    debug_assert!(installed.is_ok(), "nothing installs a provider before main");
    commands::run()
}
