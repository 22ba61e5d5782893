//! A webhook endpoint that receives order events.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Timestamp, WebhookId};

/// A webhook endpoint that receives order events.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: WebhookId,
    /// The URL.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// JSON array of event names.
    #[sea_orm(column_type = "Text")]
    pub events: String,
    /// Signs the deliveries.
    pub secret: String,
    /// When it was registered.
    pub created_at: Timestamp,
    /// The time of the first failed attempt since the last success.
    pub failing_since: Option<Timestamp>,
    /// When it was disabled because its receiver failed for days.
    pub disabled_at: Option<Timestamp>,
    /// When it was deleted; its deliveries stay readable.
    pub deleted_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
