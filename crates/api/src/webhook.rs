//! Webhooks and their deliveries.

use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use stampede_kernel::Timestamp;
use stampede_notify::{Delivery, DeliveryStatus, NewWebhook, Registered, Webhook};
use utoipa::ToSchema;

/// Request to register a webhook.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhookBody {
    /// URL that deliveries are sent to: http or https, without credentials, at most 2048
    /// characters.
    #[schema(max_length = 2048)]
    url: String,
    /// Events to subscribe to: `order.placed`, `order.paid`, `order.cancelled`,
    /// `order.shipped`, `order.completed`, `order.refunded`, or `*` for all.
    #[schema(min_items = 1)]
    events: Vec<String>,
}

impl From<NewWebhookBody> for NewWebhook {
    fn from(body: NewWebhookBody) -> Self {
        Self {
            url: body.url,
            events: body.events,
        }
    }
}

/// A webhook: a URL that receives order events.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub struct WebhookBody {
    /// Id of the webhook.
    id: i64,
    /// URL that deliveries are sent to.
    url: String,
    /// Events that the webhook is subscribed to.
    events: Vec<String>,
    /// Time of registration: RFC 3339, UTC.
    created_at: String,
    /// Time since which every delivery has failed: RFC 3339, UTC; null while deliveries
    /// succeed.
    failing_since: Option<String>,
    /// Time at which the webhook was disabled after three days of failed deliveries: RFC 3339,
    /// UTC; null while it is enabled.
    disabled_at: Option<String>,
    /// Key of the signatures; only in the answer to its registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

impl From<Webhook> for WebhookBody {
    fn from(webhook: Webhook) -> Self {
        Self {
            id: webhook.id.0,
            url: webhook.url,
            events: webhook.events,
            created_at: webhook.created_at.to_rfc3339(),
            failing_since: webhook.failing_since.map(Timestamp::to_rfc3339),
            disabled_at: webhook.disabled_at.map(Timestamp::to_rfc3339),
            secret: None,
        }
    }
}

impl From<Registered> for WebhookBody {
    fn from(Registered { webhook, secret }: Registered) -> Self {
        Self {
            secret: Some(secret.expose_secret().to_owned()),
            ..Self::from(webhook)
        }
    }
}

/// Status of a delivery: `pending`, `delivered`, or `parked` after its last attempt failed.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DeliveryStatus)]
enum StatusName {
    Pending,
    Delivered,
    Parked,
}

impl From<DeliveryStatus> for StatusName {
    fn from(status: DeliveryStatus) -> Self {
        match status {
            DeliveryStatus::Pending => Self::Pending,
            DeliveryStatus::Delivered => Self::Delivered,
            DeliveryStatus::Parked => Self::Parked,
        }
    }
}

/// A delivery: one event sent to one webhook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Delivery)]
pub struct DeliveryBody {
    /// Id of the delivery.
    id: i64,
    /// Name of the event, such as `order.paid`.
    event: String,
    /// Status of the delivery.
    status: StatusName,
    /// Number of attempts made.
    attempts: i32,
    /// HTTP status of the receiver's last response; null when there was none.
    answer_status: Option<i32>,
    /// Error of the last attempt; null when there is none.
    last_error: Option<String>,
    /// Time of the event: RFC 3339, UTC.
    created_at: String,
    /// Time at which the receiver accepted the delivery: RFC 3339, UTC; null until then.
    delivered_at: Option<String>,
}

impl From<Delivery> for DeliveryBody {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.id.0,
            event: delivery.event,
            status: delivery.status.into(),
            attempts: delivery.attempts,
            answer_status: delivery.answer_status,
            last_error: delivery.last_error,
            created_at: delivery.created_at.to_rfc3339(),
            delivered_at: delivery.delivered_at.map(Timestamp::to_rfc3339),
        }
    }
}

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnableBody {}

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayBody {}
