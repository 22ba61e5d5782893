//! The one payment of an order.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Money, OrderId, Timestamp, TransferId, UserId};

/// The one payment of an order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment")]
pub struct Model {
    /// The order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    /// The transfer that paid it.
    pub transfer_id: TransferId,
    /// The payer.
    pub user_id: UserId,
    /// The amount.
    pub amount: Money,
    /// When it happened.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
