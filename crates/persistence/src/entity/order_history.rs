//! One change of an order's status; insert-only.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use stampede_kernel::{OrderId, Timestamp, UserId};

use super::order::OrderStatus;

/// The actor of a status change.
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
    /// The buyer.
    Buyer,
    /// An admin.
    Admin,
    /// The shop itself, on expiry or in a sale.
    System,
}

/// One change of an order's status; insert-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_history")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The order.
    pub order_id: OrderId,
    /// The previous status; null when the order was placed.
    pub from_status: Option<OrderStatus>,
    /// The new status.
    pub to_status: OrderStatus,
    /// The actor.
    pub actor: Actor,
    /// The user, if the actor was one.
    pub actor_id: Option<UserId>,
    /// The reason in the actor's words.
    pub reason: Option<String>,
    /// When it happened.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
