//! Carts, orders and their history; webhooks and their deliveries.

use sea_orm::DbErr;
use sea_orm::sea_query::{Expr, ExprTrait, Index, TableCreateStatement};

use crate::definition::{
    big_integer, big_integer_null, big_pk_auto, boolean, index, integer, integer_null, pk_uuid,
    string_len, string_len_null, table, text, text_null, uuid,
};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0006_order"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let tables = vec![
            cart_item(),
            order(),
            order_line(),
            order_history(),
            webhook(),
            webhook_delivery(),
        ];
        let indexes = vec![
            index("order", &["user_id", "id"]),
            index("order", &["user_id", "status", "id"]),
            index("order", &["status", "id"]),
            index("order", &["status", "pay_by"]),
            index("order_line", &["sku_id"]),
            index("order_history", &["order_id", "id"]),
            index("webhook_delivery", &["webhook_id", "id"]),
        ];
        schema.create(tables, indexes).await?;
        schema.insert_only("order_line").await?;
        schema.insert_only("order_history").await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let tables = [
            "webhook_delivery",
            "webhook",
            "order_history",
            "order_line",
            "order",
            "cart_item",
        ];
        schema.drop(&tables).await
    }
}

fn cart_item() -> TableCreateStatement {
    table("cart_item")
        .col(big_integer("user_id"))
        .col(big_integer("sku_id"))
        .col(big_integer("num").check(Expr::col("num").gt(0)))
        .col(big_integer("added_at"))
        .primary_key(Index::create().col("user_id").col("sku_id"))
        .take()
}

/// The address is a snapshot; `seckill_id` says that the units come from a sale.
fn order() -> TableCreateStatement {
    table("order")
        .col(pk_uuid("id"))
        .col(big_integer("user_id"))
        .col(string_len("status", 16))
        .col(big_integer("total").check(Expr::col("total").gt(0)))
        .col(string_len_null("address_name", 64))
        .col(string_len_null("address_phone", 20))
        .col(string_len_null("address_text", 255))
        .col(big_integer_null("seckill_id"))
        .col(string_len("language", 2))
        .col(string_len_null("tracking", 128))
        .col(string_len_null("cancel_reason", 16))
        .col(big_integer("created_at"))
        .col(big_integer_null("pay_by"))
        .col(big_integer_null("paid_at"))
        .col(big_integer_null("shipped_at"))
        .col(big_integer_null("completed_at"))
        .col(big_integer_null("cancelled_at"))
        .col(big_integer_null("refunded_at"))
        .col(boolean("restocked").default(false))
        .take()
}

/// What was bought, as it was called and cost then.
fn order_line() -> TableCreateStatement {
    table("order_line")
        .col(uuid("order_id"))
        .col(integer("place"))
        .col(big_integer("sku_id"))
        .col(big_integer("product_id"))
        .col(string_len("name", 128))
        .col(text("options"))
        .col(text_null("image"))
        .col(big_integer("unit_price"))
        .col(big_integer("num").check(Expr::col("num").gt(0)))
        .col(big_integer("total"))
        .primary_key(Index::create().col("order_id").col("place"))
        .take()
}

fn order_history() -> TableCreateStatement {
    table("order_history")
        .col(big_pk_auto("id"))
        .col(uuid("order_id"))
        .col(string_len_null("from_status", 16))
        .col(string_len("to_status", 16))
        .col(string_len("actor", 16))
        .col(big_integer_null("actor_id"))
        .col(string_len_null("reason", 255))
        .col(big_integer("at"))
        .take()
}

/// `events` is a JSON array of event names; `secret` signs the deliveries.
fn webhook() -> TableCreateStatement {
    table("webhook")
        .col(big_pk_auto("id"))
        .col(text("url"))
        .col(text("events"))
        .col(string_len("secret", 96))
        .col(big_integer("created_at"))
        .col(big_integer_null("deleted_at"))
        .take()
}

fn webhook_delivery() -> TableCreateStatement {
    table("webhook_delivery")
        .col(big_pk_auto("id"))
        .col(big_integer("webhook_id"))
        .col(string_len("event", 32))
        .col(text("body"))
        .col(string_len("status", 16))
        .col(integer("attempts").default(0))
        .col(integer_null("answer_status"))
        .col(text_null("last_error"))
        .col(big_integer("created_at"))
        .col(big_integer_null("delivered_at"))
        .take()
}
