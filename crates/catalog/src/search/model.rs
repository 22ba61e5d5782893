//! Search queries and results.

use stampede_kernel::{CategoryId, Language, Money, ProductId};

use crate::product::{Facets, Sort};

/// Filters of a search, apart from its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Filter {
    /// The category, with its descendants.
    pub category: Option<CategoryId>,
    /// Lowest price of the first SKU that a buyer pays, inclusive.
    pub min_price: Option<Money>,
    /// Highest price of the first SKU that a buyer pays, inclusive.
    pub max_price: Option<Money>,
    /// Whether only products in stock match.
    pub in_stock: bool,
}

/// The start of the next page of a list by age or price: after the last product seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SearchAfter {
    /// The price of its first SKU when it was seen; lists by price need it.
    pub price: Option<Money>,
    /// Its id.
    pub id: ProductId,
}

/// A search query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SearchQuery {
    /// The words, without query syntax; `None` or blank matches everything.
    pub q: Option<String>,
    /// Filters apart from the words.
    pub filter: Filter,
    /// The order; [`Sort::Relevance`] without words is [`Sort::New`].
    pub sort: Sort,
    /// Number of matches to skip.
    pub offset: usize,
    /// Maximum number of matches to return.
    pub limit: usize,
    /// Ties in relevance prefer texts of this language.
    pub language: Language,
}

/// The result of a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchResult {
    /// A page of matches, in order.
    pub ids: Vec<ProductId>,
    /// Total number of matches.
    pub total: u64,
    /// Facets, when words were searched for.
    pub facets: Option<Facets>,
}
