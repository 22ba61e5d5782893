//! The list of all products, for admins.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;
use stampede_catalog::{AdminProductQuery, ProductService};
use stampede_http::answer::List;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_kernel::CategoryId;

use crate::auth::Admin;
use crate::show::{ProductBody, Reader};

/// Which products.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AdminProductsQuery {
    /// Part of the name or the title in the shop's language, or an id.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Only those that are on sale, or only those that are not.
    on_sale: Option<bool>,
    /// With the categories below it.
    category_id: Option<i64>,
    /// How many items, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// `next_cursor` of the page before.
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

/// Lists all products, those off sale too, newest first.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(AdminProductsQuery),
    responses((status = 200, body = List<ProductBody>)))]
#[get("/admin/products")]
pub(super) async fn list_all_products(
    _: Admin,
    Params(query): Params<AdminProductsQuery>,
    reader: Reader,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let page = products.all(query.into_query()?).await?;
    let wording = reader.wording();
    let list = List::page(page, |product| ProductBody::new(&product, &wording));
    Ok(reader.private_json(&list))
}
