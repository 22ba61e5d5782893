//! Corruption of a test database, for tests of audits.

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, Statement};
use stampede_persistence::audit::Breach;

use crate::TestDb;

impl TestDb {
    /// Runs statements past triggers and checks, which are dropped for good. `"` quotes
    /// an identifier.
    ///
    /// # Panics
    ///
    /// When a statement fails.
    pub async fn by_hand(&self, statements: &[&str]) {
        let tx = self.db.begin_write().await.expect("a transaction");
        unguard(&tx).await.expect("the guards go");
        for sql in statements {
            let sql = match self.db.backend() {
                DatabaseBackend::MySql => sql.replace('"', "`"),
                _ => (*sql).to_owned(),
            };
            let done = tx.execute_unprepared(&sql).await;
            done.unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
        tx.commit().await.expect("it is committed");
    }

    /// Drops a unique index.
    ///
    /// # Panics
    ///
    /// When there is no such index.
    pub async fn drop_index(&self, name: &str, table: &str) {
        let of = match self.db.backend() {
            DatabaseBackend::MySql => format!(r#" ON "{table}""#),
            _ => String::new(),
        };
        self.by_hand(&[&format!(r#"DROP INDEX "{name}"{of}"#)])
            .await;
    }
}

/// Returns the breaches that an audit newly lists: invariant and subject.
pub fn news<'a>(before: &[Breach], after: &'a [Breach]) -> Vec<(&'static str, &'a str)> {
    let new = after.iter().filter(|breach| !before.contains(breach));
    new.map(|breach| (breach.invariant, breach.subject.as_str()))
        .collect()
}

/// Drops the triggers and checks of the database.
async fn unguard(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let (lift, guards) = match tx.get_database_backend() {
        DatabaseBackend::Sqlite => (
            "PRAGMA ignore_check_constraints = ON",
            "SELECT 'DROP TRIGGER ' || name AS sql FROM sqlite_master WHERE type = 'trigger'",
        ),
        DatabaseBackend::Postgres => (
            "SET LOCAL session_replication_role = replica",
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql
             FROM pg_constraint
             WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
        ),
        _ => (
            "SET SESSION check_constraint_checks = OFF",
            "SELECT CONCAT('DROP TRIGGER ', trigger_name) AS `sql`
             FROM information_schema.triggers WHERE trigger_schema = DATABASE()",
        ),
    };
    tx.execute_unprepared(lift).await?;
    let guards = Statement::from_string(tx.get_database_backend(), guards);
    for row in tx.query_all_raw(guards).await? {
        let sql: String = row.try_get("", "sql")?;
        tx.execute_unprepared(&sql).await?;
    }
    Ok(())
}
