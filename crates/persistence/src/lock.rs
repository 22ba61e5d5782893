//! Advisory locks of the database server: one process holds a lock and loses it with
//! its connection.

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, Statement,
};
use secrecy::{ExposeSecret, SecretString};

/// A named advisory lock on its own connection. Its name is scoped to the database, so
/// shops in other databases of the same server do not share it.
#[derive(Debug)]
pub struct AdvisoryLock {
    url: SecretString,
    name: &'static str,
    connection: Option<DatabaseConnection>,
}

impl AdvisoryLock {
    /// Creates the lock `name` of the database server at `url`, without acquiring it.
    pub fn new(url: SecretString, name: &'static str) -> Self {
        Self {
            url,
            name,
            connection: None,
        }
    }

    /// Acquires the lock if it is free and returns whether this process holds it.
    /// Returns false, too, when the server cannot be reached.
    pub async fn acquire(&mut self) -> bool {
        if let Some(connection) = &self.connection {
            if ask(connection, self.still_held_sql())
                .await
                .unwrap_or(false)
            {
                return true;
            }
            self.connection = None;
        }
        match self.try_lock().await {
            Ok(connection) => self.connection = connection,
            Err(error) => tracing::warn!(%error, "a lock of the database cannot be asked for"),
        }
        self.connection.is_some()
    }

    /// Opens a connection that is never returned to a pool, because the lock belongs to
    /// its session, and tries to take the lock.
    async fn try_lock(&self) -> Result<Option<DatabaseConnection>, DbErr> {
        let mut options = ConnectOptions::new(self.url.expose_secret());
        options
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .sqlx_logging(false);
        let connection = sea_orm::Database::connect(options).await?;
        let won = ask(
            &connection,
            self.lock_sql(connection.get_database_backend()),
        )
        .await?;
        if won {
            return Ok(Some(connection));
        }
        connection.close().await?;
        Ok(None)
    }

    fn lock_sql(&self, backend: DatabaseBackend) -> String {
        let name = self.name;
        match backend {
            DatabaseBackend::Postgres => {
                format!("SELECT pg_try_advisory_lock(hashtext('{name}')) AS held")
            }
            _ => format!("SELECT GET_LOCK({}, 0) = 1 AS held", in_mysql(name)),
        }
    }

    fn still_held_sql(&self) -> String {
        let name = self.name;
        if self.url.expose_secret().starts_with("postgres") {
            return format!(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted \
                 AND pid = pg_backend_pid() AND objid = \
                 (hashtext('{name}')::bigint & 4294967295)::oid) AS held"
            );
        }
        format!(
            "SELECT COALESCE(IS_USED_LOCK({}) = CONNECTION_ID(), 0) AS held",
            in_mysql(name)
        )
    }
}

/// Hashes the name together with the database's: locks in MySQL belong to the server
/// and have at most 64 characters.
fn in_mysql(name: &str) -> String {
    format!("MD5(CONCAT('{name} ', DATABASE()))")
}

async fn ask(connection: &DatabaseConnection, sql: String) -> Result<bool, DbErr> {
    let backend = connection.get_database_backend();
    let row = connection
        .query_one_raw(Statement::from_string(backend, sql))
        .await?;
    let Some(row) = row else {
        return Ok(false);
    };
    match backend {
        DatabaseBackend::Postgres => row.try_get("", "held"),
        _ => Ok(row.try_get::<Option<i64>>("", "held")? == Some(1)),
    }
}
