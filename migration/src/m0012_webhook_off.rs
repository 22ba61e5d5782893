//! Since when a webhook's receiver has failed, and when it was switched off for that.

use sea_orm::DbErr;

use crate::definition::big_integer_null;
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

const COLUMNS: [&str; 2] = ["failing_since", "disabled_at"];

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0012_webhook_off"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let columns = COLUMNS.map(big_integer_null);
        schema.add_columns("webhook", columns).await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema.drop_columns("webhook", &COLUMNS).await
    }
}
