//! The route that places an order.

use actix_web::{HttpResponse, post, web};
use serde::Deserialize;
use stampede_api::ShopLocale;
use stampede_api::order::OrderBody;
use stampede_http::client::IdempotencyKey;
use stampede_http::json::Json;
use stampede_http::problem::Problem;
use stampede_http::response::{created, replayable};
use stampede_kernel::{AddressId, Language, Money, ProductId, SkuId, UserId};
use stampede_order::{NewOrder, OrderItems, OrderService};
use stampede_persistence::idempotency::Idempotency;
use utoipa::ToSchema;

use crate::auth::SignedIn;
use crate::language::BuyerLang;

/// Request to place an order.
///
/// The goods are named in exactly one of three ways: `product_id` with `num`, `items`, or
/// `from_cart: true`. Prices come from the server.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceBody {
    /// Id of the delivery address, one of the caller's.
    address_id: i64,
    /// Id of a product, of which the first SKU is ordered; needs `num`.
    product_id: Option<i64>,
    /// Units of `product_id`, 1–99.
    #[schema(minimum = 1, maximum = 99)]
    num: Option<i64>,
    /// SKUs to order, 1–50, each at most once.
    items: Option<Vec<ItemBody>>,
    /// True orders the contents of the cart and empties it.
    from_cart: Option<bool>,
    /// Total that the buyer agreed to, in minor units. Any other total is refused with
    /// `price_changed`.
    expected_total: Option<i64>,
}

/// A SKU to order and its number of units.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OrderItem)]
struct ItemBody {
    /// Id of the SKU.
    sku_id: i64,
    /// Units of the SKU, 1–99.
    #[schema(minimum = 1, maximum = 99)]
    num: i64,
}

impl PlaceBody {
    fn into_order(self, buyer: UserId, language: Language) -> Result<NewOrder, Problem> {
        let expected_total = self.expected_total.map(Money::new).transpose();
        let out_of_range =
            |_| Problem::field("expected_total", "out_of_range", "must be at most 2^53 − 1");
        Ok(NewOrder {
            buyer,
            address: AddressId(self.address_id),
            expected_total: expected_total.map_err(out_of_range)?,
            items: self.wanted()?,
            language,
        })
    }

    /// The goods to order; 422 unless they are named in exactly one of the three ways.
    fn wanted(self) -> Result<OrderItems, Problem> {
        let from_cart = self.from_cart.filter(|from_cart| *from_cart);
        match (self.product_id, self.num, self.items, from_cart) {
            (Some(product), Some(num), None, None) => {
                let product = ProductId(product);
                Ok(OrderItems::Product { product, num })
            }
            (Some(_), None, None, None) => missing("num"),
            (None, Some(_), None, None) => missing("product_id"),
            (None, None, Some(items), None) => Ok(OrderItems::Items(
                (items.into_iter())
                    .map(|item| (SkuId(item.sku_id), item.num))
                    .collect(),
            )),
            (None, None, None, Some(_)) => Ok(OrderItems::Cart),
            (None, None, None, None) => missing("items"),
            _ => {
                let detail = "give one of product_id with num, items, from_cart";
                Err(Problem::field("items", "one_of", detail))
            }
        }
    }
}

fn missing(field: &'static str) -> Result<OrderItems, Problem> {
    let detail = format!("`{field}` is missing");
    Err(Problem::field(field, "missing_field", detail))
}

/// Places an order.
///
/// The order is unpaid, and its units are reserved until `pay_by`. An `Idempotency-Key` places
/// one order: a repeated request gets the first answer again.
#[utoipa::path(tag = "orders", security(("bearer" = [])), params(("Idempotency-Key" = String, Header,
        description = "A key of the client's choice, 1–255 visible ASCII characters. A repeated request with it gets the first answer again.")),
    request_body = PlaceBody, responses(
        (status = 201, body = OrderBody),
        (status = 404, description = "not_found: the address"),
        (status = 409, description = "not_on_sale and stock_insufficient, with the lines in `errors`; price_changed, cart_empty, too_many_open_orders, idempotency_in_flight"),
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
    let body = OrderBody::new(placed.value, &shop.currency);
    Ok(replayable(created(&path, &body), placed.replayed))
}
