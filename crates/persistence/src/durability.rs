//! Checks of the database's durability settings.

use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, Statement};

use crate::Database;

impl Database {
    /// Returns a warning for each setting under which a power cut can lose an
    /// acknowledged commit. Empty when all is well.
    ///
    /// # Errors
    ///
    /// When the settings cannot be read.
    pub async fn durability_warnings(&self) -> Result<Vec<String>, DbErr> {
        let checks: &[(&str, &str, &[&str])] = match self.backend() {
            DatabaseBackend::MySql => &[
                (
                    "innodb_flush_log_at_trx_commit",
                    "SELECT CAST(@@innodb_flush_log_at_trx_commit AS CHAR) AS v",
                    &["1"],
                ),
                (
                    "sync_binlog (with the binary log on)",
                    "SELECT CAST(IF(@@log_bin, @@sync_binlog, 1) AS CHAR) AS v",
                    &["1"],
                ),
            ],
            DatabaseBackend::Postgres => &[
                (
                    "synchronous_commit",
                    "SELECT current_setting('synchronous_commit') AS v",
                    &["on", "remote_apply", "remote_write", "local"],
                ),
                ("fsync", "SELECT current_setting('fsync') AS v", &["on"]),
            ],
            _ => &[(
                "synchronous",
                "SELECT CAST(synchronous AS TEXT) AS v FROM pragma_synchronous",
                &["2", "3"],
            )],
        };
        let mut warnings = Vec::new();
        for (name, sql, good) in checks {
            let value = self.text(sql).await?;
            if !good.contains(&value.as_str()) {
                warnings.push(format!(
                    "{name} is {value}: a power cut can lose acknowledged changes"
                ));
            }
        }
        Ok(warnings)
    }

    async fn text(&self, sql: &str) -> Result<String, DbErr> {
        let row = self
            .reader()
            .query_one_raw(Statement::from_string(self.backend(), sql))
            .await?;
        row.map_or(Ok(String::new()), |row| row.try_get("", "v"))
    }
}
