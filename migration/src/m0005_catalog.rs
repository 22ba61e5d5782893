//! Categories, products, SKUs with their stock journal, pictures, carousel, favourites.

use sea_orm::DbErr;
use sea_orm::sea_query::{Expr, ExprTrait, Index, TableCreateStatement};

use crate::definition::{
    big_integer, big_integer_null, big_pk_auto, boolean, index, integer, string_len,
    string_len_null, table, text, text_null, unique,
};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0005_catalog"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let tables = vec![
            category(),
            product(),
            sku(),
            product_image(),
            carousel(),
            favorite(),
            stock_journal(),
        ];
        let indexes = vec![
            index("category", &["parent_id"]),
            index("product", &["on_sale", "id"]),
            index("product", &["on_sale", "pay_price", "id"]),
            index("product", &["category_id", "on_sale", "id"]),
            index("product", &["category_id", "on_sale", "pay_price", "id"]),
            index("sku", &["product_id", "id"]),
            unique("favorite", &["user_id", "product_id"]),
            index("stock_journal", &["sku_id"]),
        ];
        schema.create(tables, indexes).await?;
        schema.insert_only("stock_journal").await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let tables = [
            "stock_journal",
            "favorite",
            "carousel",
            "product_image",
            "sku",
            "product",
            "category",
        ];
        schema.drop(&tables).await
    }
}

/// `translations` is JSON, by language code.
fn category() -> TableCreateStatement {
    table("category")
        .col(big_pk_auto("id"))
        .col(big_integer_null("parent_id"))
        .col(string_len("name", 128))
        .col(text_null("translations"))
        .col(big_integer_null("image_id"))
        .col(big_integer("created_at"))
        .take()
}

/// `pay_price` repeats what a buyer pays for the first SKU, so that lists sort
/// and filter by an index.
fn product() -> TableCreateStatement {
    table("product")
        .col(big_pk_auto("id"))
        .col(big_integer("category_id"))
        .col(string_len("name", 128))
        .col(string_len("title", 255))
        .col(text("info"))
        .col(text_null("translations"))
        .col(boolean("on_sale"))
        .col(big_integer("pay_price"))
        .col(big_integer("view").default(0))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .take()
}

/// `options` is a JSON object of names and values.
fn sku() -> TableCreateStatement {
    table("sku")
        .col(big_pk_auto("id"))
        .col(big_integer("product_id"))
        .col(text("options"))
        .col(big_integer("price").check(Expr::col("price").gt(0)))
        .col(big_integer_null("discount_price"))
        .col(big_integer("num").check(Expr::col("num").gte(0)))
        .col(big_integer("created_at"))
        .take()
}

fn product_image() -> TableCreateStatement {
    table("product_image")
        .col(big_integer("product_id"))
        .col(big_integer("image_id"))
        .col(integer("place"))
        .primary_key(Index::create().col("product_id").col("image_id"))
        .take()
}

fn carousel() -> TableCreateStatement {
    table("carousel")
        .col(big_pk_auto("id"))
        .col(big_integer_null("product_id"))
        .col(string_len("title", 255))
        .col(text_null("translations"))
        .col(big_integer("image_id"))
        .col(big_integer("created_at"))
        .take()
}

fn favorite() -> TableCreateStatement {
    table("favorite")
        .col(big_pk_auto("id"))
        .col(big_integer("user_id"))
        .col(big_integer("product_id"))
        .col(big_integer("created_at"))
        .take()
}

/// Every movement of stock; the sum of a SKU's deltas is its `num`.
fn stock_journal() -> TableCreateStatement {
    table("stock_journal")
        .col(big_pk_auto("id"))
        .col(big_integer("sku_id"))
        .col(big_integer("delta"))
        .col(string_len("reason", 255))
        .col(string_len_null("reference", 64))
        .col(big_integer_null("actor_id"))
        .col(big_integer("created_at"))
        .take()
}
