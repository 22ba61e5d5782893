//! Routes of delivery methods: what is offered, and their administration.

use actix_web::{HttpResponse, delete, get, post, put, web};
use stampede_api::delivery::{
    ChangeDeliveryMethodBody, DeliveryMethodBody, DeliveryQuery, NewDeliveryMethodBody,
};
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_http::response::{List, created, no_content, ok_private};
use stampede_kernel::DeliveryMethodId;
use stampede_order::DeliveryService;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;
use crate::request_context::RequestContext;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(offered)
        .service(all)
        .service(create)
        .service(change)
        .service(remove);
}

/// Lists the delivery methods that the shop offers, for one country or for any.
///
/// Prices are those before `free_from`; a quote has the prices for its lines.
#[utoipa::path(tag = "orders", params(DeliveryQuery), responses((status = 200, body = List<DeliveryMethodBody>)))]
#[get("/delivery_methods")]
async fn offered(
    context: RequestContext,
    Params(query): Params<DeliveryQuery>,
    delivery: web::Data<dyn DeliveryService>,
) -> Result<HttpResponse, Problem> {
    let methods = delivery.offered(query.into_country()?).await?;
    context.uncached(&methods)
}

/// Lists all delivery methods, also those that are switched off.
#[utoipa::path(tag = "admin: delivery", security(("bearer" = [])), responses((status = 200, body = List<DeliveryMethodBody>)))]
#[get("/admin/delivery_methods")]
async fn all(_: Admin, delivery: web::Data<dyn DeliveryService>) -> Result<HttpResponse, Problem> {
    let methods = delivery.methods().await?;
    Ok(ok_private(&List::whole(methods, DeliveryMethodBody::from)))
}

/// Adds a delivery method.
///
/// From the first one on, an order needs a delivery: an address that no method serves is refused.
#[utoipa::path(tag = "admin: delivery", security(("bearer" = [])), request_body = NewDeliveryMethodBody, responses(
    (status = 201, body = DeliveryMethodBody),
    (status = 409, description = "too_many_delivery_methods"),
))]
#[post("/admin/delivery_methods")]
async fn create(
    admin: Admin,
    delivery: web::Data<dyn DeliveryService>,
    Json(body): Json<NewDeliveryMethodBody>,
) -> Result<HttpResponse, Problem> {
    let method = delivery.create(admin.user, body.into_terms()?).await?;
    let path = format!("/admin/delivery_methods/{}", method.id);
    Ok(created(&path, &DeliveryMethodBody::from(method)))
}

/// Changes a delivery method; orders keep what they were placed with.
#[utoipa::path(tag = "admin: delivery", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the delivery method.")),
    request_body = ChangeDeliveryMethodBody, responses((status = 200, body = DeliveryMethodBody)))]
#[put("/admin/delivery_methods/{id}")]
async fn change(
    admin: Admin,
    Id(id): Id<DeliveryMethodId>,
    delivery: web::Data<dyn DeliveryService>,
    Json(body): Json<ChangeDeliveryMethodBody>,
) -> Result<HttpResponse, Problem> {
    let change = body.into_change()?;
    let method = delivery.change(admin.user, id, change).await?;
    Ok(ok_private(&DeliveryMethodBody::from(method)))
}

/// Deletes a delivery method; orders keep what they were placed with.
#[utoipa::path(tag = "admin: delivery", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the delivery method.")), responses(
    (status = 204),
))]
#[delete("/admin/delivery_methods/{id}")]
async fn remove(
    admin: Admin,
    Id(id): Id<DeliveryMethodId>,
    delivery: web::Data<dyn DeliveryService>,
) -> Result<HttpResponse, Problem> {
    delivery.delete(admin.user, id).await?;
    Ok(no_content())
}
