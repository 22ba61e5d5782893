//! Pictures that nothing shows: since when, and whether orders have to be asked too.

use sea_orm::DbErr;

use crate::definition::{big_integer_null, boolean, index, index_name};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

/// The sweep looks pictures up from the other side.
const LOOK_UPS: [(&str, &[&str]); 3] = [
    ("image", &["unshown_since"]),
    ("product_image", &["image_id"]),
    ("user", &["avatar_id"]),
];

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0018_image_shown"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let unshown_since = big_integer_null("unshown_since");
        // What is there already may be in an order.
        let goods = boolean("goods").default(true).take();
        schema.add_columns("image", [unshown_since, goods]).await?;
        for (table, columns) in LOOK_UPS {
            schema.create_index(index(table, columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        for (table, columns) in LOOK_UPS {
            schema
                .drop_index(table, &index_name(table, columns))
                .await?;
        }
        schema
            .drop_columns("image", &["goods", "unshown_since"])
            .await
    }
}
