//! The admin route that adds a product.

use actix_web::{HttpRequest, HttpResponse, post, web};
use stampede_api::product::{ProductBody, ProductForm};
use stampede_catalog::ProductService;
use stampede_http::form::{Form, pictures};
use stampede_http::problem::Problem;
use stampede_http::recheck::recheck;
use stampede_media::MediaStore;

use crate::auth::Admin;
use crate::request_context::RequestContext;
use crate::routes::images;

/// Adds a product with its SKUs and pictures.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])),
    request_body(content = ProductForm, content_type = "multipart/form-data"),
    responses((status = 201, body = ProductBody)))]
#[post("/product")]
pub(super) async fn create_product(
    admin: Admin,
    request: HttpRequest,
    context: RequestContext,
    media: web::Data<MediaStore>,
    products: web::Data<dyn ProductService>,
    Form(mut form): Form<ProductForm>,
) -> Result<HttpResponse, Problem> {
    let files = pictures(std::mem::take(&mut form.file), images::MOST)?;
    let mut product = form.into_product()?;
    // Before anything is stored.
    products.check_new(&product).await?;
    product.images = images::store(&media, files).await?;
    recheck(&request)?;
    let detail = products.create(admin.user, product).await?;
    let path = format!("/product/{}", detail.product.id);
    Ok(context.created(&path, &detail))
}
