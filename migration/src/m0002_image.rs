//! Pictures, content-addressed: the same bytes are one row and one set of files.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::schema::{create, drop, table, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let image = table("image")
            .col(big_pk_auto("id"))
            .col(char_len("hash", 64))
            .col(string_len("format", 8))
            .col(integer("width"))
            .col(integer("height"))
            .col(big_integer("created_at"))
            .take();
        create(manager, vec![image], vec![unique("image", &["hash"])]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, &["image"]).await
    }
}
