//! Running the steps: at most one process at a time, never on a newer schema.

use std::collections::HashSet;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectOptions, Database, DatabaseBackend, DatabaseConnection};

use crate::Migrator;

/// How long one process waits for another that is migrating, in seconds.
const LOCK_WAIT_SECS: u32 = 60;

/// A number of our own in the space of PostgreSQL's advisory locks.
const POSTGRES_LOCK: i64 = 0x7374_616d_7065_6465;

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer release has migrated this database.
    #[error("the database was migrated by a newer release (step {0}); run that release")]
    Newer(String),
    /// The database failed.
    #[error("migration failed: {0}")]
    Database(#[from] DbErr),
}

/// Applies every step that is missing.
///
/// Two processes that start at once do not meet: one applies the steps while
/// the other waits and then finds nothing left to do.
///
/// # Errors
///
/// [`MigrateError::Newer`] when the database knows a step that this binary does not.
pub async fn up(url: &str) -> Result<(), MigrateError> {
    let db = alone(url).await?;
    refuse_newer(&db).await?;
    Migrator::up(&db, None).await?;
    db.close().await?;
    Ok(())
}

/// Takes back the last step.
///
/// # Errors
///
/// As [`up`].
pub async fn down(url: &str) -> Result<(), MigrateError> {
    let db = alone(url).await?;
    refuse_newer(&db).await?;
    Migrator::down(&db, Some(1)).await?;
    db.close().await?;
    Ok(())
}

/// Every step of this binary with whether it is applied, oldest first.
///
/// # Errors
///
/// As [`up`].
pub async fn status(url: &str) -> Result<Vec<(String, bool)>, MigrateError> {
    let db = alone(url).await?;
    refuse_newer(&db).await?;
    let steps = Migrator::get_migration_with_status(&db).await?;
    db.close().await?;
    let applied = |status| status == sea_orm_migration::MigrationStatus::Applied;
    Ok(steps
        .iter()
        .map(|step| (step.name().to_owned(), applied(step.status())))
        .collect())
}

/// A pool of one connection that holds the migration lock for as long as it lives.
async fn alone(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .min_connections(1)
        .sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .busy_timeout(std::time::Duration::from_secs(u64::from(LOCK_WAIT_SECS)))
            .pragma("journal_mode", "WAL")
            .pragma("locking_mode", "EXCLUSIVE")
    });
    let db = Database::connect(options).await?;
    let lock = match db.get_database_backend() {
        DatabaseBackend::Sqlite => "BEGIN IMMEDIATE; COMMIT".to_owned(),
        DatabaseBackend::Postgres => format!("SELECT pg_advisory_lock({POSTGRES_LOCK})"),
        _ => format!("SELECT GET_LOCK('stampede.migration', {LOCK_WAIT_SECS})"),
    };
    db.execute_unprepared(&lock).await?;
    Ok(db)
}

async fn refuse_newer(db: &DatabaseConnection) -> Result<(), MigrateError> {
    Migrator::install(db).await?;
    let known: HashSet<String> = Migrator::migrations()
        .iter()
        .map(|step| step.name().to_owned())
        .collect();
    let applied = Migrator::get_migration_models(db).await?;
    match applied
        .into_iter()
        .map(|step| step.version)
        .find(|step| !known.contains(step))
    {
        Some(unknown) => Err(MigrateError::Newer(unknown)),
        None => Ok(()),
    }
}
