//! Admin routes of webhooks: HTTP callbacks for order events, and their deliveries.

use actix_web::{HttpResponse, delete, get, post, web};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::{List, created, no_content, ok_private};
use stampede_kernel::{DeliveryId, Timestamp, WebhookId};
use stampede_notify::{Delivery, DeliveryStatus, NewWebhook, Registered, Webhook, WebhookService};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(register)
        .service(all)
        .service(unregister)
        .service(enable)
        .service(deliveries)
        .service(replay);
}

/// Request to register a webhook.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewWebhookBody {
    /// URL that deliveries are sent to: http or https, without credentials, at most 2048
    /// characters.
    #[schema(max_length = 2048)]
    url: String,
    /// Events to subscribe to: `order.placed`, `order.paid`, `order.cancelled`,
    /// `order.shipped`, `order.completed`, `order.refunded`, or `*` for all.
    #[schema(min_items = 1)]
    events: Vec<String>,
}

/// A webhook: a URL that receives order events.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
struct WebhookBody {
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
struct DeliveryBody {
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

/// Registers a webhook for order events from now on.
///
/// Each delivery is a POST with the header `Stampede-Signature: t=…,v1=…`. `v1` is the
/// HMAC-SHA-256, keyed with `secret`, of `t`, a full stop and the body, in hexadecimal.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])), request_body = NewWebhookBody, responses(
    (status = 201, body = WebhookBody),
))]
#[post("/admin/webhooks")]
async fn register(
    admin: Admin,
    webhooks: web::Data<dyn WebhookService>,
    Json(body): Json<NewWebhookBody>,
) -> Result<HttpResponse, Problem> {
    let new = NewWebhook {
        url: body.url,
        events: body.events,
    };
    let registered = webhooks.register(admin.user, new).await?;
    let path = format!("/admin/webhooks/{}", registered.webhook.id);
    Ok(created(&path, &WebhookBody::from(registered)))
}

/// Lists the registered webhooks, newest first.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])), params(Paging), responses(
    (status = 200, body = List<WebhookBody>),
))]
#[get("/admin/webhooks")]
async fn all(
    _: Admin,
    Params(paging): Params<Paging>,
    webhooks: web::Data<dyn WebhookService>,
) -> Result<HttpResponse, Problem> {
    let (size, cursor) = paging.read()?;
    let page = webhooks.webhooks(size, cursor).await?;
    Ok(ok_private(&List::page(page, WebhookBody::from)))
}

/// Deletes a webhook; deliveries still pending are not sent.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the webhook.")), responses(
    (status = 204),
))]
#[delete("/admin/webhooks/{id}")]
async fn unregister(
    admin: Admin,
    Id(id): Id<WebhookId>,
    webhooks: web::Data<dyn WebhookService>,
) -> Result<HttpResponse, Problem> {
    webhooks.delete(admin.user, id).await?;
    Ok(no_content())
}

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EnableBody {}

/// Enables a webhook that was disabled after failed deliveries.
///
/// Events of the meantime are not delivered.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the webhook.")),
    request_body = EnableBody, responses((status = 200, body = WebhookBody)))]
#[post("/admin/webhooks/{id}/enable")]
async fn enable(
    admin: Admin,
    Id(id): Id<WebhookId>,
    webhooks: web::Data<dyn WebhookService>,
    OptionalJson(EnableBody {}): OptionalJson<EnableBody>,
) -> Result<HttpResponse, Problem> {
    let webhook = webhooks.enable(admin.user, id).await?;
    Ok(ok_private(&WebhookBody::from(webhook)))
}

/// Lists the deliveries of a webhook, newest first, also after it was deleted.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the webhook."), Paging), responses(
    (status = 200, body = List<DeliveryBody>),
))]
#[get("/admin/webhooks/{id}/deliveries")]
async fn deliveries(
    _: Admin,
    Id(id): Id<WebhookId>,
    Params(paging): Params<Paging>,
    webhooks: web::Data<dyn WebhookService>,
) -> Result<HttpResponse, Problem> {
    let (size, cursor) = paging.read()?;
    let page = webhooks.deliveries(id, size, cursor).await?;
    Ok(ok_private(&List::page(page, DeliveryBody::from)))
}

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplayBody {}

/// Sends a delivery again that was delivered or parked.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])),
    params(("id" = i64, Path, description = "Id of the webhook."), ("delivery_id" = i64, Path, description = "Id of the delivery.")),
    request_body = ReplayBody, responses((status = 200, body = DeliveryBody)))]
#[post("/admin/webhooks/{id}/deliveries/{delivery_id}/replay")]
async fn replay(
    admin: Admin,
    Id(id): Id<WebhookId>,
    Id(delivery): Id<DeliveryId, 1>,
    webhooks: web::Data<dyn WebhookService>,
    OptionalJson(ReplayBody {}): OptionalJson<ReplayBody>,
) -> Result<HttpResponse, Problem> {
    let delivery = webhooks.replay(admin.user, id, delivery).await?;
    Ok(ok_private(&DeliveryBody::from(delivery)))
}
