//! An address that wants to hear of orders.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Timestamp, WebhookId};

/// An address that wants to hear of orders.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: WebhookId,
    /// Where.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// JSON array of event names.
    #[sea_orm(column_type = "Text")]
    pub events: String,
    /// Signs the deliveries.
    pub secret: String,
    /// Registered.
    pub created_at: Timestamp,
    /// Of the first failed attempt since the last one that succeeded.
    pub failing_since: Option<Timestamp>,
    /// Switched off because its receiver failed for days; it hears of nothing.
    pub disabled_at: Option<Timestamp>,
    /// Gone; its deliveries stay readable.
    pub deleted_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
