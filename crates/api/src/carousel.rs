//! Slides of the carousel.

#![expect(
    clippy::option_option,
    reason = "absent, null and given are three things"
)]

use actix_multipart::form::MultipartForm;
use serde::{Deserialize, Serialize};
use stampede_catalog::{Carousel, CarouselChange, Texts};
use stampede_http::form::{JsonPart, OptionalPart, Picture, TextPart};
use stampede_http::problem::Problem;
use stampede_http::response::List;
use stampede_kernel::{Language, ProductId};
use utoipa::ToSchema;

use crate::present::present;
use crate::{ImageBody, Localizer, Render, TitleTranslations, texts};

/// A slide of the carousel.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Carousel)]
pub struct CarouselBody {
    /// Id of the slide.
    id: i64,
    /// Id of the product that the slide links to; null for none.
    product_id: Option<i64>,
    /// Title, in the language of the answer.
    title: String,
    /// Picture of the slide.
    image: ImageBody,
    /// Time of creation: RFC 3339, UTC.
    created_at: String,
    /// Translations of the title by language code; for admins only.
    #[serde(skip_serializing_if = "Option::is_none")]
    translations: Option<TitleTranslations>,
}

impl CarouselBody {
    /// The slide as this client sees it.
    pub fn new(slide: &Carousel, localizer: &Localizer<'_>) -> Self {
        let texts = &slide.translations;
        Self {
            id: slide.id.0,
            product_id: slide.product_id.map(|product| product.0),
            title: localizer.choose(&slide.title, texts, |text| text.title.as_ref()),
            image: slide.image.clone().into(),
            created_at: slide.created_at.to_rfc3339(),
            translations: localizer.shown(texts),
        }
    }
}

impl Render for Vec<Carousel> {
    type Body = List<CarouselBody>;

    fn render(&self, localizer: &Localizer<'_>) -> (Self::Body, Language) {
        let texts = self.iter().map(|slide| &slide.translations);
        let language = localizer.language_of_all(texts);
        let items = self.iter().collect();
        (
            List::whole(items, |one| CarouselBody::new(one, localizer)),
            language,
        )
    }

    fn texts(&self) -> impl Iterator<Item = &Texts> {
        self.iter().map(|slide| &slide.translations)
    }
}

/// Form to add a slide to the carousel.
#[derive(MultipartForm, ToSchema)]
#[multipart(deny_unknown_fields, duplicate_field = "deny")]
pub struct SlideForm {
    /// Picture of the slide: JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<Picture>,
    /// Title of the slide, 1–255 characters on one line.
    #[schema(value_type = String)]
    pub title: TextPart<String>,
    /// Id of the product that the slide links to; none when absent.
    #[schema(value_type = Option<i64>)]
    product_id: Option<OptionalPart<i64>>,
    /// Translations of the title by two-letter language code.
    #[schema(value_type = Option<TitleTranslations>)]
    translations: Option<JsonPart<TitleTranslations>>,
}

/// Request to change a slide; absent members stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSlide {
    /// Title of the slide, 1–255 characters on one line.
    title: Option<String>,
    /// Id of the product that the slide links to; null removes the link.
    #[serde(default, deserialize_with = "present")]
    product_id: Option<Option<i64>>,
    /// Translations of the title by two-letter language code; they replace all present ones.
    translations: Option<TitleTranslations>,
}

impl SlideForm {
    /// The translations of the title, their languages checked.
    ///
    /// # Errors
    ///
    /// 422 for a translation into what is no language.
    pub fn take_translations(&mut self) -> Result<Texts, Problem> {
        let translations = self.translations.take().and_then(|inner| inner.0);
        texts(translations.unwrap_or_default())
    }

    /// The product that the slide links to.
    pub fn product_id(&self) -> Option<ProductId> {
        let product = self.product_id.as_ref().and_then(|product| product.0);
        product.map(ProductId)
    }
}

impl ChangeSlide {
    /// The change, its languages checked.
    ///
    /// # Errors
    ///
    /// 422 for a translation into what is no language.
    pub fn into_change(self) -> Result<CarouselChange, Problem> {
        Ok(CarouselChange {
            title: self.title,
            translations: self.translations.map(texts).transpose()?,
            product_id: self.product_id.map(|product| product.map(ProductId)),
        })
    }
}
