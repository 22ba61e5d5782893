//! Pictures that nothing shows: since when, and whether orders have to be asked too.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::schema::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The sweep looks pictures up from the other side.
const LOOK_UPS: [(&str, &[&str]); 3] = [
    ("image", &["unshown_since"]),
    ("product_image", &["image_id"]),
    ("user", &["avatar_id"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite adds no two at once.
        for column in [
            big_integer_null("unshown_since"),
            // What is there already may be in an order.
            boolean("goods").default(true).take(),
        ] {
            let mut image = Table::alter();
            image.table("image").add_column(column);
            manager.alter_table(image).await?;
        }
        for (table, columns) in LOOK_UPS {
            manager.create_index(index(table, columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in LOOK_UPS {
            let mut look_up = Index::drop();
            look_up
                .name(format!("ix_{table}_{}", columns.join("_")))
                .table(table);
            manager.drop_index(look_up).await?;
        }
        for column in ["goods", "unshown_since"] {
            let mut image = Table::alter();
            image.table("image").drop_column(column);
            manager.alter_table(image).await?;
        }
        Ok(())
    }
}
