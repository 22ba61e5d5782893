//! Categories.

#![expect(
    clippy::option_option,
    reason = "absent, null and given are three things"
)]

use serde::{Deserialize, Serialize};
use stampede_catalog::{Category, CategoryChange, NewCategory, Texts};
use stampede_http::problem::Problem;
use stampede_http::response::List;
use stampede_kernel::{CategoryId, ImageId, Language};
use utoipa::ToSchema;

use crate::present::present;
use crate::{ImageBody, Localizer, NameTranslations, Render, texts};

/// A category, one node of the category tree.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Category)]
pub struct CategoryBody {
    /// Id of the category.
    id: i64,
    /// Name, in the language of the answer.
    name: String,
    /// Id of the parent category; null for a root category.
    parent_id: Option<i64>,
    /// Picture of the category; null when there is none.
    image: Option<ImageBody>,
    /// Time of creation: RFC 3339, UTC.
    created_at: String,
    /// Translations of the name by language code; for admins only.
    #[serde(skip_serializing_if = "Option::is_none")]
    translations: Option<NameTranslations>,
}

impl CategoryBody {
    /// The category as this client sees it.
    pub fn new(category: &Category, localizer: &Localizer<'_>) -> Self {
        let texts = &category.translations;
        Self {
            id: category.id.0,
            name: localizer.choose(&category.name, texts, |text| text.name.as_ref()),
            parent_id: category.parent_id.map(|parent| parent.0),
            image: category.image.clone().map(ImageBody::from),
            created_at: category.created_at.to_rfc3339(),
            translations: localizer.shown(texts),
        }
    }
}

impl Render for Vec<Category> {
    type Body = List<CategoryBody>;

    fn render(&self, localizer: &Localizer<'_>) -> (Self::Body, Language) {
        let texts = self.iter().map(|category| &category.translations);
        let language = localizer.language_of_all(texts);
        let items = self.iter().collect();
        (
            List::whole(items, |one| CategoryBody::new(one, localizer)),
            language,
        )
    }

    fn texts(&self) -> impl Iterator<Item = &Texts> {
        self.iter().map(|category| &category.translations)
    }
}

/// Request to add a category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryFields {
    /// Name of the category, 1–128 characters on one line.
    name: String,
    /// Id of the parent category; null or absent for a root category.
    parent_id: Option<i64>,
    /// Translations of the name by two-letter language code.
    translations: Option<NameTranslations>,
    /// Id of a stored picture.
    image_id: Option<i64>,
}

/// Request to change a category; absent members stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCategory {
    /// Name of the category, 1–128 characters on one line.
    name: Option<String>,
    /// Id of the parent category; null makes it a root category.
    #[serde(default, deserialize_with = "present")]
    parent_id: Option<Option<i64>>,
    /// Translations of the name by two-letter language code; they replace all present ones.
    translations: Option<NameTranslations>,
    /// Id of a stored picture; null removes the picture.
    #[serde(default, deserialize_with = "present")]
    image_id: Option<Option<i64>>,
}

impl ChangeCategory {
    /// The change, its languages checked.
    ///
    /// # Errors
    ///
    /// 422 for a translation into what is no language.
    pub fn into_change(self) -> Result<CategoryChange, Problem> {
        Ok(CategoryChange {
            name: self.name,
            translations: self.translations.map(texts).transpose()?,
            parent_id: self.parent_id.map(|id| id.map(CategoryId)),
            image: self.image_id.map(|id| id.map(ImageId)),
        })
    }
}

impl CategoryFields {
    /// The category, its languages checked.
    ///
    /// # Errors
    ///
    /// 422 for a translation into what is no language.
    pub fn into_category(self) -> Result<NewCategory, Problem> {
        Ok(NewCategory {
            name: self.name,
            translations: self.translations.map(texts).transpose()?,
            parent_id: self.parent_id.map(CategoryId),
            image: self.image_id.map(ImageId),
        })
    }
}
