//! Slides of the carousel.

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{CarouselId, FieldError, ImageId, ProductId, Refusal, Refuse, Timestamp};
use stampede_media::Image;
use stampede_persistence::database_refusal;

use crate::text::Texts;

/// A slide of the carousel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carousel {
    /// Its id.
    pub id: CarouselId,
    /// The product that it links to.
    pub product_id: Option<ProductId>,
    /// The title in the shop's language.
    pub title: String,
    /// Translations of the title.
    pub translations: Texts,
    /// Its picture.
    pub image: Image,
    /// When it was added.
    pub created_at: Timestamp,
}

/// A new slide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCarousel {
    /// 1–255 characters.
    pub title: String,
    /// Translations.
    pub translations: Texts,
    /// The product that it links to; must exist.
    pub product_id: Option<ProductId>,
    /// Its picture.
    pub image: ImageId,
}

/// A change of a slide; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CarouselChange {
    /// New title.
    pub title: Option<String>,
    /// New translations, all of them.
    pub translations: Option<Texts>,
    /// New product that it links to; `Some(None)` removes the link.
    pub product_id: Option<Option<ProductId>>,
}

/// Errors of the carousel service.
#[derive(Debug, thiserror::Error)]
pub enum CarouselError {
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// No such slide.
    #[error("the slide does not exist")]
    NotFound,
    /// The database failed; nothing was changed.
    #[error("the carousel could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for CarouselError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}
