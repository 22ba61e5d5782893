//! Open jobs by their kind: workers find their own at once, however many others wait.

use sea_orm_migration::prelude::*;

use crate::schema::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_kind = index("job", &["done_at", "kind", "run_at"]);
        manager.create_index(by_kind).await?;
        drop(manager, "ix_job_done_at_run_at").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_time = index("job", &["done_at", "run_at"]);
        manager.create_index(by_time).await?;
        drop(manager, "ix_job_done_at_kind_run_at").await
    }
}

async fn drop(manager: &SchemaManager<'_>, name: &'static str) -> Result<(), DbErr> {
    let mut index = Index::drop();
    index.name(name).table("job");
    manager.drop_index(index).await
}
