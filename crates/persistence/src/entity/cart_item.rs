//! A line of a cart.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SkuId, Timestamp, UserId};

/// A line of a cart.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart_item")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// What.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sku_id: SkuId,
    /// How many, above 0.
    pub num: i64,
    /// When it was first put in.
    pub added_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
