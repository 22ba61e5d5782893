//! Slides of the carousel as JSON.

use serde::Serialize;
use stampede_catalog::{Carousel, Texts};
use stampede_http::response::List;
use stampede_kernel::Language;
use utoipa::ToSchema;

use crate::{ImageBody, Localizer, Render, TitleTranslations};

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
