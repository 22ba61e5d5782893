//! Slides.

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use stampede_kernel::{CarouselId, FieldError, ImageId, ProductId, Timestamp};
use stampede_media::Image;

use crate::text::Texts;

/// A slide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carousel {
    /// Its id.
    pub id: CarouselId,
    /// Where it leads.
    pub product_id: Option<ProductId>,
    /// In the shop's language.
    pub title: String,
    /// In other languages; only titles.
    pub translations: Texts,
    /// Its picture.
    pub image: Image,
    /// When it was added.
    pub created_at: Timestamp,
}

/// A slide to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCarousel {
    /// 1–255 characters.
    pub title: String,
    /// In other languages.
    pub translations: Texts,
    /// Where it leads; must exist.
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
    /// Where it leads; `Some(None)` leads nowhere.
    pub product_id: Option<Option<ProductId>>,
}

/// Why a slide could not be made, changed or deleted.
#[derive(Debug, thiserror::Error)]
pub enum CarouselError {
    /// One field breaks its rule.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// No such slide.
    #[error("the slide does not exist")]
    NotFound,
    /// The database failed; nothing was changed.
    #[error("the carousel could not be read or written")]
    Database(#[from] DbErr),
}
