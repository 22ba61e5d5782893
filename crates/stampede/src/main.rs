//! The `stampede` binary: the commands, the demo shop, and the process around them.

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
