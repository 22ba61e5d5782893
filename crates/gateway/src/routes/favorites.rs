//! Routes of the caller's favourite products.

use actix_web::{HttpResponse, delete, get, post, web};
use stampede_api::favorite::{FavoriteBody, ProductInBody, ProductInQuery};
use stampede_catalog::FavoriteService;
use stampede_http::json::OptionalJson;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::{List, no_content};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::SignedIn;
use crate::request_context::RequestContext;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_favorites)
        .service(add_favorite)
        .service(remove_favorite);
}

/// Lists the caller's favourites, newest first.
#[utoipa::path(tag = "catalogue", security(("bearer" = [])), params(Paging),
    responses((status = 200, body = List<FavoriteBody>)))]
#[get("/collection")]
async fn list_favorites(
    caller: SignedIn,
    context: RequestContext,
    paging: Params<Paging>,
    favorites: web::Data<dyn FavoriteService>,
) -> Result<HttpResponse, Problem> {
    let (size, cursor) = paging.0.read()?;
    let page = favorites.favorites(caller.user, size, cursor).await?;
    let localizer = context.localizer();
    let body = List::page(page, |favorite| FavoriteBody::new(&favorite, &localizer));
    Ok(context.private_json(&body))
}

/// Adds a product to the caller's favourites.
///
/// 200 when it was one already. A user has at most 1,000 favourites.
#[utoipa::path(tag = "catalogue", security(("bearer" = [])), params(ProductInQuery),
    request_body = Option<ProductInBody>,
    responses((status = 201, body = FavoriteBody), (status = 200, body = FavoriteBody),
        (status = 404, description = "not_found")))]
#[post("/collection")]
async fn add_favorite(
    caller: SignedIn,
    context: RequestContext,
    query: Params<ProductInQuery>,
    body: OptionalJson<ProductInBody>,
    favorites: web::Data<dyn FavoriteService>,
) -> Result<HttpResponse, Problem> {
    let product = body.0.or(query.0)?;
    let (favorite, new) = favorites.add(caller.user, product).await?;
    let body = FavoriteBody::new(&favorite, &context.localizer());
    Ok(if new {
        context.created_json("/collection", &body)
    } else {
        context.private_json(&body)
    })
}

/// Removes a product from the caller's favourites.
#[utoipa::path(tag = "catalogue", security(("bearer" = [])), params(ProductInQuery),
    request_body = Option<ProductInBody>,
    responses((status = 204, description = "The favourite was removed"), (status = 404, description = "not_found")))]
#[delete("/collection")]
async fn remove_favorite(
    caller: SignedIn,
    query: Params<ProductInQuery>,
    body: OptionalJson<ProductInBody>,
    favorites: web::Data<dyn FavoriteService>,
) -> Result<HttpResponse, Problem> {
    let product = body.0.or(query.0)?;
    favorites.remove(caller.user, product).await?;
    Ok(no_content())
}
