//! Runs the migration steps: one process at a time, never on a newer schema.

use std::collections::BTreeSet;
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection,
    DatabaseTransaction, DbErr, RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait,
};

use crate::schema::Schema;
use crate::{STEPS, history};

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
    let schema = Schema::new(&alone.tx);
    for step in STEPS {
        if !alone.applied.contains(step.name()) {
            step.up(&schema).await?;
            history::record(&alone.tx, step.name()).await?;
            tracing::debug!(step = step.name(), "applied");
        }
    }
    alone.commit().await
}

/// Reverts the last step.
///
/// # Errors
///
/// As [`up`].
pub async fn down(url: &str) -> Result<(), MigrateError> {
    let alone = Alone::with(url).await?;
    let mut newest_first = STEPS.iter().rev();
    if let Some(step) = newest_first.find(|step| alone.applied.contains(step.name())) {
        step.down(&Schema::new(&alone.tx)).await?;
        history::forget(&alone.tx, step.name()).await?;
        tracing::debug!(step = step.name(), "taken back");
    }
    alone.commit().await
}

/// The name of every step of this binary, oldest first.
pub fn steps() -> impl DoubleEndedIterator<Item = &'static str> {
    STEPS.iter().map(|step| step.name())
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
            let applied = history::applied(&db).await?;
            db.close().await?;
            applied
        }
        Err(error) if is_missing_file(&error) => BTreeSet::new(),
        Err(error) => return Err(error.into()),
    };
    refuse_newer(&applied)?;
    let with_state = |name: &str| (name.to_owned(), applied.contains(name));
    Ok(steps().map(with_state).collect())
}

/// `SQLITE_CANTOPEN`: there is no such file, or it is not ours to read.
fn is_missing_file(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(error)) = error else {
        return false;
    };
    let error = error.as_database_error();
    error.is_some_and(|error| error.code().is_some_and(|code| code == "14"))
}

/// How the schema of a database compares with this binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The schema is up to date.
    Current,
    /// There is no schema.
    Absent,
    /// Steps are missing.
    Older,
    /// The schema has steps that this binary does not know.
    Newer,
}

/// Compares the schema read-only, without waiting for a lock.
///
/// # Errors
///
/// When the database cannot be read.
pub async fn standing(db: &DatabaseConnection) -> Result<Standing, DbErr> {
    let applied = history::applied(db).await?;
    Ok(if applied.is_empty() {
        Standing::Absent
    } else if unknown(&applied).is_some() {
        Standing::Newer
    } else if applied.len() == STEPS.len() {
        Standing::Current
    } else {
        Standing::Older
    })
}

/// A step that this binary does not know.
fn unknown(applied: &BTreeSet<String>) -> Option<&String> {
    let is_known = |name: &str| steps().any(|step| step == name);
    applied.iter().find(|name| !is_known(name))
}

fn refuse_newer(applied: &BTreeSet<String>) -> Result<(), MigrateError> {
    match unknown(applied) {
        Some(step) => Err(MigrateError::Newer(step.clone())),
        None => Ok(()),
    }
}

/// A transaction that holds the migration lock until it ends.
struct Alone {
    tx: DatabaseTransaction,
    /// The steps that the database had when it began.
    applied: BTreeSet<String>,
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
        history::install(&tx).await?;
        let applied = history::applied(&tx).await?;
        refuse_newer(&applied)?;
        Ok(Self { tx, applied, db })
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
    // No maintenance of the pool: persistence/src/database.rs says why.
    options.max_connections(1).sqlx_logging(false);
    options.idle_timeout(None).max_lifetime(None);
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
