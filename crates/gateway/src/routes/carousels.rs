//! Routes of the carousel: the slides of the front page.

#![expect(
    clippy::option_option,
    reason = "absent, null and given are three things"
)]

use actix_multipart::form::MultipartForm;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use serde::Deserialize;
use stampede_api::carousel::CarouselBody;
use stampede_api::{TitleTranslations, texts};
use stampede_catalog::{
    Carousel, CarouselChange, CarouselService, NewCarousel, ProductService, Viewer,
};
use stampede_http::form::{Form, JsonPart, OptionalPart, Picture, TextPart, pictures};
use stampede_http::json::Json;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::recheck::recheck;
use stampede_http::response::{List, no_content};
use stampede_kernel::{CarouselId, ProductId};
use stampede_media::MediaStore;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::images;
use super::products::present;
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

/// Form to add a slide to the carousel.
#[derive(MultipartForm, ToSchema)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
struct SlideForm {
    /// Picture of the slide: JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels.
    #[schema(value_type = String, format = Binary)]
    file: Vec<Picture>,
    /// Title of the slide, 1–255 characters on one line.
    #[schema(value_type = String)]
    title: TextPart<String>,
    /// Id of the product that the slide links to; none when absent.
    #[schema(value_type = Option<i64>)]
    product_id: Option<OptionalPart<i64>>,
    /// Translations of the title by two-letter language code.
    #[schema(value_type = Option<TitleTranslations>)]
    translations: Option<JsonPart<TitleTranslations>>,
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
    Form(form): Form<SlideForm>,
) -> Result<HttpResponse, Problem> {
    let translations = form.translations.and_then(|inner| inner.0);
    let translations = texts(translations.unwrap_or_default())?;
    let files = images::some(pictures(form.file, 1)?)?;
    let images = images::store(&media, files).await?;
    recheck(&request)?;
    let slide = NewCarousel {
        title: form.title.0,
        translations,
        product_id: form.product_id.and_then(|product| product.0).map(ProductId),
        image: images[0],
    };
    let slide = slides.create(admin.user, slide).await?;
    let body = CarouselBody::new(&slide, &context.localizer());
    Ok(context.created_json("/carousels", &body))
}

/// Request to change a slide; absent members stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeSlide {
    /// Title of the slide, 1–255 characters on one line.
    title: Option<String>,
    /// Id of the product that the slide links to; null removes the link.
    #[serde(default, deserialize_with = "present")]
    product_id: Option<Option<i64>>,
    /// Translations of the title by two-letter language code; they replace all present ones.
    translations: Option<TitleTranslations>,
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
    let Json(body) = body;
    let change = CarouselChange {
        title: body.title,
        translations: body.translations.map(texts).transpose()?,
        product_id: body.product_id.map(|product| product.map(ProductId)),
    };
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
