//! The key of a cached response.

use std::time::Duration;

use stampede_kernel::ProductId;

use super::LanguagePreferences;
use crate::routes::products::ListQuery;

/// The resource that a public response shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    /// A product with its pictures.
    Product(ProductId),
    /// The pictures of a product.
    Pictures(ProductId),
    /// A page of the product list.
    Products(ListQuery),
    /// Completions of a search text.
    Suggestions(String),
    /// The category tree.
    Categories,
    /// The carousel.
    Carousels,
}

impl Subject {
    /// Time to live of a response in the cache.
    ///
    /// Lists live for less than a second, because another process's change is published before
    /// this process's search index has it: a list loaded in between is stale and no version
    /// says so. For the rest the time is a safety net.
    pub(crate) fn lives(&self) -> Duration {
        match self {
            Self::Products(_) | Self::Suggestions(_) => Duration::from_millis(400),
            Self::Product(_) | Self::Pictures(_) | Self::Categories | Self::Carousels => {
                Duration::from_mins(1)
            }
        }
    }
}

/// A subject and the languages in which it is shown.
///
/// Only known query parameters and languages that the shop has are part of it, so clients
/// cannot multiply the keys of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) subject: Subject,
    pub(crate) languages: LanguagePreferences,
}

impl Key {
    /// Memory of the key beyond its own size, in bytes.
    pub(crate) fn weight(&self) -> u32 {
        let text = match &self.subject {
            Subject::Products(list) => list.text_bytes(),
            Subject::Suggestions(typed) => typed.len(),
            _ => 0,
        };
        u32::try_from(text).unwrap_or(u32::MAX)
    }

    /// The product whose view counter a response with this key increments.
    pub(crate) fn looked_at(&self) -> Option<ProductId> {
        match self.subject {
            Subject::Product(id) => Some(id),
            _ => None,
        }
    }
}
