//! `stampede migrate`

use clap::Subcommand;
use secrecy::ExposeSecret;

use super::{CommandError, say};
use stampede_gateway::OpenError;
use stampede_settings::Settings;

/// The subcommands of `migrate`.
#[derive(Debug, Subcommand)]
pub(super) enum Migrate {
    /// Applies all pending migrations.
    Up,
    /// Reverts the last migration.
    Down,
    /// Lists all migrations and whether they are applied.
    Status,
}

pub(super) async fn run(step: Migrate, settings: &Settings) -> Result<(), CommandError> {
    let url = settings.database.url.expose_secret();
    let outcome = match step {
        Migrate::Up => stampede_migration::up(url).await,
        Migrate::Down => stampede_migration::down(url).await,
        Migrate::Status => Ok(()),
    };
    outcome.map_err(OpenError::from)?;
    let steps = stampede_migration::status(url).await;
    for (name, applied) in steps.map_err(OpenError::from)? {
        let mark = if applied { "applied" } else { "pending" };
        say(&format!("{mark}  {name}"));
    }
    Ok(())
}
