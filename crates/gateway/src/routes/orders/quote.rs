//! The route of quotes.

use actix_web::{HttpResponse, post, web};
use stampede_api::ShopLocale;
use stampede_api::quote::{QuoteBody, QuoteRequest};
use stampede_http::json::Json;
use stampede_http::problem::Problem;
use stampede_http::response::ok_private;
use stampede_order::OrderService;

use crate::auth::SignedIn;
use crate::language::BuyerLang;

/// Computes what an order would cost now, with its promotions.
///
/// It writes nothing and reserves nothing. A code that cannot be used is in `rejected_codes`.
#[utoipa::path(tag = "orders", security(("bearer" = [])), request_body = QuoteRequest, responses(
    (status = 200, body = QuoteBody),
    (status = 404, description = "not_found: the address"),
    (status = 409, description = "cart_empty; not_on_sale for a SKU that does not exist, with the lines in `errors`"),
))]
#[post("/quote")]
pub(super) async fn quote(
    caller: SignedIn,
    BuyerLang(language): BuyerLang,
    shop: web::Data<ShopLocale>,
    orders: web::Data<dyn OrderService>,
    Json(body): Json<QuoteRequest>,
) -> Result<HttpResponse, Problem> {
    let quote = body.into_quote(caller.user, language)?;
    let quote = orders.quote(quote).await?;
    Ok(ok_private(&QuoteBody::new(quote, &shop.currency)))
}
