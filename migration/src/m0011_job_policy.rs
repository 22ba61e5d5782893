//! What a job's failures and lost leases count, and its lane. Parked jobs leave the
//! index that workers read: however many there are, the due ones come first.

use sea_orm::DbErr;

use crate::definition::{big_integer, index, integer};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0011_job_policy"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let columns = [integer("failures"), integer("lost"), big_integer("lane")];
        let columns = columns.map(|mut column| column.default(0).take());
        schema.add_columns("job", columns).await?;
        let due = index("job", &["done_at", "parked_at", "kind", "lane", "run_at"]);
        schema.create_index(due).await?;
        schema.drop_index("job", "ix_job_done_at_kind_run_at").await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let by_kind = index("job", &["done_at", "kind", "run_at"]);
        schema.create_index(by_kind).await?;
        let due = "ix_job_done_at_parked_at_kind_lane_run_at";
        schema.drop_index("job", due).await?;
        schema
            .drop_columns("job", &["failures", "lost", "lane"])
            .await
    }
}
