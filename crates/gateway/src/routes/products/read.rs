//! Public routes of products.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use stampede_api::product::{
    ListParams, ListQuery, ProductBody, ProductListBody, SearchProducts, SuggestQuery,
    SuggestionsBody,
};
use stampede_catalog::ProductService;
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_kernel::ProductId;

use crate::auth::SignedIn;
use crate::cache::{ResponseCache, Subject};
use crate::request_context::RequestContext;

/// Lists or searches the products on sale.
#[utoipa::path(tag = "catalogue", params(ListParams), responses((status = 200, body = ProductListBody)))]
#[get("/products")]
pub(super) async fn list_products(
    context: RequestContext,
    request: HttpRequest,
    cache: web::Data<ResponseCache>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let (list, _) = ListQuery::parse(request.query_string())?;
    answer(&context, list, &cache, &products).await
}

/// Searches the products on sale, as `GET /products?q=` does.
#[utoipa::path(tag = "catalogue", security(("bearer" = [])), request_body = SearchProducts,
    responses((status = 200, body = ProductListBody)))]
#[post("/products")]
pub(super) async fn search_products(
    _caller: SignedIn,
    context: RequestContext,
    body: Json<SearchProducts>,
    cache: web::Data<ResponseCache>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let list = body.0.into_list()?;
    let mut answer = answer(&context, list, &cache, &products).await?;
    let headers = answer.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    Ok(answer)
}

async fn answer(
    context: &RequestContext,
    list: ListQuery,
    pages: &ResponseCache,
    products: &web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let subject = Subject::Products(list.clone());
    let load = async |language| products.list(list.clone().into_query(language)).await;
    context.cached(pages, subject, load).await
}

/// Suggests product names that complete a search text.
#[utoipa::path(tag = "catalogue", params(SuggestQuery), responses((status = 200, body = SuggestionsBody)))]
#[get("/products/suggest")]
pub(super) async fn suggest_products(
    context: RequestContext,
    typed: Params<SuggestQuery>,
    cache: web::Data<ResponseCache>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let prefix = typed.0.prefix()?;
    let subject = Subject::Suggestions(prefix.clone());
    let load = async |language| products.suggest(&prefix, language).await;
    context.cached(&cache, subject, load).await
}

/// Returns a product with its pictures, and counts a view.
///
/// A product off sale is shown to admins only; others get 404.
#[utoipa::path(tag = "catalogue", params(("id" = i64, Path, description = "Id of the product.")), responses((status = 200, body = ProductBody)))]
#[get("/product/{id}")]
pub(super) async fn show_product(
    id: Id<ProductId>,
    context: RequestContext,
    cache: web::Data<ResponseCache>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let Id(id) = id;
    let load = async |_| products.product(id, context.viewer()).await;
    let answer = context.cached(&cache, Subject::Product(id), load).await?;
    if context.wants_body() {
        products.count_view(id);
    }
    Ok(answer)
}
