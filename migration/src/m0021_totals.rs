//! What an order's total is made of, and the tax rates of SKUs.
//!
//! Orders from before have no discount and no delivery, and no tax is read out of them:
//! their prices were shown without one, and a rate that is configured later must not
//! change what a document of the past says. That is what the defaults are, and what the
//! release before writes beside this one.

use sea_orm::DbErr;

use crate::definition::{big_integer, integer, integer_null, text_null};
use crate::schema::{Migration, Schema};

pub(crate) struct Step;

const AMOUNTS: [&str; 3] = ["discount", "shipping", "tax"];

#[async_trait::async_trait]
impl Migration for Step {
    fn name(&self) -> &'static str {
        "m0021_totals"
    }

    async fn up(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        let amounts = AMOUNTS.map(|name| big_integer(name).default(0).take());
        schema.add_columns("order", amounts).await?;
        let promotions = [text_null("promotions")];
        schema.add_columns("order", promotions).await?;
        let of_line = [
            big_integer("discount").default(0).take(),
            integer("tax_rate_bp").default(0).take(),
        ];
        schema.add_columns("order_line", of_line).await?;
        schema
            .add_columns("sku", [integer_null("tax_rate_bp")])
            .await
    }

    async fn down(&self, schema: &Schema<'_>) -> Result<(), DbErr> {
        schema.drop_columns("sku", &["tax_rate_bp"]).await?;
        schema
            .drop_columns("order_line", &["tax_rate_bp", "discount"])
            .await?;
        schema
            .drop_columns("order", &["promotions", "tax", "shipping", "discount"])
            .await
    }
}
