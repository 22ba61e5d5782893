//! Routes of the carousel: the slides of the front page.

use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use stampede_api::carousel::{CarouselBody, ChangeSlide, SlideForm};
use stampede_catalog::{Carousel, CarouselService, NewCarousel, ProductService, Viewer};
use stampede_http::form::{Form, pictures};
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::recheck::recheck;
use stampede_http::response::{List, no_content};
use stampede_kernel::CarouselId;
use stampede_media::MediaStore;
use utoipa_actix_web::service_config::ServiceConfig;

use super::images;
use crate::auth::Admin;
use crate::cache::{ResponseCache, Subject};
use crate::request_context::RequestContext;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_carousels)
        .service(create_carousel)
        .service(change_carousel)
        .service(delete_carousel);
}

/// Lists the slides of the carousel.
#[utoipa::path(tag = "catalogue", responses((status = 200, body = List<CarouselBody>)))]
#[get("/carousels")]
async fn list_carousels(
    context: RequestContext,
    cache: web::Data<ResponseCache>,
    slides: web::Data<dyn CarouselService>,
    products: web::Data<dyn ProductService>,
) -> Result<HttpResponse, Problem> {
    let load = async |_| match context.viewer() {
        Viewer::Customer => slides_for_customers(&**slides, &**products).await,
        Viewer::Admin => Ok(slides.slides().await?),
    };
    context.cached(&cache, Subject::Carousels, load).await
}

/// The slides, none of which leads a customer to a 404.
pub(crate) async fn slides_for_customers(
    slides: &dyn CarouselService,
    products: &dyn ProductService,
) -> Result<Vec<Carousel>, Problem> {
    let mut slides = slides.slides().await?;
    drop_dead_ends(&mut slides, products).await?;
    Ok(slides)
}

/// Removes the product link of slides whose product is off sale: a customer would get 404.
async fn drop_dead_ends(
    slides: &mut [Carousel],
    products: &dyn ProductService,
) -> Result<(), Problem> {
    let wanted: Vec<_> = slides.iter().filter_map(|slide| slide.product_id).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let on_sale = products.on_sale(&wanted).await?;
    for slide in slides {
        slide.product_id = slide
            .product_id
            .filter(|id| on_sale.iter().any(|product| product.id == *id));
    }
    Ok(())
}

/// Adds a slide to the carousel.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])),
    request_body(content = SlideForm, content_type = "multipart/form-data"),
    responses((status = 201, body = CarouselBody)))]
#[post("/carousels")]
async fn create_carousel(
    admin: Admin,
    request: HttpRequest,
    context: RequestContext,
    media: web::Data<MediaStore>,
    slides: web::Data<dyn CarouselService>,
    Form(mut form): Form<SlideForm>,
) -> Result<HttpResponse, Problem> {
    let translations = form.take_translations()?;
    let product_id = form.product_id();
    let files = images::some(pictures(form.file, 1)?)?;
    let images = images::store(&media, files).await?;
    recheck(&request)?;
    let slide = NewCarousel {
        title: form.title.0,
        translations,
        product_id,
        image: images[0],
    };
    let slide = slides.create(admin.user, slide).await?;
    let body = CarouselBody::new(&slide, &context.localizer());
    Ok(context.created_json("/carousels", &body))
}

/// Changes a slide of the carousel.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the slide.")),
    request_body = ChangeSlide, responses((status = 200, body = CarouselBody)))]
#[put("/carousels/{id}")]
async fn change_carousel(
    admin: Admin,
    id: Id<CarouselId>,
    context: RequestContext,
    body: Json<ChangeSlide>,
    slides: web::Data<dyn CarouselService>,
) -> Result<HttpResponse, Problem> {
    let change = body.0.into_change()?;
    let slide = slides.change(admin.user, id.0, change).await?;
    let body = CarouselBody::new(&slide, &context.localizer());
    Ok(context.private_json(&body))
}

/// Deletes a slide of the carousel.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the slide.")),
    responses((status = 204, description = "The slide was deleted")))]
#[delete("/carousels/{id}")]
async fn delete_carousel(
    admin: Admin,
    id: Id<CarouselId>,
    slides: web::Data<dyn CarouselService>,
) -> Result<HttpResponse, Problem> {
    slides.delete(admin.user, id.0).await?;
    Ok(no_content())
}
