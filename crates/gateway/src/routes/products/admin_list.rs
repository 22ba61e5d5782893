//! The admin list of all products.

use actix_web::{HttpResponse, get, web};
use stampede_api::product::{AdminProductsQuery, ProductBody};
use stampede_catalog::ProductService;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_http::response::List;

use crate::auth::Admin;
use crate::request_context::RequestContext;

/// Lists all products, also those off sale, newest first.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(AdminProductsQuery),
    responses((status = 200, body = List<ProductBody>)))]
#[get("/admin/products")]
pub(super) async fn list_all_products(
    _: Admin,
    Params(query): Params<AdminProductsQuery>,
    context: RequestContext,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let page = products.all(query.into_query()?).await?;
    let localizer = context.localizer();
    let list = List::page(page, |product| ProductBody::new(&product, &localizer));
    Ok(context.private_json(&list))
}
