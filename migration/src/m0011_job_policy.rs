//! What a job's failures and lost leases count, and its lane. Parked jobs leave the
//! index that workers read: however many there are, the due ones come first.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::schema::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for mut column in [integer("failures"), integer("lost"), big_integer("lane")] {
            add(manager, column.default(0).take()).await?;
        }
        let due = index("job", &["done_at", "parked_at", "kind", "lane", "run_at"]);
        manager.create_index(due).await?;
        drop_index(manager, "ix_job_done_at_kind_run_at").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_kind = index("job", &["done_at", "kind", "run_at"]);
        manager.create_index(by_kind).await?;
        drop_index(manager, "ix_job_done_at_parked_at_kind_lane_run_at").await?;
        for column in ["failures", "lost", "lane"] {
            let table = Table::alter().table("job").drop_column(column).take();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

/// One column a statement: SQLite knows no other way.
async fn add(manager: &SchemaManager<'_>, column: ColumnDef) -> Result<(), DbErr> {
    let table = Table::alter().table("job").add_column(column).take();
    manager.alter_table(table).await
}

async fn drop_index(manager: &SchemaManager<'_>, name: &'static str) -> Result<(), DbErr> {
    let mut index = Index::drop();
    index.name(name).table("job");
    manager.drop_index(index).await
}
