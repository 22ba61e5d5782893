//! Routes of the caller's cart.

use actix_web::{HttpRequest, HttpResponse, delete, get, put, web};
use serde::{Deserialize, Serialize};
use stampede_api::Localizer;
use stampede_api::product::{ProductSummary, SkuBody};
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::response::ok_with_etag;
use stampede_kernel::SkuId;
use stampede_order::{Cart, CartItem, CartService};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::SignedIn;
use crate::request_context::RequestContext;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(show_cart)
        .service(put_in_cart)
        .service(clear_cart);
}

/// The caller's cart.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cart)]
struct CartBody {
    /// Lines of the cart, at most 100, in the order in which they were added.
    items: Vec<CartItemBody>,
    /// Price of all available lines, in minor units.
    total: i64,
    /// ISO 4217 code of the currency.
    currency: String,
}

/// A line of the cart, at the present price.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CartItem)]
struct CartItemBody {
    /// The SKU, with its present price and stock.
    sku: SkuBody,
    /// The product of the SKU.
    product: ProductSummary,
    /// Units in the cart, 1–99.
    num: i64,
    /// True when the product is on sale and at least `num` units are left.
    available: bool,
}

impl CartBody {
    fn new(cart: Cart, localizer: &Localizer<'_>) -> Self {
        let items = cart.items.into_iter();
        Self {
            items: items
                .map(|item| CartItemBody::new(item, localizer))
                .collect(),
            total: cart.total.minor(),
            currency: localizer.shop.currency.clone(),
        }
    }
}

impl CartItemBody {
    fn new(item: CartItem, localizer: &Localizer<'_>) -> Self {
        Self {
            sku: SkuBody::new(&item.sku, &localizer.shop.currency),
            product: ProductSummary {
                id: item.product.0,
                name: localizer.name(&item.name, &item.names),
                cover: item.cover.map(Into::into),
            },
            num: item.num,
            available: item.available,
        }
    }
}

/// Returns the caller's cart at present prices.
#[utoipa::path(tag = "cart", security(("bearer" = [])), responses(
    (status = 200, body = CartBody),
    (status = 304, description = "The cart has not changed since the answer with the `ETag` in `If-None-Match`"),
))]
#[get("/cart")]
async fn show_cart(
    caller: SignedIn,
    request: HttpRequest,
    context: RequestContext,
    carts: web::Data<dyn CartService>,
) -> Result<HttpResponse, Problem> {
    let cart = carts.cart(caller.user).await?;
    ok_with_etag(&request, &CartBody::new(cart, &context.localizer()))
}

/// Request to set the number of units of a SKU in the cart.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PutInCart {
    /// Units of the SKU, 0–99; 0 removes the line.
    #[schema(minimum = 0, maximum = 99)]
    num: i64,
}

/// Sets the number of units of a SKU in the cart.
///
/// A cart has at most 100 lines. No stock is reserved.
#[utoipa::path(tag = "cart", security(("bearer" = [])), params(("sku_id" = i64, Path, description = "Id of the SKU.")), request_body = PutInCart, responses(
    (status = 200, body = CartBody),
    (status = 409, description = "cart_full"),
))]
#[put("/cart/{sku_id}")]
async fn put_in_cart(
    caller: SignedIn,
    Id(sku): Id<SkuId>,
    request: HttpRequest,
    context: RequestContext,
    carts: web::Data<dyn CartService>,
    Json(body): Json<PutInCart>,
) -> Result<HttpResponse, Problem> {
    let cart = carts.put(caller.user, sku, body.num).await?;
    ok_with_etag(&request, &CartBody::new(cart, &context.localizer()))
}

/// Removes all lines from the cart.
#[utoipa::path(tag = "cart", security(("bearer" = [])), responses((status = 200, body = CartBody)))]
#[delete("/cart")]
async fn clear_cart(
    caller: SignedIn,
    request: HttpRequest,
    context: RequestContext,
    carts: web::Data<dyn CartService>,
) -> Result<HttpResponse, Problem> {
    carts.clear(caller.user).await?;
    let cart = carts.cart(caller.user).await?;
    ok_with_etag(&request, &CartBody::new(cart, &context.localizer()))
}
