//! Flash sales: what they sell, how much of it is taken, by whom and with which ticket.

use sea_orm::DbErr;
use sea_orm::sea_query::{Expr, ExprTrait, Index, TableCreateStatement};

use crate::definition::{
    big_integer, big_integer_null, big_pk_auto, boolean, index, pk_uuid, string_len,
    string_len_null, table, unique, uuid_null,
};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0008_sale"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let tables = vec![sale(), sale_stock(), sale_buyer(), ticket()];
        let indexes = vec![
            index("sale", &["sku_id"]),
            index("sale_stock", &["closed_at"]),
            index("ticket", &["sale_id", "user_id"]),
            unique("ticket", &["order_id"]),
            index("order", &["seckill_id", "id"]),
        ];
        schema.create(tables, indexes).await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema.drop_index("order", "ix_order_seckill_id_id").await?;
        schema
            .drop(&["ticket", "sale_buyer", "sale_stock", "sale"])
            .await
    }
}

fn sale() -> TableCreateStatement {
    table("sale")
        .col(big_pk_auto("id"))
        .col(big_integer("sku_id"))
        .col(string_len("title", 128))
        .col(big_integer("price").check(Expr::col("price").gt(0)))
        .col(big_integer("per_user_limit").check(Expr::col("per_user_limit").gt(0)))
        .col(big_integer("starts_at"))
        .col(big_integer("ends_at"))
        .col(string_len("state", 16))
        .col(big_integer("config_version"))
        .col(boolean("rehearsal").default(false))
        .col(big_integer("created_at"))
        .take()
}

/// The hot row of a sale, alone in its table.
fn sale_stock() -> TableCreateStatement {
    table("sale_stock")
        .col(big_integer("sale_id").primary_key())
        .col(big_integer("total"))
        .col(big_integer("taken").check(Expr::col("taken").gte(0)))
        .col(big_integer("epoch"))
        .col(big_integer_null("closed_at"))
        .check(Expr::col("taken").lte(Expr::col("total")))
        .take()
}

fn sale_buyer() -> TableCreateStatement {
    table("sale_buyer")
        .col(big_integer("sale_id"))
        .col(big_integer("user_id"))
        .col(big_integer("units").check(Expr::col("units").gte(0)))
        .primary_key(Index::create().col("sale_id").col("user_id"))
        .take()
}

/// `address_id` 0 is the default address; `fingerprint` is eight bytes of a hash.
fn ticket() -> TableCreateStatement {
    table("ticket")
        .col(pk_uuid("id"))
        .col(big_integer("sale_id"))
        .col(big_integer("user_id"))
        .col(big_integer("units"))
        .col(big_integer("address_id"))
        .col(big_integer("config_version"))
        .col(big_integer("fingerprint"))
        .col(big_integer("epoch"))
        .col(string_len("state", 16))
        .col(string_len_null("reason", 32))
        .col(uuid_null("order_id"))
        .col(big_integer("created_at"))
        .take()
}
