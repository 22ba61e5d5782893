//! Categories.

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use stampede_kernel::{CategoryId, ImageId, Timestamp};
use stampede_media::Image;

use crate::text::Texts;

/// A node of the category tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// In the shop's language.
    pub name: String,
    /// In other languages; only names.
    pub translations: Texts,
    /// Above it.
    pub parent_id: Option<CategoryId>,
    /// Its picture.
    pub image: Option<Image>,
    /// When it was added.
    pub created_at: Timestamp,
}

/// What a new or changed category says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCategory {
    /// 1–128 characters.
    pub name: String,
    /// In other languages; `None` leaves them as they are.
    pub translations: Option<Texts>,
    /// Above it; must exist and not be itself or below it.
    pub parent_id: Option<CategoryId>,
    /// Its picture; `None` leaves it as it is.
    pub image: Option<ImageId>,
}

/// Why a category could not be made, changed or deleted.
#[derive(Debug, thiserror::Error)]
pub enum CategoryError {
    /// One field breaks its rule: the field, a stable code, and words.
    #[error("{detail}")]
    Invalid {
        /// The field's name as the API spells it.
        field: &'static str,
        /// A stable code.
        code: &'static str,
        /// In words.
        detail: String,
    },
    /// No such category.
    #[error("the category does not exist")]
    NotFound,
    /// Products or categories stand below it.
    #[error("the category is not empty")]
    NotEmpty,
    /// The database failed; nothing was changed.
    #[error("the category could not be read or written")]
    Database(#[from] DbErr),
}
