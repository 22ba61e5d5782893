//! Users that a rehearsal made: lists and statistics leave them out.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::schema::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut user = Table::alter();
        user.table("user")
            .add_column(boolean("rehearsal").default(false));
        manager.alter_table(user).await?;
        // The admin's list passes over a hundred thousand of them at once.
        manager
            .create_index(index("user", &["rehearsal", "id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut by_rehearsal = Index::drop();
        by_rehearsal.name("ix_user_rehearsal_id").table("user");
        manager.drop_index(by_rehearsal).await?;
        let mut user = Table::alter();
        user.table("user").drop_column("rehearsal");
        manager.alter_table(user).await
    }
}
