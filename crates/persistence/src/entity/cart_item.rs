//! A line of a cart.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SkuId, Timestamp, UserId};

/// A line of a cart.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart_item")]
pub struct Model {
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The SKU.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sku_id: SkuId,
    /// Quantity, above 0.
    pub num: i64,
    /// When it was added to the cart.
    pub added_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
