//! Promotions: their terms, how often they are used, by whom and in which orders.

use sea_orm::DbErr;
use sea_orm::sea_query::{Expr, ExprTrait, Index, TableCreateStatement};

use crate::definition::{
    big_integer, big_integer_null, big_pk_auto, boolean, index, integer_null, string_len,
    string_len_null, table, text_null, unique, uuid,
};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0022_promotion"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let tables = vec![
            promotion(),
            promotion_stock(),
            promotion_buyer(),
            redemption(),
        ];
        let indexes = vec![
            unique("promotion", &["code_key"]),
            index("redemption", &["promotion_id", "user_id"]),
        ];
        schema.create(tables, indexes).await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let tables = [
            "redemption",
            "promotion_buyer",
            "promotion_stock",
            "promotion",
        ];
        schema.drop(&tables).await
    }
}

/// `code_key` is the code after NFKC and case folding; without a code it applies by
/// itself. `value` is basis points or minor units, as `kind` says. The lists of ids are
/// JSON arrays; null is everything.
fn promotion() -> TableCreateStatement {
    table("promotion")
        .col(big_pk_auto("id"))
        .col(string_len("name", 128))
        .col(string_len_null("code", 32))
        .col(string_len_null("code_key", 128))
        .col(string_len("kind", 16))
        .col(big_integer("value"))
        .col(integer_null("buy_units"))
        .col(integer_null("get_units"))
        .col(big_integer("min_items"))
        .col(text_null("category_ids"))
        .col(text_null("product_ids"))
        .col(big_integer_null("starts_at"))
        .col(big_integer_null("ends_at"))
        .col(big_integer_null("per_user_limit"))
        .col(boolean("combinable"))
        .col(boolean("enabled"))
        .col(big_integer("created_at"))
        .take()
}

/// The hot row of a promotion, alone in its table. `version` counts the changes of its
/// terms: nothing is redeemed under older ones.
fn promotion_stock() -> TableCreateStatement {
    table("promotion_stock")
        .col(big_integer("promotion_id").primary_key())
        .col(big_integer("used").check(Expr::col("used").gte(0)))
        .col(big_integer_null("usage_limit"))
        .col(big_integer("version"))
        .check(Expr::col("used").lte(Expr::col("usage_limit")))
        .take()
}

fn promotion_buyer() -> TableCreateStatement {
    table("promotion_buyer")
        .col(big_integer("promotion_id"))
        .col(big_integer("user_id"))
        .col(big_integer("units").check(Expr::col("units").gte(0)))
        .primary_key(Index::create().col("promotion_id").col("user_id"))
        .take()
}

/// `released_at` is set when the order ended unpaid.
fn redemption() -> TableCreateStatement {
    table("redemption")
        .col(uuid("order_id"))
        .col(big_integer("promotion_id"))
        .col(big_integer("user_id"))
        .col(big_integer("created_at"))
        .col(big_integer_null("released_at"))
        .primary_key(Index::create().col("order_id").col("promotion_id"))
        .take()
}
