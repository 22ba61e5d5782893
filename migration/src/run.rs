//! Running the steps: at most one process at a time, never on a newer schema.

use std::collections::HashSet;
use std::time::Duration;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{
    ConnectOptions, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction, RuntimeErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use crate::Migrator;

/// How long one process waits for another that is migrating.
const PATIENCE: Duration = Duration::from_mins(1);

/// A number of our own in the space of PostgreSQL's advisory locks.
const POSTGRES_LOCK: i64 = 0x7374_616d_7065_6465;

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer release has migrated this database.
    #[error("the database was migrated by a newer release (step {0}); run that release")]
    Newer(String),
    /// Another process has been migrating for a minute.
    #[error("another process is migrating this database")]
    Busy,
    /// The database failed.
    #[error("migration failed: {0}")]
    Database(#[from] DbErr),
}

/// Applies every step that is missing.
///
/// Two processes that start at once do not meet: one applies the steps while
/// the other waits and then finds nothing left to do. On SQLite and PostgreSQL
/// all steps are one transaction; MySQL and MariaDB commit each statement.
///
/// # Errors
///
/// [`MigrateError::Newer`] when the database knows a step that this binary does not.
pub async fn up(url: &str) -> Result<(), MigrateError> {
    let alone = Alone::with(url).await?;
    Migrator::up(&alone.tx, None).await?;
    alone.commit().await
}

/// Takes back the last step.
///
/// # Errors
///
/// As [`up`].
pub async fn down(url: &str) -> Result<(), MigrateError> {
    let alone = Alone::with(url).await?;
    Migrator::down(&alone.tx, Some(1)).await?;
    alone.commit().await
}

/// Every step of this binary with whether it is applied, oldest first. Looks
/// without making, locking or changing anything.
///
/// # Errors
///
/// As [`up`], but for [`MigrateError::Busy`].
pub async fn status(url: &str) -> Result<Vec<(String, bool)>, MigrateError> {
    let applied = match connect(url, IfMissing::Refuse).await {
        Ok(db) => {
            let applied = applied(&db).await?;
            db.close().await?;
            applied
        }
        Err(error) if is_missing_file(&error) => HashSet::new(),
        Err(error) => return Err(error.into()),
    };
    let steps = Migrator::migrations();
    let names: Vec<_> = steps.iter().map(|step| step.name().to_owned()).collect();
    if let Some(unknown) = applied.iter().find(|step| !names.contains(step)) {
        return Err(MigrateError::Newer(unknown.clone()));
    }
    let with_state = |name: String| {
        let is_applied = applied.contains(&name);
        (name, is_applied)
    };
    Ok(names.into_iter().map(with_state).collect())
}

/// The steps that a database says it has; none when it has no table of steps. The
/// migrator's own list would first make the table.
async fn applied(db: &DatabaseConnection) -> Result<HashSet<String>, DbErr> {
    if !SchemaManager::new(db).has_table("seaql_migrations").await? {
        return Ok(HashSet::new());
    }
    let sql = "SELECT version FROM seaql_migrations";
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    rows.iter().map(|row| row.try_get("", "version")).collect()
}

/// `SQLITE_CANTOPEN`: there is no such file, or it is not ours to read.
fn is_missing_file(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(error)) = error else {
        return false;
    };
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| code == "14")
}

/// How a database's schema stands to this binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is this binary's.
    Current,
    /// There is none.
    Absent,
    /// Steps are missing.
    Older,
    /// It has steps that this binary does not know.
    Newer,
}

/// Looks without touching anything and without waiting for anybody.
///
/// # Errors
///
/// When the database cannot be read.
pub async fn standing(db: &DatabaseConnection) -> Result<Standing, DbErr> {
    let applied = applied(db).await?;
    let known = known();
    Ok(if applied.is_empty() {
        Standing::Absent
    } else if !applied.is_subset(&known) {
        Standing::Newer
    } else if applied == known {
        Standing::Current
    } else {
        Standing::Older
    })
}

fn known() -> HashSet<String> {
    let steps = Migrator::migrations();
    steps.iter().map(|step| step.name().to_owned()).collect()
}

/// A transaction that keeps every other migrating process out until it ends.
struct Alone {
    tx: DatabaseTransaction,
    db: DatabaseConnection,
}

impl Alone {
    /// On SQLite the transaction itself is the lock: only one can write.
    async fn with(url: &str) -> Result<Self, MigrateError> {
        let db = connect(url, IfMissing::Create).await?;
        let immediate = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let tx = db.begin_with_options(immediate).await?;
        match tx.get_database_backend() {
            DatabaseBackend::MySql => lock_mysql(&tx).await?,
            DatabaseBackend::Postgres => lock_postgres(&tx).await?,
            _ => {}
        }
        refuse_newer(&tx).await?;
        Ok(Self { tx, db })
    }

    /// Closing the connection gives back what the transaction's end does not.
    async fn commit(self) -> Result<(), MigrateError> {
        self.tx.commit().await?;
        Ok(self.db.close().await?)
    }
}

/// What becomes of an SQLite file that is not there.
#[derive(Clone, Copy)]
enum IfMissing {
    Create,
    Refuse,
}

async fn connect(url: &str, if_missing: IfMissing) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(move |sqlite| {
        let sqlite = sqlite.busy_timeout(PATIENCE);
        match if_missing {
            IfMissing::Create => sqlite.create_if_missing(true).pragma("journal_mode", "WAL"),
            IfMissing::Refuse => sqlite.create_if_missing(false),
        }
    });
    Database::connect(options).await
}

/// Named locks belong to the server, so the name says which database. The
/// connection keeps the lock through the commits that each DDL statement implies.
async fn lock_mysql(tx: &DatabaseTransaction) -> Result<(), MigrateError> {
    let seconds = PATIENCE.as_secs();
    tx.execute_unprepared(&format!("SET SESSION lock_wait_timeout = {seconds}"))
        .await?;
    let sql =
        format!("SELECT GET_LOCK(CONCAT('stampede.', MD5(DATABASE())), {seconds}) = 1 AS got");
    let row = tx
        .query_one_raw(Statement::from_string(DatabaseBackend::MySql, sql))
        .await?;
    match row
        .map(|row| row.try_get::<Option<bool>>("", "got"))
        .transpose()?
    {
        Some(Some(true)) => Ok(()),
        _ => Err(MigrateError::Busy),
    }
}

async fn lock_postgres(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let seconds = PATIENCE.as_secs();
    tx.execute_unprepared(&format!(
        "SET LOCAL lock_timeout = '{seconds}s'; SELECT pg_advisory_xact_lock({POSTGRES_LOCK})"
    ))
    .await?;
    Ok(())
}

async fn refuse_newer(tx: &DatabaseTransaction) -> Result<(), MigrateError> {
    Migrator::install(tx).await?;
    let known = known();
    let applied = Migrator::get_migration_models(tx).await?;
    match applied
        .into_iter()
        .map(|step| step.version)
        .find(|step| !known.contains(step))
    {
        Some(unknown) => Err(MigrateError::Newer(unknown)),
        None => Ok(()),
    }
}
