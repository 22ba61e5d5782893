//! Open jobs by their kind: workers find their own at once, however many others wait.

use sea_orm::DbErr;

use crate::definition::index;
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0010_job_kind"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let by_kind = index("job", &["done_at", "kind", "run_at"]);
        schema.create_index(by_kind).await?;
        schema.drop_index("job", "ix_job_done_at_run_at").await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let by_time = index("job", &["done_at", "run_at"]);
        schema.create_index(by_time).await?;
        schema.drop_index("job", "ix_job_done_at_kind_run_at").await
    }
}
