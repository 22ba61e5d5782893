//! An order line, with name and price at the time of the order; insert-only.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Money, OrderId, ProductId, SkuId};

/// An order line, with name and price at the time of the order; insert-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_line")]
pub struct Model {
    /// The order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// The position, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    /// The SKU.
    pub sku_id: SkuId,
    /// The product.
    pub product_id: ProductId,
    /// The product's name at that time.
    pub name: String,
    /// JSON object of the SKU's options at that time.
    #[sea_orm(column_type = "Text")]
    pub options: String,
    /// JSON of the cover at that time.
    #[sea_orm(column_type = "Text", nullable)]
    pub image: Option<String>,
    /// The unit price.
    pub unit_price: Money,
    /// Quantity, above 0.
    pub num: i64,
    /// `unit_price` × `num`.
    pub total: Money,
    /// What promotions take off the line.
    pub discount: Money,
    /// The tax rate at that time, in basis points.
    pub tax_rate_bp: i32,
}

impl ActiveModelBehavior for ActiveModel {}
