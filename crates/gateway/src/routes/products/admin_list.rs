//! The admin list of all products.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;
use stampede_api::product::ProductBody;
use stampede_catalog::{AdminProductQuery, ProductService};
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::List;
use stampede_kernel::CategoryId;

use crate::auth::Admin;
use crate::request_context::RequestContext;

/// Filter of the admin list of products.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AdminProductsQuery {
    /// Part of the name or the title in the shop's language, or a product id.
    #[param(max_length = 200)]
    q: Option<String>,
    /// True for products on sale only, false for the others only; absent for both.
    on_sale: Option<bool>,
    /// Only products of this category and of its descendants.
    category_id: Option<i64>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
}

impl AdminProductsQuery {
    fn into_query(self) -> Result<AdminProductQuery, Problem> {
        let paging = Paging {
            page_size: self.page_size,
            cursor: self.cursor,
        };
        let (size, cursor) = paging.read()?;
        Ok(AdminProductQuery {
            q: self.q,
            on_sale: self.on_sale,
            category: self.category_id.map(CategoryId),
            size,
            cursor,
        })
    }
}

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
