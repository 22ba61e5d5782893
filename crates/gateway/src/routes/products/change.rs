//! Admin routes that change a product or take it off sale.

use actix_web::{HttpResponse, delete, put, web};
use stampede_api::product::{ChangeProduct, ProductBody};
use stampede_catalog::ProductService;
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::response::no_content;
use stampede_kernel::ProductId;

use crate::auth::Admin;
use crate::request_context::RequestContext;

/// Changes a product and its SKUs.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the product.")),
    request_body = ChangeProduct, responses((status = 200, body = ProductBody),
        (status = 409, description = "in_sale: it cannot be taken off sale")))]
#[put("/product/{id}")]
pub(super) async fn change_product(
    admin: Admin,
    id: Id<ProductId>,
    context: RequestContext,
    body: Json<ChangeProduct>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let change = body.0.into_change()?;
    let detail = products.change(admin.user, id.0, change).await?;
    Ok(context.private(&detail))
}

/// Takes a product off sale; nothing is erased.
///
/// A product in a flash sale that is not over cannot be taken off sale.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the product.")),
    responses((status = 204, description = "The product is off sale"), (status = 409, description = "in_sale")))]
#[delete("/product/{id}")]
pub(super) async fn delete_product(
    admin: Admin,
    id: Id<ProductId>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    products.take_off_sale(admin.user, id.0).await?;
    Ok(no_content())
}
