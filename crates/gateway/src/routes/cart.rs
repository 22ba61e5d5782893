//! Routes of the caller's cart.

use actix_web::{HttpRequest, HttpResponse, delete, get, put, web};
use stampede_api::cart::{CartBody, PutInCart};
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::response::ok_with_etag;
use stampede_kernel::SkuId;
use stampede_order::CartService;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::SignedIn;
use crate::request_context::RequestContext;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(show_cart)
        .service(put_in_cart)
        .service(clear_cart);
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
