//! A transfer in the ledger; its entries sum to 0.

use sea_orm::entity::prelude::*;
use stampede_kernel::{OrderId, Timestamp, TransferId, UserId};

/// A transfer in the ledger; its entries sum to 0.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transfer")]
pub struct Model {
    /// Made before the insert.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TransferId,
    /// `opening`, `top_up`, `payment`, `refund` …
    pub kind: String,
    /// The order it pays or refunds.
    pub order_id: Option<OrderId>,
    /// An admin's reason.
    pub reason: Option<String>,
    /// The admin who made the transfer.
    pub actor_id: Option<UserId>,
    /// When it happened.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
