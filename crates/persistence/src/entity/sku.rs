//! A stock-keeping unit.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Money, ProductId, SkuId, Timestamp};

/// A stock-keeping unit.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sku")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: SkuId,
    /// The product.
    pub product_id: ProductId,
    /// JSON object of names and values.
    #[sea_orm(column_type = "Text")]
    pub options: String,
    /// The list price.
    pub price: Money,
    /// What a buyer pays, when set.
    pub discount_price: Option<Money>,
    /// Units left; the sum of its journal, never below 0.
    pub num: i64,
    /// When it was added.
    pub created_at: Timestamp,
    /// Since when a buyer pays what a buyer pays; null where a release before the price
    /// history added it.
    pub price_since: Option<Timestamp>,
    /// The lowest price of the 30 days before the present one; null when there was none.
    pub lowest_30_days: Option<Money>,
    /// Its tax rate in basis points; null for the shop's.
    pub tax_rate_bp: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
