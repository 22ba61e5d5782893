//! Admin routes of webhooks: HTTP callbacks for order events, and their deliveries.

use actix_web::{HttpResponse, delete, get, post, web};
use stampede_api::webhook::{DeliveryBody, EnableBody, NewWebhookBody, ReplayBody, WebhookBody};
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::{List, created, no_content, ok_private};
use stampede_kernel::{DeliveryId, WebhookId};
use stampede_notify::WebhookService;
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
    let registered = webhooks.register(admin.user, body.into()).await?;
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

/// Enables a webhook that was disabled after failed deliveries.
///
/// Events of the meantime are not delivered.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the webhook.")),
    request_body = Option<EnableBody>, responses((status = 200, body = WebhookBody)))]
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

/// Sends a delivery again that was delivered or parked.
#[utoipa::path(tag = "admin: webhooks", security(("bearer" = [])),
    params(("id" = i64, Path, description = "Id of the webhook."), ("delivery_id" = i64, Path, description = "Id of the delivery.")),
    request_body = Option<ReplayBody>, responses((status = 200, body = DeliveryBody)))]
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
