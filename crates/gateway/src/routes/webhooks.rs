//! Who else hears of orders.

use actix_web::{HttpResponse, delete, get, post, web};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use stampede_http::answer::{List, created, done, personal};
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
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

/// Who wants to hear of what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewWebhookBody {
    /// http or https, without a user name.
    #[schema(max_length = 2048)]
    url: String,
    /// `order.placed`, `order.paid`, `order.cancelled`, `order.shipped`,
    /// `order.completed`, `order.refunded`, or `*` for all.
    #[schema(min_items = 1)]
    events: Vec<String>,
}

/// Who hears of what.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
struct WebhookBody {
    id: i64,
    url: String,
    events: Vec<String>,
    created_at: String,
    /// Since when no delivery has got through; null while they do.
    failing_since: Option<String>,
    /// When the shop switched it off because its receiver had failed for three days.
    disabled_at: Option<String>,
    /// The key of its signatures; only when it is registered.
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

/// How a delivery stands.
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

/// One event for one webhook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Delivery)]
struct DeliveryBody {
    id: i64,
    event: String,
    status: StatusName,
    attempts: i32,
    /// What the last attempt was answered with; null without an answer.
    answer_status: Option<i32>,
    /// Why the last attempt failed.
    last_error: Option<String>,
    created_at: String,
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

/// Registers a URL that hears of orders from now on. Each delivery is a POST with
/// `Stampede-Signature: t=…,v1=…`: the HMAC-SHA-256, keyed with `secret`, of
/// `t`, a full stop and the body, in hexadecimal.
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

/// Those registered, newest first.
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
    Ok(personal(&List::page(page, WebhookBody::from)))
}

/// Tells it nothing any more, also not what is on its way.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])), params(("id" = i64, Path)), responses(
    (status = 204),
))]
#[delete("/admin/webhooks/{id}")]
async fn unregister(
    admin: Admin,
    Id(id): Id<WebhookId>,
    webhooks: web::Data<dyn WebhookService>,
) -> Result<HttpResponse, Problem> {
    webhooks.delete(admin.user, id).await?;
    Ok(done())
}

/// Nothing.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EnableBody {}

/// Switches it on again after the shop had switched it off. What happened meanwhile
/// is not told.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])), params(("id" = i64, Path)),
    request_body = EnableBody, responses((status = 200, body = WebhookBody)))]
#[post("/admin/webhooks/{id}/enable")]
async fn enable(
    admin: Admin,
    Id(id): Id<WebhookId>,
    webhooks: web::Data<dyn WebhookService>,
    OptionalJson(EnableBody {}): OptionalJson<EnableBody>,
) -> Result<HttpResponse, Problem> {
    let webhook = webhooks.enable(admin.user, id).await?;
    Ok(personal(&WebhookBody::from(webhook)))
}

/// What it was told, newest first; also after it was deleted.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])), params(("id" = i64, Path), Paging), responses(
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
    Ok(personal(&List::page(page, DeliveryBody::from)))
}

/// Nothing.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplayBody {}

/// Delivers again what was delivered or parked.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])),
    params(("id" = i64, Path), ("delivery_id" = i64, Path)),
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
    Ok(personal(&DeliveryBody::from(delivery)))
}
