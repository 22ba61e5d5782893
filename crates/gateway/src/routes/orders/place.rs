//! The route that places an order.

use actix_web::{HttpResponse, post, web};
use stampede_api::ShopLocale;
use stampede_api::order::{OrderBody, PlaceBody};
use stampede_http::client::IdempotencyKey;
use stampede_http::json::Json;
use stampede_http::problem::Problem;
use stampede_http::response::{created, replayable};
use stampede_order::OrderService;
use stampede_persistence::idempotency::Idempotency;

use crate::auth::SignedIn;
use crate::language::BuyerLang;

/// Places an order.
///
/// The order is unpaid, and its units are reserved until `pay_by`. An `Idempotency-Key` places
/// one order: a repeated request gets the first answer again.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(("Idempotency-Key" = String, Header,
        description = "A key of the client's choice, 1–255 visible ASCII characters. A repeated request with it gets the first answer again.")),
    request_body = PlaceBody, responses(
        (status = 201, body = OrderBody),
        (status = 404, description = "not_found: the address"),
        (status = 422, description = "delivery_method_required, delivery_not_offered"),
        (status = 409, description = "not_on_sale and stock_insufficient, with the lines in `errors`; promotion_rejected, with the codes in `codes`; price_changed, cart_empty, too_many_open_orders, idempotency_in_flight"),
    ))]
#[post("/order")]
pub(super) async fn place(
    caller: SignedIn,
    key: IdempotencyKey,
    BuyerLang(language): BuyerLang,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
    Json(body): Json<PlaceBody>,
) -> Result<HttpResponse, Problem> {
    let key = key.required()?;
    let order = body.into_order(caller.user, language)?;
    let key = Idempotency::of(caller.user, "POST /order".to_owned(), key, &order);
    let placed = orders.place(order, key).await?;
    let path = format!("/order/{}", placed.value.id);
    let body = OrderBody::new(placed.value, &shop);
    Ok(replayable(created(&path, &body), placed.replayed))
}
