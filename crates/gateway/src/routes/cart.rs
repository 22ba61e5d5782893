//! The caller's cart.

use actix_web::{HttpRequest, HttpResponse, delete, get, put, web};
use serde::{Deserialize, Serialize};
use stampede_http::answer::tagged;
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_kernel::SkuId;
use stampede_order::{Cart, CartItem, CartService};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::image::ImageBody;
use crate::auth::SignedIn;
use crate::show::{Reader, SkuBody, Wording};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(show_cart)
        .service(put_in_cart)
        .service(clear_cart);
}

/// A cart, in the order things were put in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cart)]
struct CartBody {
    items: Vec<CartItemBody>,
    /// What its available lines cost, in minor units.
    total: i64,
    /// ISO 4217.
    currency: String,
}

/// A line of a cart, priced as of now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CartItem)]
struct CartItemBody {
    sku: SkuBody,
    product: CartProductBody,
    num: i64,
    /// On sale, and that many are left.
    available: bool,
}

/// The product of a line.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CartProduct)]
struct CartProductBody {
    id: i64,
    /// In the reader's language, as on its page.
    name: String,
    cover: Option<ImageBody>,
}

impl CartBody {
    fn new(cart: Cart, wording: &Wording<'_>) -> Self {
        let items = cart.items.into_iter();
        Self {
            items: items.map(|item| CartItemBody::new(item, wording)).collect(),
            total: cart.total.minor(),
            currency: wording.shop.currency.clone(),
        }
    }
}

impl CartItemBody {
    fn new(item: CartItem, wording: &Wording<'_>) -> Self {
        Self {
            sku: SkuBody::new(&item.sku, &wording.shop.currency),
            product: CartProductBody {
                id: item.product.0,
                name: wording.name(&item.name, &item.names),
                cover: item.cover.map(ImageBody::from),
            },
            num: item.num,
            available: item.available,
        }
    }
}

/// The cart at today's prices.
#[utoipa::path(tag = "cart", security(("bearer" = [])), responses(
    (status = 200, body = CartBody),
    (status = 304, description = "As in If-None-Match"),
))]
#[get("/cart")]
async fn show_cart(
    caller: SignedIn,
    request: HttpRequest,
    reader: Reader,
    carts: web::Data<dyn CartService>,
) -> Result<HttpResponse, Problem> {
    let cart = carts.cart(caller.user).await?;
    tagged(&request, &CartBody::new(cart, &reader.wording()))
}

/// How many.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PutInCart {
    /// 0 takes the line out.
    #[schema(minimum = 0, maximum = 99)]
    num: i64,
}

/// Sets how many of a SKU are in the cart.
#[utoipa::path(tag = "cart", security(("bearer" = [])), params(("sku_id" = i64, Path)), request_body = PutInCart, responses(
    (status = 200, body = CartBody),
    (status = 409, description = "cart_full"),
))]
#[put("/cart/{sku_id}")]
async fn put_in_cart(
    caller: SignedIn,
    Id(sku): Id<SkuId>,
    request: HttpRequest,
    reader: Reader,
    carts: web::Data<dyn CartService>,
    Json(body): Json<PutInCart>,
) -> Result<HttpResponse, Problem> {
    let cart = carts.put(caller.user, sku, body.num).await?;
    tagged(&request, &CartBody::new(cart, &reader.wording()))
}

/// Empties the cart.
#[utoipa::path(tag = "cart", security(("bearer" = [])), responses((status = 200, body = CartBody)))]
#[delete("/cart")]
async fn clear_cart(
    caller: SignedIn,
    request: HttpRequest,
    reader: Reader,
    carts: web::Data<dyn CartService>,
) -> Result<HttpResponse, Problem> {
    carts.clear(caller.user).await?;
    let cart = carts.cart(caller.user).await?;
    tagged(&request, &CartBody::new(cart, &reader.wording()))
}
