//! A price that a buyer pays for a SKU, from an instant on; insert-only.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Money, SkuId, Timestamp};

/// A price that a buyer pays for a SKU, from an instant on; insert-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_history")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The SKU.
    pub sku_id: SkuId,
    /// The discounted price, where there was one, else the list price.
    pub price: Money,
    /// When it came into force.
    pub since: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
