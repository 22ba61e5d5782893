//! Routes of a product's pictures.

use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use stampede_api::image::{Arrangement, ImageBody, PicturesForm};
use stampede_catalog::{ProductService, Viewer};
use stampede_http::form::{Form, pictures};
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::recheck::recheck;
use stampede_http::response::{List, no_content};
use stampede_kernel::{ImageId, ProductId};
use stampede_media::MediaStore;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;
use crate::cache::{ResponseCache, Subject};
use crate::request_context::RequestContext;

/// Most pictures in one request, and of one product (api.md §1.12).
pub(super) const MOST: usize = 10;
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_images)
        .service(add_images)
        .service(order_images)
        .service(remove_image);
}

/// Stores pictures one after the other, so that one request occupies one decoder.
pub(super) async fn store(
    media: &MediaStore,
    files: Vec<Vec<u8>>,
) -> Result<Vec<ImageId>, Problem> {
    let mut images = Vec::with_capacity(files.len());
    for file in files {
        images.push(media.add(file).await?.id);
    }
    Ok(images)
}

/// Lists the pictures of a product, cover first.
#[utoipa::path(tag = "catalogue", params(("id" = i64, Path, description = "Id of the product.")),
    responses((status = 200, body = List<ImageBody>)))]
#[get("/imgs/{id}")]
async fn list_images(
    product: Id<ProductId>,
    context: RequestContext,
    cache: web::Data<ResponseCache>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let Id(product) = product;
    let load = async |_| {
        let detail = products.product(product, context.viewer()).await?;
        Ok::<_, Problem>(detail.images)
    };
    context
        .cached(&cache, Subject::Pictures(product), load)
        .await
}

/// Adds pictures after the present ones of a product.
///
/// A product has at most ten pictures.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the product.")),
    request_body(content = PicturesForm, content_type = "multipart/form-data"),
    responses((status = 201, body = List<ImageBody>)))]
#[post("/product/{id}/images")]
async fn add_images(
    admin: Admin,
    request: HttpRequest,
    product: Id<ProductId>,
    context: RequestContext,
    media: web::Data<MediaStore>,
    products: web::Data<dyn ProductService>,
    Form(form): Form<PicturesForm>,
) -> Result<HttpResponse, Problem> {
    let Id(product) = product;
    // Before anything is stored.
    products.product(product, Viewer::Admin).await?;
    let files = some(pictures(form.file, MOST)?)?;
    let images = store(&media, files).await?;
    recheck(&request)?;
    let images = products.add_images(admin.user, product, images).await?;
    Ok(context.created(&format!("/imgs/{product}"), &images))
}

/// Removes a picture from a product.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])),
    params(("id" = i64, Path, description = "Id of the product."), ("image_id" = i64, Path, description = "Id of the picture.")), responses((status = 204, description = "The picture was removed")))]
#[delete("/product/{id}/images/{image_id}")]
async fn remove_image(
    admin: Admin,
    product: Id<ProductId>,
    image: Id<ImageId, 1>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    products
        .remove_image(admin.user, product.0, image.0)
        .await?;
    Ok(no_content())
}

/// Reorders the pictures of a product.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the product.")),
    request_body = Arrangement, responses((status = 200, body = List<ImageBody>)))]
#[put("/product/{id}/images")]
async fn order_images(
    admin: Admin,
    product: Id<ProductId>,
    context: RequestContext,
    body: Json<Arrangement>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let images = products
        .order_images(admin.user, product.0, body.0.into_order())
        .await?;
    Ok(context.private(&images))
}

/// Refuses an empty list of files.
pub(super) fn some(files: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, Problem> {
    if files.is_empty() {
        return Err(Problem::field("file", "missing_field", "`file` is missing"));
    }
    Ok(files)
}
