//! Connection pools and transactions.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sqlx::{Connection, Executor};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, DatabaseBackend, DatabaseConnection,
    DatabaseTransaction, DbErr, IsolationLevel, RuntimeErr, SqliteTransactionMode, SqlxError,
    Statement, TransactionOptions, TransactionTrait,
};
use tokio::sync::watch;
use tokio::task::JoinError;
use tokio::time::timeout;

use crate::change_bus::ChangeBus;

/// Prepared statements that a connection keeps. A batch of a sale has fourteen
/// sizes of each of its statements.
const STATEMENTS_KEPT: usize = 400;

/// Page cache of SQLite's one writer, in KiB: a batch of a sale touches pages of a
/// dozen indexes.
const WRITER_CACHE_KIB: u32 = 16 * 1024;
/// Page cache of each SQLite reader, in KiB: SQLite's own default.
const READER_CACHE_KIB: u32 = 2_000;
/// Pages in SQLite's write-ahead log before a checkpoint. Orders are spread over the
/// file, so a short log would write the same pages again and again.
const LOG_PAGES: u32 = 4_000;

/// How long background work leaves the writer to urgent transactions that do not end.
const PATIENCE: Duration = Duration::from_millis(500);

/// Settings of the connection pools.
#[derive(Debug, Clone, Copy)]
pub struct Pool {
    /// Connections of this process at most.
    pub connections: u32,
    /// How long a request may wait for one before it fails.
    pub acquire_timeout: Duration,
    /// How long the first connection may take when the pools are opened.
    pub first_within: Duration,
    /// Whether this process opens the database read-only and creates no SQLite file.
    pub read_only: bool,
}

impl Default for Pool {
    fn default() -> Self {
        Self {
            connections: 16,
            acquire_timeout: Duration::from_secs(3),
            first_within: Duration::from_secs(3),
            read_only: false,
        }
    }
}

/// The database as one process sees it. Cheap to clone.
///
/// On SQLite one connection writes and the others read: one writer is as fast
/// as many and has no long tail (measured, see docs/adr/0002-one-sqlite-writer.md).
#[derive(Debug, Clone)]
pub struct Database {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    process: Arc<Process>,
}

#[derive(Debug, Default)]
struct Process {
    changes: ChangeBus,
    /// Counts the commits that pushed a job.
    jobs: watch::Sender<u64>,
    /// The number of urgent transactions that run or wait.
    urgent: watch::Sender<usize>,
}

/// An urgent transaction; see [`Database::urgent`].
#[must_use = "it is urgent for as long as this lives"]
#[derive(Debug)]
pub struct Urgent(Arc<Process>);

impl Drop for Urgent {
    fn drop(&mut self) {
        self.0.urgent.send_modify(|running| *running -= 1);
    }
}

impl Database {
    /// Opens the pools. The schema must be up to date.
    ///
    /// # Errors
    ///
    /// When the server does not answer within `pool.first_within` or refuses.
    pub async fn connect(url: &str, pool: Pool) -> Result<Self, DbErr> {
        let reader = open(url, pool, READER_CACHE_KIB).await?;
        let writer = match reader.get_database_backend() {
            DatabaseBackend::Sqlite => {
                let one = Pool {
                    connections: 1,
                    ..pool
                };
                open(url, one, WRITER_CACHE_KIB).await?
            }
            _ => reader.clone(),
        };
        Ok(Self {
            reader,
            writer,
            process: Arc::default(),
        })
    }

    /// Returns the connection for reads outside a transaction.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Returns the kind of database.
    pub fn backend(&self) -> DatabaseBackend {
        self.reader.get_database_backend()
    }

    /// Begins a writing transaction: `BEGIN IMMEDIATE` on SQLite, READ COMMITTED
    /// elsewhere. Dropping it rolls back.
    pub async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = match self.backend() {
            DatabaseBackend::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            },
            // Set for each session when it begins.
            _ => TransactionOptions::default(),
        };
        begin(&self.writer, "writer", options).await
    }

    /// Begins a writing transaction of work that can wait: after the urgent ones, or after
    /// a bounded wait.
    ///
    /// # Errors
    ///
    /// Those of [`Database::begin_write`].
    pub async fn begin_background(&self) -> Result<DatabaseTransaction, DbErr> {
        let mut urgent = self.process.urgent.subscribe();
        let _ = timeout(PATIENCE, urgent.wait_for(|running| *running == 0)).await;
        self.begin_write().await
    }

    /// Marks a writing transaction as urgent, as that of customers who stand in a rush, for
    /// as long as the guard lives: background work leaves the database's writer to it.
    pub fn urgent(&self) -> Urgent {
        self.process.urgent.send_modify(|running| *running += 1);
        Urgent(Arc::clone(&self.process))
    }

    /// Begins a read-only snapshot transaction: it sees no later commits, blocks no
    /// writer, and is exempt from statement time-outs.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached, or has no schema.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = match self.backend() {
            DatabaseBackend::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        let tx = begin(&self.reader, "reader", options).await?;
        if let Some(lift_timeouts) = lift_timeouts(self.backend()) {
            tx.execute_unprepared(lift_timeouts).await?;
        }
        // On all three it is the first read that fixes what is seen.
        tx.query_one_raw(Statement::from_string(
            self.backend(),
            "SELECT COUNT(*) FROM marker",
        ))
        .await?;
        Ok(tx)
    }

    /// Updates PostgreSQL's planner statistics after a bulk load; autovacuum would do
    /// so a minute later. Does nothing on the other databases, which need no hint.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached.
    pub async fn analyze(&self) -> Result<(), DbErr> {
        if self.backend() == DatabaseBackend::Postgres {
            self.writer.execute_unprepared("ANALYZE").await?;
        }
        Ok(())
    }

    /// Calls `hear` with every statement that this handle sends from now on, also
    /// through later clones; for measurements.
    pub fn observe(&mut self, hear: impl Fn(&Statement) + Clone + Send + Sync + 'static) {
        for connection in [&mut self.reader, &mut self.writer] {
            let hear = hear.clone();
            connection.set_metric_callback(move |sent| hear(sent.statement));
        }
    }

    /// Returns the change bus of this process.
    pub fn changes(&self) -> &ChangeBus {
        &self.process.changes
    }

    /// Wakes this process's workers; to be called after a commit that pushed a job.
    pub fn wake_workers(&self) {
        self.process.jobs.send_modify(|commits| *commits += 1);
    }

    /// Returns a receiver that is notified by every [`Database::wake_workers`].
    pub(crate) fn worker_wakeups(&self) -> watch::Receiver<u64> {
        self.process.jobs.subscribe()
    }

    /// Closes the pools after running statements have ended.
    pub async fn close(self) -> Result<(), DbErr> {
        self.writer.close().await?;
        self.reader.close().await
    }
}

/// Returns the statement that lifts an operator's time-outs for slow statements.
/// MariaDB and MySQL each read the comment that is meant for them.
fn lift_timeouts(backend: DatabaseBackend) -> Option<&'static str> {
    match backend {
        DatabaseBackend::Postgres => Some(
            "SET LOCAL statement_timeout = 0; \
             SET LOCAL idle_in_transaction_session_timeout = 0",
        ),
        DatabaseBackend::MySql => Some(
            "SET @patient = 1 /*M! , SESSION max_statement_time = 0 */ \
             /*!50708 , SESSION max_execution_time = 0 */",
        ),
        _ => None,
    }
}

/// How old a connection to a server may become: after a failover, all of them lead to the
/// new server again within this time.
const LIFETIME: Duration = Duration::from_mins(30);
/// How long a connection to a server may have been idle and is taken without a ping.
const UNTESTED: Duration = Duration::from_secs(1);

/// Leaves out the pool's maintenance. sqlx 0.9 counts its idle connections down before it
/// has counted them up, when one is taken in the instant in which it comes back; its
/// maintenance that reads the count then has 2⁶⁴ connections to look at, and keeps a
/// thread for ever. What the maintenance does is done when a connection is taken.
///
/// A connection that was used a moment ago is not pinged: that would be a round trip for
/// each query, and a server may be gone in the next instant all the same.
fn without_maintenance(options: &mut ConnectOptions) -> &mut ConnectOptions {
    options
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .map_sqlx_mysql_before_acquire(|connection, about| {
            Box::pin(async move {
                if about.idle_for > UNTESTED {
                    connection.ping().await?;
                }
                Ok(about.age < LIFETIME)
            })
        })
        .map_sqlx_postgres_before_acquire(|connection, about| {
            Box::pin(async move {
                if about.idle_for > UNTESTED {
                    connection.ping().await?;
                }
                Ok(about.age < LIFETIME)
            })
        })
}

async fn open(url: &str, pool: Pool, cache_kib: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    without_maintenance(&mut options)
        .max_connections(pool.connections)
        .acquire_timeout(pool.acquire_timeout)
        .connect_timeout(pool.acquire_timeout)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .busy_timeout(Duration::from_secs(3))
                .statement_cache_capacity(STATEMENTS_KEPT);
            if pool.read_only {
                return sqlite.read_only(true);
            }
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("wal_autocheckpoint", LOG_PAGES.to_string())
                .pragma("cache_size", format!("-{cache_kib}"))
                // On disk, each statement of many rows would write a journal of its own.
                .pragma("temp_store", "MEMORY")
        })
        .map_sqlx_mysql_opts(|mysql| mysql.statement_cache_capacity(STATEMENTS_KEPT))
        .map_sqlx_mysql_pool_opts(move |options| {
            options.after_connect(move |connection, _| {
                Box::pin(async move {
                    connection
                        .execute(
                            "SET SESSION innodb_lock_wait_timeout = 3, SESSION sql_mode = \
                             CONCAT(@@sql_mode, ',STRICT_ALL_TABLES')",
                        )
                        .await?;
                    connection
                        .execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
                        .await?;
                    if pool.read_only {
                        connection
                            .execute("SET SESSION TRANSACTION READ ONLY")
                            .await?;
                    }
                    Ok(())
                })
            })
        })
        .map_sqlx_postgres_opts(move |postgres| {
            let postgres = postgres
                .options([
                    ("lock_timeout", "3s"),
                    ("default_transaction_isolation", "read committed"),
                ])
                .statement_cache_capacity(STATEMENTS_KEPT);
            if pool.read_only {
                postgres.options([("default_transaction_read_only", "on")])
            } else {
                postgres
            }
        });
    first(options, pool.first_within).await
}

/// Begins a transaction in a task of its own. A caller that goes away in the middle of
/// BEGIN, such as the handler of a client that hung up, would give the pool a MySQL
/// connection back whose transaction nobody ends: its next user reads an old snapshot,
/// or fails with error 1568. Here the transaction is there when it is dropped.
async fn begin(
    pool: &DatabaseConnection,
    name: &'static str,
    options: TransactionOptions,
) -> Result<DatabaseTransaction, DbErr> {
    let (pool, asked) = (pool.clone(), Instant::now());
    let beginning = tokio::spawn(async move { pool.begin_with_options(options).await });
    let ended = |error: JoinError| DbErr::Conn(RuntimeErr::Internal(error.to_string()));
    let begun = beginning.await.map_err(ended)?;
    metrics::histogram!("stampede_db_begin_seconds", "pool" => name).record(asked.elapsed());
    begun
}

/// Opens a pool with its first connection; begins again while that does not come in
/// time and `within` is not over.
async fn first(options: ConnectOptions, within: Duration) -> Result<DatabaseConnection, DbErr> {
    let begun = Instant::now();
    loop {
        match sea_orm::Database::connect(options.clone()).await {
            Err(error) if has_timed_out(&error) && begun.elapsed() < within => {}
            opened => return opened,
        }
    }
}

fn has_timed_out(error: &DbErr) -> bool {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error)) => {
            matches!(error.as_ref(), SqlxError::PoolTimedOut)
        }
        DbErr::ConnectionAcquire(_) => true,
        _ => false,
    }
}
