//! What a cached page is found by.

use std::time::Duration;

use stampede_kernel::ProductId;

use super::LanguagePreferences;
use crate::routes::products::ListQuery;

/// What a public page is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    /// A product with its pictures.
    Product(ProductId),
    /// A product's pictures.
    Pictures(ProductId),
    /// A page of the list.
    Products(ListQuery),
    /// Completions of what was typed.
    Suggestions(String),
    /// The category tree.
    Categories,
    /// The carousel.
    Carousels,
}

impl Subject {
    /// How long a page may be shown without a word of a change. A list that was
    /// loaded between the news of another gateway's change and the index's
    /// taking it in must be gone before a second is over; the rest is a net.
    pub(crate) fn lives(&self) -> Duration {
        match self {
            Self::Products(_) | Self::Suggestions(_) => Duration::from_millis(400),
            Self::Product(_) | Self::Pictures(_) | Self::Categories | Self::Carousels => {
                Duration::from_mins(1)
            }
        }
    }
}

/// A subject in the languages a reader prefers, of those that the shop has. What a
/// client makes up beside the parameters of the API never gets in here.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) subject: Subject,
    pub(crate) languages: LanguagePreferences,
}

impl Key {
    /// What the key costs in memory beyond its size, in bytes.
    pub(crate) fn weight(&self) -> u32 {
        let text = match &self.subject {
            Subject::Products(list) => list.text_bytes(),
            Subject::Suggestions(typed) => typed.len(),
            _ => 0,
        };
        u32::try_from(text).unwrap_or(u32::MAX)
    }

    /// The product whose view counts when this page is shown.
    pub(crate) fn looked_at(&self) -> Option<ProductId> {
        match self.subject {
            Subject::Product(id) => Some(id),
            _ => None,
        }
    }
}
