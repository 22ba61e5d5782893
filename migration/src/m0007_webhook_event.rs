//! Each event once per webhook; room for large orders where TEXT ends at 64 KiB.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::schema::unique;

/// What holds a whole order: of fifty lines with long options it takes up to a megabyte.
const WIDE: [(&str, &str); 3] = [
    ("job", "payload MEDIUMTEXT {} NOT NULL"),
    ("idempotency", "answer MEDIUMTEXT {}"),
    ("webhook_delivery", "body MEDIUMTEXT {} NOT NULL"),
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let event_id = Table::alter()
            .table("webhook_delivery")
            .add_column(string_len("event_id", 64).default(""))
            .take();
        manager.alter_table(event_id).await?;
        let once = unique("webhook_delivery", &["event_id", "webhook_id"]);
        manager.create_index(once).await?;
        widen(manager).await
    }

    /// What was widened stays wide: it may be full.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut once = Index::drop();
        once.name("ux_webhook_delivery_event_id_webhook_id")
            .table("webhook_delivery");
        manager.drop_index(once).await?;
        let event_id = Table::alter()
            .table("webhook_delivery")
            .drop_column("event_id")
            .take();
        manager.alter_table(event_id).await
    }
}

async fn widen(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() != DatabaseBackend::MySql {
        return Ok(());
    }
    for (table, column) in WIDE {
        let column = column.replace("{}", "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        let sql = format!("ALTER TABLE {table} MODIFY {column}");
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}
