//! The use of a promotion by an order.

use sea_orm::entity::prelude::*;
use stampede_kernel::{OrderId, PromotionId, Timestamp, UserId};

/// The use of a promotion by an order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "redemption")]
pub struct Model {
    /// The order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// The promotion.
    #[sea_orm(primary_key, auto_increment = false)]
    pub promotion_id: PromotionId,
    /// The buyer.
    pub user_id: UserId,
    /// When the order was placed.
    pub created_at: Timestamp,
    /// When the order ended unpaid, which gave the use back.
    pub released_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
