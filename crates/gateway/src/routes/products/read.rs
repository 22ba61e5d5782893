//! Public routes of products.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::Deserialize;
use stampede_api::product::{ListQuery, ProductBody, ProductListBody, SuggestionsBody};
use stampede_catalog::ProductService;
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_kernel::ProductId;
use utoipa::ToSchema;

use crate::auth::SignedIn;
use crate::cache::{ResponseCache, Subject};
use crate::request_context::RequestContext;

/// Longest text to complete, in characters.
const LONGEST_PREFIX: usize = 100;

/// Query parameters of the product list, for the document only; [`ListQuery`] decodes them.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only described")]
pub(super) struct ListParams {
    /// Only products of this category and of its descendants.
    category_id: Option<i64>,
    /// Words to search for, in any of the shop's languages; at most 200 characters. There are
    /// no operators.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Lowest price that a buyer pays, in minor units, inclusive.
    min_price: Option<i64>,
    /// Highest price that a buyer pays, in minor units, inclusive.
    max_price: Option<i64>,
    /// True for products that can be bought now only.
    in_stock: Option<bool>,
    /// Order of the list: `new`, `price`, `-price`, `hot` or `relevance`; `relevance` when `q`
    /// is given, else `new`.
    sort: Option<String>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// Number of the page, from 1; times `page_size` at most 10,000. Excludes `cursor`.
    #[param(minimum = 1)]
    page_num: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
    /// Two-letter code of the language of the answer; takes precedence over `Accept-Language`.
    lang: Option<String>,
}

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

/// Request to search products.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchProducts {
    /// Words to search for, in any of the shop's languages; at most 200 characters.
    #[schema(max_length = 200)]
    info: String,
    /// Only products of this category and of its descendants.
    category_id: Option<i64>,
    /// Number of the page, from 1; times `page_size` at most 10,000.
    page_num: Option<i64>,
    /// Number of items on a page, 1–100; 15 when absent.
    page_size: Option<i64>,
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
    let Json(body) = body;
    let list = ListQuery::search(&body.info, body.category_id, body.page_num, body.page_size)?;
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

/// The text to complete.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Typed {
    /// Beginning of a search text, at most 100 characters.
    #[param(max_length = 100)]
    q: String,
}

impl Typed {
    fn prefix(self) -> Result<String, Problem> {
        let prefix = self.q.trim();
        if prefix.chars().count() > LONGEST_PREFIX {
            let detail = "`q` may have at most 100 characters";
            return Err(Problem::field("q", "too_long", detail));
        }
        Ok(prefix.to_owned())
    }
}

/// Suggests product names that complete a search text.
#[utoipa::path(tag = "catalogue", params(Typed), responses((status = 200, body = SuggestionsBody)))]
#[get("/products/suggest")]
pub(super) async fn suggest_products(
    context: RequestContext,
    typed: Params<Typed>,
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
