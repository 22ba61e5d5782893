//! Raw statements, sent without the shop's code.

use std::str::FromStr;

use sea_orm::sqlx::mysql::MySqlPoolOptions;
use sea_orm::sqlx::postgres::PgPoolOptions;
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{
    self, AssertSqlSafe, Connection, Executor, MySql, MySqlPool, PgPool, Postgres, Sqlite,
    SqlitePool,
};
use sea_query_sqlx::SqlxValues;

use crate::Failure;
use crate::record::{Batch, Purchase, Sent};

/// The pool size, as in the shop.
const CONNECTIONS: u32 = 16;

/// Connection pools of the driver, with the shop's options.
#[derive(Debug, Clone)]
pub enum Raw {
    /// Readers, and the single writer.
    Sqlite(SqlitePool, SqlitePool),
    /// `MySQL` and `MariaDB`.
    MySql(MySqlPool),
    /// `PostgreSQL`.
    Postgres(PgPool),
}

impl Raw {
    /// Opens the pools.
    ///
    /// # Errors
    ///
    /// When the database cannot be reached.
    pub async fn open(url: &str) -> Result<Self, Failure> {
        if url.starts_with("mysql") {
            let options = MySqlPoolOptions::new().max_connections(CONNECTIONS);
            return Ok(Self::MySql(options.connect(url).await?));
        }
        if url.starts_with("postgres") {
            let options = PgPoolOptions::new().max_connections(CONNECTIONS);
            return Ok(Self::Postgres(options.connect(url).await?));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool = |connections| SqlitePoolOptions::new().max_connections(connections);
        let readers = pool(CONNECTIONS).connect_with(options.clone()).await?;
        let writer = pool(1).connect_with(options).await?;
        Ok(Self::Sqlite(readers, writer))
    }

    /// Sends the statements of one purchase.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn buy(&self, purchase: Purchase) -> Result<(), Failure> {
        for part in purchase.parts {
            self.send(part.before).await?;
            self.transact(part.inside).await?;
        }
        Ok(())
    }

    /// Sends the statements of one batch of a sale.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn commit(&self, batch: Batch) -> Result<(), Failure> {
        self.transact(batch.sent).await
    }

    async fn send(&self, statements: Vec<Sent>) -> Result<(), Failure> {
        match self {
            Self::Sqlite(readers, _) => {
                send_sqlite(&mut *readers.acquire().await?, statements).await?;
            }
            Self::MySql(pool) => send_mysql(&mut *pool.acquire().await?, statements).await?,
            Self::Postgres(pool) => {
                send_postgres(&mut *pool.acquire().await?, statements).await?;
            }
        }
        Ok(())
    }

    async fn transact(&self, statements: Vec<Sent>) -> Result<(), Failure> {
        match self {
            Self::Sqlite(_, writer) => {
                let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
                send_sqlite(&mut tx, statements).await?;
                tx.commit().await?;
            }
            Self::MySql(pool) => {
                let mut connection = pool.acquire().await?;
                sqlx::query(READ_COMMITTED)
                    .execute(&mut *connection)
                    .await?;
                let mut tx = connection.begin().await?;
                send_mysql(&mut tx, statements).await?;
                tx.commit().await?;
            }
            Self::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                sqlx::query(READ_COMMITTED).execute(&mut *tx).await?;
                send_postgres(&mut tx, statements).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

const READ_COMMITTED: &str = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

/// A function per driver, since no common trait takes the values of all three.
macro_rules! sender {
    ($name:ident, $database:ty) => {
        async fn $name(
            connection: &mut <$database as sqlx::Database>::Connection,
            statements: Vec<Sent>,
        ) -> Result<(), sqlx::Error> {
            for sent in statements {
                let reads = sent.reads();
                let query = sqlx::query_with(AssertSqlSafe(sent.sql), SqlxValues(sent.values));
                if reads {
                    connection.fetch_all(query).await?;
                } else {
                    connection.execute(query).await?;
                }
            }
            Ok(())
        }
    };
}

sender!(send_sqlite, Sqlite);
sender!(send_mysql, MySql);
sender!(send_postgres, Postgres);
