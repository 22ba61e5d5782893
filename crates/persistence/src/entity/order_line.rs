//! What was bought, as it was called and cost then; insert-only.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Money, OrderId, ProductId, SkuId};

/// What was bought, as it was called and cost then; insert-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_line")]
pub struct Model {
    /// Of which order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// From 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// What.
    pub sku_id: SkuId,
    /// Of which product.
    pub product_id: ProductId,
    /// The product's name then.
    pub name: String,
    /// JSON object of the SKU's names and values then.
    #[sea_orm(column_type = "Text")]
    pub options: String,
    /// JSON of the cover then.
    #[sea_orm(column_type = "Text", nullable)]
    pub image: Option<String>,
    /// What one cost.
    pub unit_price: Money,
    /// How many, above 0.
    pub num: i64,
    /// `unit_price` × `num`.
    pub total: Money,
}

impl ActiveModelBehavior for ActiveModel {}
