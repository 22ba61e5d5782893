//! What everybody may read.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::Deserialize;
use stampede_catalog::ProductService;
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_kernel::ProductId;
use utoipa::ToSchema;

use super::ListQuery;
use crate::auth::SignedIn;
use crate::cache::{Pages, Subject};
use crate::show::{ProductBody, ProductListBody, Reader, SuggestionsBody};

/// Characters of what was typed.
const LONGEST_PREFIX: usize = 100;

/// What a list may be asked for; decoded by [`ListQuery`].
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "only described")]
pub(super) struct ListParams {
    /// With its descendants.
    category_id: Option<i64>,
    /// Words to search for, in any of the languages; taken literally.
    #[param(max_length = 200)]
    q: Option<String>,
    /// In minor units, inclusive, by what a buyer pays.
    min_price: Option<i64>,
    /// In minor units, inclusive, by what a buyer pays.
    max_price: Option<i64>,
    /// Only what can be bought now.
    in_stock: Option<bool>,
    /// `new`, `price`, `-price`, `hot` or `relevance`; `relevance` when `q` is given, else `new`.
    sort: Option<String>,
    /// How many, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// The n-th page, from 1; times `page_size` at most 10,000. Excludes `cursor`.
    #[param(minimum = 1)]
    page_num: Option<u64>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// The language to answer in; beats `Accept-Language`.
    lang: Option<String>,
}

/// Lists what is on sale, or finds it.
#[utoipa::path(tag = "catalogue", params(ListParams), responses((status = 200, body = ProductListBody)))]
#[get("/products")]
pub(super) async fn list_products(
    reader: Reader,
    request: HttpRequest,
    pages: web::Data<Pages>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let (list, _) = ListQuery::parse(request.query_string())?;
    answer(&reader, list, &pages, &products).await
}

/// A search in a body.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchProducts {
    /// Words to search for.
    #[schema(max_length = 200)]
    info: String,
    /// With its descendants.
    category_id: Option<i64>,
    /// The n-th page, from 1.
    page_num: Option<i64>,
    /// How many, 1–100; 15 when absent.
    page_size: Option<i64>,
}

/// Finds products: the same as `GET /products?q=`.
#[utoipa::path(tag = "catalogue", security(("bearer" = [])), request_body = SearchProducts,
    responses((status = 200, body = ProductListBody)))]
#[post("/products")]
pub(super) async fn search_products(
    _caller: SignedIn,
    reader: Reader,
    body: Json<SearchProducts>,
    pages: web::Data<Pages>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let Json(body) = body;
    let list = ListQuery::search(&body.info, body.category_id, body.page_num, body.page_size)?;
    let mut answer = answer(&reader, list, &pages, &products).await?;
    let headers = answer.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    Ok(answer)
}

async fn answer(
    reader: &Reader,
    list: ListQuery,
    pages: &Pages,
    products: &web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let subject = Subject::Products(list.clone());
    let load = async |language| products.list(list.clone().into_query(language)).await;
    reader.page(pages, subject, load).await
}

/// What was typed so far.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Typed {
    /// At most 100 characters.
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

/// Completes what was typed.
#[utoipa::path(tag = "catalogue", params(Typed), responses((status = 200, body = SuggestionsBody)))]
#[get("/products/suggest")]
pub(super) async fn suggest_products(
    reader: Reader,
    typed: Params<Typed>,
    pages: web::Data<Pages>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let prefix = typed.0.prefix()?;
    let subject = Subject::Suggestions(prefix.clone());
    let load = async |language| products.suggest(&prefix, language).await;
    reader.page(&pages, subject, load).await
}

/// Shows a product with its pictures and counts a view. Off sale only admins see it.
#[utoipa::path(tag = "catalogue", params(("id" = i64, Path)), responses((status = 200, body = ProductBody)))]
#[get("/product/{id}")]
pub(super) async fn show_product(
    id: Id<ProductId>,
    reader: Reader,
    pages: web::Data<Pages>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let Id(id) = id;
    let load = async |_| products.product(id, reader.viewer()).await;
    let answer = reader.page(&pages, Subject::Product(id), load).await?;
    if reader.looks() {
        products.count_view(id);
    }
    Ok(answer)
}
