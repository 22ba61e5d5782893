//! What a buyer paid for a SKU, and since when; and the journal of a SKU in its order.

use sea_orm::DbErr;
use sea_orm::sea_query::{Expr, ExprTrait, TableCreateStatement};

use crate::definition::{big_integer, big_integer_null, big_pk_auto, index, index_name, table};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

/// A product's last change, of whatever: its price has been in force since then at least.
/// Nothing is known from before.
const SINCE: &str = "(SELECT CASE WHEN p.updated_at > sku.created_at THEN p.updated_at \
     ELSE sku.created_at END FROM product p WHERE p.id = sku.product_id)";

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0019_price_history"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let indexes = vec![index("price_history", &["sku_id", "since"])];
        schema.create(vec![price_history()], indexes).await?;
        // The release before writes neither: they are null where it added a SKU.
        let columns = ["price_since", "lowest_30_days"].map(big_integer_null);
        schema.add_columns("sku", columns).await?;
        schema
            .execute(&format!("UPDATE sku SET price_since = {SINCE}"))
            .await?;
        schema
            .execute(
                "INSERT INTO price_history (sku_id, price, since) \
                 SELECT id, COALESCE(discount_price, price), price_since FROM sku \
                 WHERE price_since IS NOT NULL ORDER BY id",
            )
            .await?;
        schema.insert_only("price_history").await?;
        // Admins read a journal newest first. On two of the three databases an index ends
        // with the id by itself.
        schema
            .create_index(index("stock_journal", &["sku_id", "id"]))
            .await?;
        let without_id = index_name("stock_journal", &["sku_id"]);
        schema.drop_index("stock_journal", &without_id).await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema
            .create_index(index("stock_journal", &["sku_id"]))
            .await?;
        let with_id = index_name("stock_journal", &["sku_id", "id"]);
        schema.drop_index("stock_journal", &with_id).await?;
        schema.drop(&["price_history"]).await?;
        schema
            .drop_columns("sku", &["lowest_30_days", "price_since"])
            .await
    }
}

fn price_history() -> TableCreateStatement {
    table("price_history")
        .col(big_pk_auto("id"))
        .col(big_integer("sku_id"))
        .col(big_integer("price").check(Expr::col("price").gt(0)))
        .col(big_integer("since"))
        .take()
}
