//! Delivery methods, the country and postcode of addresses, and what an order keeps of them.
//!
//! Rows from before have neither: their addresses are in the country of the shop, which
//! only the configuration knows, and their orders were delivered for nothing. The release
//! before writes such rows beside this one.

use sea_orm::DbErr;
use sea_orm::sea_query::TableCreateStatement;

use crate::definition::{
    big_integer, big_integer_null, big_pk_auto, boolean, string_len, string_len_null, table,
    text_null,
};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0023_delivery"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema.create(vec![delivery_method()], Vec::new()).await?;
        let of_address = [
            string_len_null("country", 2),
            string_len_null("postcode", 16),
        ];
        schema.add_columns("address", of_address).await?;
        let of_order = [
            string_len_null("address_country", 2),
            string_len_null("address_postcode", 16),
            big_integer_null("delivery_method_id"),
            string_len_null("delivery_name", 64),
            big_integer_null("delivery_price"),
        ];
        schema.add_columns("order", of_order).await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let of_order = [
            "delivery_price",
            "delivery_name",
            "delivery_method_id",
            "address_postcode",
            "address_country",
        ];
        schema.drop_columns("order", &of_order).await?;
        schema
            .drop_columns("address", &["postcode", "country"])
            .await?;
        schema.drop(&["delivery_method"]).await
    }
}

/// `countries` is a JSON array of codes; null is everywhere. Orders keep a copy and no
/// reference, so that a method can be deleted.
fn delivery_method() -> TableCreateStatement {
    table("delivery_method")
        .col(big_pk_auto("id"))
        .col(string_len("name", 64))
        .col(big_integer("price"))
        .col(big_integer_null("free_from"))
        .col(text_null("countries"))
        .col(boolean("enabled"))
        .col(big_integer("created_at"))
        .take()
}
