//! The key of a cached response.

use std::time::Duration;

use stampede_api::LanguagePreferences;
use stampede_api::product::ListQuery;
use stampede_kernel::ProductId;

use crate::pages::PageKey;

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
    /// A page for people.
    Page(PageKey),
}

impl Subject {
    /// Time to live of a response in the cache.
    ///
    /// Lists live for less than a second, because another process's change is published before
    /// this process's search index has it: a list loaded in between is stale and no version
    /// says so. Pages show such lists, and stay below a second together with them. For the rest
    /// the time is a safety net.
    pub(crate) fn lives(&self) -> Duration {
        match self {
            Self::Page(page) if page.address.has_data() => Duration::from_millis(200),
            Self::Products(_) | Self::Suggestions(_) => Duration::from_millis(400),
            Self::Product(_)
            | Self::Pictures(_)
            | Self::Categories
            | Self::Carousels
            | Self::Page(_) => Duration::from_mins(1),
        }
    }

    /// The pattern of its route; `None` for what is not answered before routing.
    pub(crate) fn route(&self) -> Option<&'static str> {
        match self {
            Self::Product(_) => Some("/api/v1/product/{id}"),
            Self::Pictures(_) => Some("/api/v1/imgs/{id}"),
            Self::Products(_) => Some("/api/v1/products"),
            Self::Categories => Some("/api/v1/categories"),
            Self::Carousels => Some("/api/v1/carousels"),
            Self::Page(page) => Some(page.address.route()),
            Self::Suggestions(_) => None,
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
            Subject::Page(page) => page.origin.len() + page.address.text_bytes(),
            _ => 0,
        };
        u32::try_from(text).unwrap_or(u32::MAX)
    }

    /// The product whose view counter a response with this key increments.
    pub(crate) fn looked_at(&self) -> Option<ProductId> {
        match &self.subject {
            Subject::Product(id) => Some(*id),
            Subject::Page(page) => page.address.product(),
            _ => None,
        }
    }
}
