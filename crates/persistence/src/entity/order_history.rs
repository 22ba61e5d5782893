//! One change of an order's status; insert-only.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use stampede_kernel::{OrderId, Timestamp, UserId};

use super::order::OrderStatus;

/// Who changed an order.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The one who placed it.
    Buyer,
    /// An admin.
    Admin,
    /// The shop itself, when time ran out or a sale booked it.
    System,
}

/// One change of an order's status; insert-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_history")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Of which order.
    pub order_id: OrderId,
    /// Before; null when it was placed.
    pub from_status: Option<OrderStatus>,
    /// After.
    pub to_status: OrderStatus,
    /// Who did it.
    pub actor: Actor,
    /// Which user, when it was one.
    pub actor_id: Option<UserId>,
    /// In their words.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
