//! The `stampede` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Before anything that speaks TLS: rustls asks for exactly one provider.
    let installed = rustls::crypto::ring::default_provider().install_default();
    debug_assert!(installed.is_ok(), "nothing installs a provider before main");
    stampede_gateway::cli::run()
}
