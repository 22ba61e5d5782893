//! Categories as JSON.

use serde::Serialize;
use stampede_catalog::{Category, Texts};
use stampede_http::response::List;
use stampede_kernel::Language;
use utoipa::ToSchema;

use crate::{ImageBody, Localizer, NameTranslations, Render};

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
