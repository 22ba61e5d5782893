//! Schema operations for migration steps.

use sea_orm::sea_query::{
    ColumnDef, Index, IndexCreateStatement, Table, TableAlterStatement, TableCreateStatement,
};
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr};

/// A migration step. Its name identifies it in every database and never changes.
#[async_trait::async_trait]
pub(crate) trait Migration: Send + Sync {
    fn name(&self) -> &'static str;

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr>;

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr>;
}

/// The schema, in the transaction of one run.
pub(crate) struct Schema<'tx> {
    tx: &'tx DatabaseTransaction,
}

impl<'tx> Schema<'tx> {
    pub(crate) fn new(tx: &'tx DatabaseTransaction) -> Self {
        Self { tx }
    }

    pub(crate) fn backend(&self) -> DatabaseBackend {
        self.tx.get_database_backend()
    }

    /// For statements of one database alone, and for rows.
    pub(crate) fn connection(&self) -> &'tx DatabaseTransaction {
        self.tx
    }

    /// Creates `tables`, then `indexes`. Text is compared byte by byte everywhere:
    /// MySQL's and MariaDB's usual collations ignore case and accents, so that two
    /// keys that differ would be one. (Theirs still ignores spaces at the end; no
    /// key here may have any.)
    pub(crate) async fn create(
        &self,
        tables: Vec<TableCreateStatement>,
        indexes: Vec<IndexCreateStatement>,
    ) -> Result<(), DbErr> {
        for mut table in tables {
            if self.backend() == DatabaseBackend::MySql {
                table.character_set("utf8mb4").collate("utf8mb4_bin");
            }
            self.tx.execute(&table).await?;
        }
        for index in indexes {
            self.create_index(index).await?;
        }
        Ok(())
    }

    /// Drops `tables` in the order given.
    pub(crate) async fn drop(&self, tables: &[&'static str]) -> Result<(), DbErr> {
        for table in tables {
            self.tx.execute(Table::drop().table(*table)).await?;
        }
        Ok(())
    }

    pub(crate) async fn create_index(&self, index: IndexCreateStatement) -> Result<(), DbErr> {
        self.tx.execute(&index).await?;
        Ok(())
    }

    pub(crate) async fn drop_index(&self, table: &'static str, name: &str) -> Result<(), DbErr> {
        self.tx
            .execute(Index::drop().name(name).table(table))
            .await?;
        Ok(())
    }

    /// Adds `columns`, each with a statement of its own: SQLite knows no other way.
    pub(crate) async fn add_columns(
        &self,
        table: &'static str,
        columns: impl IntoIterator<Item = ColumnDef>,
    ) -> Result<(), DbErr> {
        for column in columns {
            self.alter(Table::alter().table(table).add_column(column))
                .await?;
        }
        Ok(())
    }

    /// Drops `columns` in the order given.
    pub(crate) async fn drop_columns(
        &self,
        table: &'static str,
        columns: &[&'static str],
    ) -> Result<(), DbErr> {
        for column in columns {
            self.alter(Table::alter().table(table).drop_column(*column))
                .await?;
        }
        Ok(())
    }

    /// Gives a column another type. SQLite cannot, and knows no lengths either.
    pub(crate) async fn modify_column(
        &self,
        table: &'static str,
        column: ColumnDef,
    ) -> Result<(), DbErr> {
        self.alter(Table::alter().table(table).modify_column(column))
            .await
    }

    async fn alter(&self, table: &TableAlterStatement) -> Result<(), DbErr> {
        self.tx.execute(table).await?;
        Ok(())
    }

    /// Makes the database itself refuse UPDATE and DELETE on `table`.
    pub(crate) async fn insert_only(&self, table: &'static str) -> Result<(), DbErr> {
        match self.backend() {
            DatabaseBackend::Sqlite => {
                for verb in ["update", "delete"] {
                    self.execute(&format!(
                        "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} \
                         BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
                    ))
                    .await?;
                }
            }
            DatabaseBackend::Postgres => {
                self.execute(&format!(
                    "CREATE OR REPLACE FUNCTION {table}_insert_only() RETURNS trigger LANGUAGE plpgsql \
                     AS $$ BEGIN RAISE EXCEPTION '{table} is insert-only'; END $$; \
                     CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} \
                     FOR EACH ROW EXECUTE FUNCTION {table}_insert_only()"
                ))
                .await?;
            }
            _ => {
                for verb in ["update", "delete"] {
                    let made = self
                        .execute(&format!(
                            "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW \
                             SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{table} is insert-only'"
                        ))
                        .await;
                    tolerate_missing_privilege(made, table)?;
                }
            }
        }
        Ok(())
    }

    /// Executes SQL as it is written.
    pub(crate) async fn execute(&self, sql: &str) -> Result<(), DbErr> {
        self.tx.execute_unprepared(sql).await?;
        Ok(())
    }
}

/// MySQL with the binary log on wants SUPER for a trigger (error 1419), which
/// hosted servers do not give. The ledger then stands on its grants alone.
fn tolerate_missing_privilege(made: Result<(), DbErr>, table: &str) -> Result<(), DbErr> {
    match made {
        Err(error) if error.to_string().contains("1419") => {
            tracing::warn!(
                table,
                "no right to create triggers: revoke UPDATE and DELETE by grant"
            );
            Ok(())
        }
        other => other,
    }
}
