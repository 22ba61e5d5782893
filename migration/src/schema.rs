//! What every table here has in common.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DatabaseBackend, DbErr};

/// A new table.
pub(crate) fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).take()
}

/// A plain index named after its table and columns.
pub(crate) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("ix_{table}_{}", columns.join("_")))
        .table(table);
    for column in columns {
        index.col(*column);
    }
    index.take()
}

/// A unique index named after its table and columns.
pub(crate) fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("ux_{table}_{}", columns.join("_")))
        .table(table)
        .unique();
    for column in columns {
        index.col(*column);
    }
    index.take()
}

/// Creates `tables`, then `indexes`. Text is compared byte by byte everywhere:
/// MySQL's and MariaDB's usual collations ignore case and accents, so that two
/// keys that differ would be one. (Theirs still ignores spaces at the end; no
/// key here may have any.)
pub(crate) async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<TableCreateStatement>,
    indexes: Vec<IndexCreateStatement>,
) -> Result<(), DbErr> {
    for mut table in tables {
        if manager.get_database_backend() == DatabaseBackend::MySql {
            table.character_set("utf8mb4").collate("utf8mb4_bin");
        }
        manager.create_table(table).await?;
    }
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

/// Drops `tables` in the order given.
pub(crate) async fn drop(
    manager: &SchemaManager<'_>,
    tables: &[&'static str],
) -> Result<(), DbErr> {
    for table in tables {
        manager
            .drop_table(Table::drop().table(*table).take())
            .await?;
    }
    Ok(())
}

/// Makes the database itself refuse UPDATE and DELETE on `table`.
pub(crate) async fn insert_only(
    manager: &SchemaManager<'_>,
    table: &'static str,
) -> Result<(), DbErr> {
    let db = manager.get_connection();
    match db.get_database_backend() {
        DatabaseBackend::Sqlite => {
            for verb in ["update", "delete"] {
                db.execute_unprepared(&format!(
                    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} \
                     BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
                ))
                .await?;
            }
        }
        DatabaseBackend::Postgres => {
            db.execute_unprepared(&format!(
                "CREATE OR REPLACE FUNCTION {table}_insert_only() RETURNS trigger LANGUAGE plpgsql \
                 AS $$ BEGIN RAISE EXCEPTION '{table} is insert-only'; END $$; \
                 CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} \
                 FOR EACH ROW EXECUTE FUNCTION {table}_insert_only()"
            ))
            .await?;
        }
        _ => {
            for verb in ["update", "delete"] {
                let made = db
                    .execute_unprepared(&format!(
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

/// MySQL with the binary log on wants SUPER for a trigger (error 1419), which
/// hosted servers do not give. The ledger then stands on its grants alone.
fn tolerate_missing_privilege<T>(made: Result<T, DbErr>, table: &str) -> Result<(), DbErr> {
    match made {
        Err(error) if error.to_string().contains("1419") => {
            tracing::warn!(
                table,
                "no right to create triggers: revoke UPDATE and DELETE by grant"
            );
            Ok(())
        }
        other => other.map(|_| ()),
    }
}
