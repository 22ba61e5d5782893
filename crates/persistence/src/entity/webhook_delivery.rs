//! One event for one address.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use stampede_kernel::{DeliveryId, Timestamp, WebhookId};

/// How a delivery went.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    /// To be tried, perhaps again.
    Pending,
    /// Answered with 2xx.
    Delivered,
    /// Given up; may be replayed.
    Parked,
}

/// One event for one address.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: DeliveryId,
    /// For which address.
    pub webhook_id: WebhookId,
    /// Names the event: one delivery of it for one address.
    pub event_id: String,
    /// `order.paid` …
    pub event: String,
    /// The JSON that is sent.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// How it went.
    pub status: DeliveryStatus,
    /// How often it was tried.
    pub attempts: i32,
    /// What the last attempt was answered with.
    pub answer_status: Option<i32>,
    /// Why the last attempt failed.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    /// When the event was.
    pub created_at: Timestamp,
    /// When it was taken.
    pub delivered_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
