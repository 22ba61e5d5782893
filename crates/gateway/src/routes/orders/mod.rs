//! Routes of the caller's orders, from placing to receiving.

mod admin;
mod place;
mod quote;

use actix_web::{HttpResponse, delete, get, post, web};
use stampede_api::ShopLocale;
use stampede_api::order::{OrderBody, OrdersQuery, PayBody, ReceiptBody};
use stampede_http::client::IdempotencyKey;
use stampede_http::json::Json;
use stampede_http::path::UuidId;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_http::response::{List, ok_private, replayable};
use stampede_kernel::OrderId;
use stampede_order::{OrderFilter, OrderService, Payment};
use stampede_persistence::idempotency::Idempotency;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::SignedIn;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(quote::quote)
        .service(place::place)
        .service(list)
        .service(show)
        .service(cancel)
        .service(receive)
        .service(pay)
        .configure(admin::routes);
}

/// Lists the caller's orders, newest first.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(OrdersQuery), responses(
    (status = 200, body = List<OrderBody>),
))]
#[get("/orders")]
async fn list(
    caller: SignedIn,
    Params(query): Params<OrdersQuery>,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
) -> Result<HttpResponse, Problem> {
    let filter = OrderFilter {
        buyer: Some(caller.user),
        ..query.into_filter()?
    };
    let page = orders.orders(filter).await?;
    let body = List::page(page, |order| OrderBody::new(order, &shop));
    Ok(ok_private(&body))
}

/// Returns one of the caller's orders, with its history.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the order.")), responses(
    (status = 200, body = OrderBody),
))]
#[get("/order/{id}")]
async fn show(
    caller: SignedIn,
    UuidId(id): UuidId<OrderId>,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
) -> Result<HttpResponse, Problem> {
    let order = orders.order(caller.user, id).await?;
    Ok(ok_private(&OrderBody::whole(order, &shop)))
}

/// Cancels an unpaid order and returns its units to the stock.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the order.")), responses(
    (status = 200, body = OrderBody),
    (status = 409, description = "wrong_status"),
))]
#[delete("/order/{id}")]
async fn cancel(
    caller: SignedIn,
    UuidId(id): UuidId<OrderId>,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
) -> Result<HttpResponse, Problem> {
    let order = orders.cancel(caller.user, id).await?;
    Ok(ok_private(&OrderBody::new(order, &shop)))
}

/// Confirms the receipt of a shipped order, which completes it.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the order.")), responses(
    (status = 200, body = OrderBody),
    (status = 409, description = "wrong_status"),
))]
#[post("/order/{id}/receive")]
async fn receive(
    caller: SignedIn,
    UuidId(id): UuidId<OrderId>,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
) -> Result<HttpResponse, Problem> {
    let order = orders.receive(caller.user, id).await?;
    Ok(ok_private(&OrderBody::new(order, &shop)))
}

/// Pays an order from the caller's wallet.
///
/// An order is paid once, and an `Idempotency-Key` pays once.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(("Idempotency-Key" = String, Header,
        description = "A key of the client's choice, 1–255 visible ASCII characters. A repeated request with it gets the first answer again.")),
    request_body = PayBody, responses(
        (status = 200, body = ReceiptBody),
        (status = 402, description = "insufficient_balance"),
        (status = 403, description = "bad_pin"),
        (status = 404, description = "not_found"),
        (status = 409, description = "wrong_status, order_expired, idempotency_in_flight"),
    ))]
#[post("/paydown")]
async fn pay(
    caller: SignedIn,
    key: IdempotencyKey,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
    Json(body): Json<PayBody>,
) -> Result<HttpResponse, Problem> {
    let payment = Payment {
        buyer: caller.user,
        order: body.order_id.into(),
        pin: body.key,
    };
    let scope = "POST /paydown".to_owned();
    let key = Idempotency::of(caller.user, scope, key.required()?, &payment.order);
    let paid = orders.pay(payment, key).await?;
    let body = ReceiptBody::new(paid.value, &shop);
    Ok(replayable(ok_private(&body), paid.replayed))
}
