//! `stampede config`

use clap::Subcommand;

use super::{CommandError, say};
use stampede_settings::Settings;

/// The subcommands of `config`.
#[derive(Debug, Subcommand)]
pub(super) enum Config {
    /// Reads all layers of the settings, reports every fault, and prints the result without secrets.
    Check,
}

pub(super) fn run(what: &Config, settings: &Settings) -> Result<(), CommandError> {
    let Config::Check = what;
    let shown = serde_json::to_string_pretty(&settings.shown)
        .map_err(|error| CommandError::Failed(error.to_string()))?;
    say(&format!("profile {}\n{shown}", settings.profile.as_str()));
    Ok(())
}
