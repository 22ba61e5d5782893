//! Marks users of rehearsals, which lists and statistics leave out.

use sea_orm::DbErr;

use crate::definition::{boolean, index};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0009_rehearsal"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let rehearsal = boolean("rehearsal").default(false).take();
        schema.add_columns("user", [rehearsal]).await?;
        // The admin's list passes over a hundred thousand of them at once.
        schema
            .create_index(index("user", &["rehearsal", "id"]))
            .await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema.drop_index("user", "ix_user_rehearsal_id").await?;
        schema.drop_columns("user", &["rehearsal"]).await
    }
}
