//! Each event once per webhook; room for large orders where TEXT ends at 64 KiB.

use sea_orm::{DatabaseBackend, DbErr};

use crate::definition::{string_len, unique};
use crate::schema::{Migration, Schema};

/// What holds a whole order: of fifty lines with long options it takes up to a megabyte.
const WIDE: [(&str, &str); 3] = [
    ("job", "payload MEDIUMTEXT {} NOT NULL"),
    ("idempotency", "answer MEDIUMTEXT {}"),
    ("webhook_delivery", "body MEDIUMTEXT {} NOT NULL"),
];

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0007_webhook_event"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let event_id = string_len("event_id", 64).default("").take();
        schema.add_columns("webhook_delivery", [event_id]).await?;
        let once = unique("webhook_delivery", &["event_id", "webhook_id"]);
        schema.create_index(once).await?;
        widen(schema).await
    }

    /// What was widened stays wide: it may be full.
    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let once = "ux_webhook_delivery_event_id_webhook_id";
        schema.drop_index("webhook_delivery", once).await?;
        schema.drop_columns("webhook_delivery", &["event_id"]).await
    }
}

async fn widen(schema: &Schema<'_>) -> Result<(), DbErr> {
    if schema.backend() != DatabaseBackend::MySql {
        return Ok(());
    }
    for (table, column) in WIDE {
        let column = column.replace("{}", "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        schema
            .execute(&format!("ALTER TABLE {table} MODIFY {column}"))
            .await?;
    }
    Ok(())
}
