//! Categories.

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{CategoryId, FieldError, ImageId, Refusal, Refuse, Timestamp};
use stampede_media::Image;
use stampede_persistence::database_refusal;

use crate::codes::CATEGORY_NOT_EMPTY;
use crate::text::Texts;

/// A node of the category tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// The name in the shop's language.
    pub name: String,
    /// Translations of the name.
    pub translations: Texts,
    /// The parent category.
    pub parent_id: Option<CategoryId>,
    /// Its picture.
    pub image: Option<Image>,
    /// When it was added.
    pub created_at: Timestamp,
}

/// A new category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCategory {
    /// 1–128 characters.
    pub name: String,
    /// Translations.
    pub translations: Option<Texts>,
    /// The parent category; must exist.
    pub parent_id: Option<CategoryId>,
    /// Its picture.
    pub image: Option<ImageId>,
}

/// A change of a category; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CategoryChange {
    /// New name.
    pub name: Option<String>,
    /// New translations, all of them.
    pub translations: Option<Texts>,
    /// New parent, which must exist and not be the category itself or below it;
    /// `Some(None)` makes the category a root.
    pub parent_id: Option<Option<CategoryId>>,
    /// New picture; `Some(None)` removes it.
    pub image: Option<Option<ImageId>>,
}

/// Errors of the category service.
#[derive(Debug, thiserror::Error)]
pub enum CategoryError {
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// No such category.
    #[error("the category does not exist")]
    NotFound,
    /// Products or categories are in it; products that are off sale count.
    #[error(
        "the category has {products} products, those off sale included, \
         and {categories} categories right below it"
    )]
    NotEmpty {
        /// Number of products.
        products: u64,
        /// Number of subcategories.
        categories: u64,
    },
    /// The database failed; nothing was changed.
    #[error("the category could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for CategoryError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::NotEmpty { .. } => Refusal::because(CATEGORY_NOT_EMPTY, self),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}
