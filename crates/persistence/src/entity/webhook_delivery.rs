//! A delivery of one event to one webhook.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use stampede_kernel::{DeliveryId, Timestamp, WebhookId};

/// The status of a delivery.
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
    /// Waits for its next attempt.
    Pending,
    /// Answered with 2xx.
    Delivered,
    /// Given up; can be replayed.
    Parked,
}

/// A delivery of one event to one webhook.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: DeliveryId,
    /// The webhook.
    pub webhook_id: WebhookId,
    /// The id of the event; a webhook gets one delivery of it.
    pub event_id: String,
    /// `order.paid` …
    pub event: String,
    /// The JSON that is sent.
    #[sea_orm(column_type = "Text")]
    pub body: String,
    /// The status.
    pub status: DeliveryStatus,
    /// Number of attempts.
    pub attempts: i32,
    /// The HTTP status of the last attempt.
    pub answer_status: Option<i32>,
    /// The error of the last attempt.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    /// When the event happened.
    pub created_at: Timestamp,
    /// When it was delivered.
    pub delivered_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
