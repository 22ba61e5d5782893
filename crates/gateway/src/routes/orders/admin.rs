//! Admin routes of orders: listing, showing, shipping and refunding.

use actix_web::{HttpResponse, get, post, web};
use serde::Deserialize;
use stampede_api::ShopLocale;
use stampede_api::order::{OrderBody, StatusName};
use stampede_http::client::IdempotencyKey;
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::UuidId;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_http::response::{List, ok_private, replayable};
use stampede_kernel::{OrderId, SaleId, UserId};
use stampede_order::{OrderFilter, OrderIdPrefix, OrderService, Refund};
use stampede_persistence::idempotency::Idempotency;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::OrdersQuery;
use crate::auth::Admin;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(all)
        .service(show)
        .service(ship)
        .service(refund);
}

/// Filter of the list of all orders.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct AllOrdersQuery {
    /// Only orders of this status.
    status: Option<StatusName>,
    /// Only orders of this user.
    user_id: Option<i64>,
    /// Only orders whose units come from this flash sale.
    seckill_id: Option<i64>,
    /// Only orders whose id begins so; a whole id finds one order.
    q: Option<String>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
}

impl AllOrdersQuery {
    fn into_filter(self) -> Result<OrderFilter, Problem> {
        let query = OrdersQuery {
            status: self.status,
            page_size: self.page_size,
            cursor: self.cursor,
        };
        let prefix = self.q.as_deref().map(OrderIdPrefix::parse).transpose();
        let prefix = prefix.map_err(|fault| Problem::fields(vec![fault]))?;
        Ok(OrderFilter {
            buyer: self.user_id.map(UserId),
            sale: self.seckill_id.map(SaleId),
            id: prefix,
            ..query.into_filter()?
        })
    }
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
    let body = List::page(page, |order| OrderBody::new(order, &shop.currency));
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
    Ok(ok_private(&OrderBody::whole(order, &shop.currency)))
}

/// Request to mark an order as shipped.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShipBody {
    /// Tracking number of the carrier, at most 128 characters.
    #[schema(max_length = 128)]
    tracking: Option<String>,
}

/// Marks a paid order as shipped.
#[utoipa::path(tag = "admin: orders", security(("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the order.")), request_body = ShipBody, responses(
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
    Ok(ok_private(&OrderBody::new(order, &shop.currency)))
}

/// Request to refund an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefundBody {
    /// True returns the units of the order to the stock.
    restock: bool,
    /// Reason of the refund, for the order's history; at most 255 characters.
    #[schema(max_length = 255)]
    reason: Option<String>,
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
    let answer = ok_private(&OrderBody::new(refunded.value, &shop.currency));
    Ok(replayable(answer, refunded.replayed))
}
