//! Admin routes of orders: listing, showing, shipping and refunding.

use actix_web::{HttpResponse, get, post, web};
use stampede_api::ShopLocale;
use stampede_api::order::{AllOrdersQuery, OrderBody, RefundBody, ShipBody};
use stampede_http::client::IdempotencyKey;
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::UuidId;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_http::response::{List, ok_private, replayable};
use stampede_kernel::OrderId;
use stampede_order::{OrderService, Refund};
use stampede_persistence::idempotency::Idempotency;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(all)
        .service(show)
        .service(ship)
        .service(refund);
}

/// Lists the orders of all users, newest first.
#[utoipa::path(tag = "admin: orders", security(("bearer" = [])), params(AllOrdersQuery), responses(
    (status = 200, body = List<OrderBody>),
))]
#[get("/admin/orders")]
async fn all(
    _: Admin,
    Params(query): Params<AllOrdersQuery>,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
) -> Result<HttpResponse, Problem> {
    let page = orders.orders(query.into_filter()?).await?;
    let body = List::page(page, |order| OrderBody::new(order, &shop));
    Ok(ok_private(&body))
}

/// Returns an order of any user, with its history.
#[utoipa::path(tag = "admin: orders", security(("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the order.")), responses(
    (status = 200, body = OrderBody),
))]
#[get("/admin/order/{id}")]
async fn show(
    _: Admin,
    UuidId(id): UuidId<OrderId>,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
) -> Result<HttpResponse, Problem> {
    let order = orders.order_of_anyone(id).await?;
    Ok(ok_private(&OrderBody::whole(order, &shop)))
}

/// Marks a paid order as shipped.
#[utoipa::path(tag = "admin: orders", security(("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the order.")), request_body = Option<ShipBody>, responses(
    (status = 200, body = OrderBody),
    (status = 409, description = "wrong_status"),
))]
#[post("/admin/order/{id}/ship")]
async fn ship(
    admin: Admin,
    UuidId(id): UuidId<OrderId>,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
    OptionalJson(body): OptionalJson<ShipBody>,
) -> Result<HttpResponse, Problem> {
    let order = orders.ship(admin.user, id, body.tracking).await?;
    Ok(ok_private(&OrderBody::new(order, &shop)))
}

/// Refunds a paid order to the buyer's wallet, at most once.
#[utoipa::path(tag = "admin: orders", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Id of the order."), ("Idempotency-Key" = Option<String>, Header,
        description = "A key of the client's choice, 1–255 visible ASCII characters. A repeated request with it gets the first answer again.")),
    request_body = RefundBody, responses(
        (status = 200, body = OrderBody),
        (status = 409, description = "wrong_status, idempotency_in_flight"),
    ))]
#[post("/admin/order/{id}/refund")]
async fn refund(
    admin: Admin,
    UuidId(order): UuidId<OrderId>,
    key: IdempotencyKey,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
    Json(body): Json<RefundBody>,
) -> Result<HttpResponse, Problem> {
    let refund = Refund {
        order,
        restock: body.restock,
        reason: body.reason,
    };
    let scope = format!("POST /admin/order/{order}/refund");
    let key = key
        .0
        .map(|key| Idempotency::of(admin.user, scope, key, &refund));
    let refunded = orders.refund(admin.user, refund, key).await?;
    let answer = ok_private(&OrderBody::new(refunded.value, &shop));
    Ok(replayable(answer, refunded.replayed))
}
