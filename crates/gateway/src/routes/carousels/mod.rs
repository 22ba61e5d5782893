//! The carousel on the front page.

use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use serde::Deserialize;
use stampede_catalog::{CarouselChange, CarouselService, NewCarousel};
use stampede_kernel::{CarouselId, ProductId};
use stampede_media::MediaStore;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::images;
use super::products::present;
use crate::answer::{List, done};
use crate::auth::Admin;
use crate::cache::{Pages, Subject};
use crate::form::{Form, Shape, Texts};
use crate::json::Json;
use crate::path::Id;
use crate::problem::Problem;
use crate::show::{CarouselBody, Reader, TitleTranslations, texts};

const FORM: Shape = Shape {
    texts: &["title", "product_id", "translations"],
    files: 1,
    file_bytes: images::FILE_BYTES,
};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(list_carousels)
        .service(create_carousel)
        .service(change_carousel)
        .service(delete_carousel);
}

/// Lists the slides.
#[utoipa::path(tag = "catalogue", responses((status = 200, body = List<CarouselBody>)))]
#[get("/carousels")]
async fn list_carousels(
    reader: Reader,
    pages: web::Data<Pages>,
    slides: web::Data<dyn CarouselService>,
) -> Result<HttpResponse, Problem> {
    let load = slides.slides();
    reader.page(&pages, Subject::Carousels, load).await
}

/// A slide.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described")]
struct SlideForm {
    /// JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// 1–255 characters.
    title: String,
    /// Where it leads.
    product_id: Option<i64>,
    /// JSON, by language code: `{"zh": {"title"}}`.
    translations: Option<String>,
}

/// Adds a slide.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])),
    request_body(content = SlideForm, content_type = "multipart/form-data"),
    responses((status = 201, body = CarouselBody)))]
#[post("/carousels")]
async fn create_carousel(
    admin: Admin,
    reader: Reader,
    request: HttpRequest,
    payload: web::Payload,
    media: web::Data<MediaStore>,
    slides: web::Data<dyn CarouselService>,
) -> Result<HttpResponse, Problem> {
    let form = Form::read(&request, payload.into_inner(), FORM).await?;
    let (mut form, files): (Texts, _) = form.into();
    let translations = form.json::<TitleTranslations>("translations");
    let title = form.required("title");
    let product_id = form.value("product_id").map(ProductId);
    form.done()?;
    let translations = texts(translations.unwrap_or_default())?;
    let image = media.add(images::one(files)?).await?.id;
    let slide = NewCarousel {
        title,
        translations,
        product_id,
        image,
    };
    let slide = slides.create(admin.user, slide).await?;
    let body = CarouselBody::new(&slide, &reader.wording());
    Ok(reader.created_json("/carousels", &body))
}

/// What is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeSlide {
    title: Option<String>,
    /// Null leads nowhere.
    #[serde(default, deserialize_with = "present")]
    product_id: Option<Option<i64>>,
    /// All of them anew.
    translations: Option<TitleTranslations>,
}

/// Changes a slide.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path)),
    request_body = ChangeSlide, responses((status = 200, body = CarouselBody)))]
#[put("/carousels/{id}")]
async fn change_carousel(
    admin: Admin,
    id: Id<CarouselId>,
    reader: Reader,
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
    let body = CarouselBody::new(&slide, &reader.wording());
    Ok(reader.private_json(&body))
}

/// Deletes a slide.
#[utoipa::path(tag = "admin: catalogue", security(("bearer" = [])), params(("id" = i64, Path)),
    responses((status = 204, description = "gone")))]
#[delete("/carousels/{id}")]
async fn delete_carousel(
    admin: Admin,
    id: Id<CarouselId>,
    slides: web::Data<dyn CarouselService>,
) -> Result<HttpResponse, Problem> {
    slides.delete(admin.user, id.0).await?;
    Ok(done())
}
