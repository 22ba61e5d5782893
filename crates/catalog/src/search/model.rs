//! What is asked of the index and what it answers.

use stampede_kernel::{CategoryId, Language, Money, ProductId};

use crate::product::{Facets, Sort};

/// Which products count as matches, whatever the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Filter {
    /// With its descendants.
    pub category: Option<CategoryId>,
    /// By what a buyer pays for the first SKU, inclusive.
    pub min_price: Option<Money>,
    /// By what a buyer pays for the first SKU, inclusive.
    pub max_price: Option<Money>,
    /// Only what can be bought now.
    pub in_stock: bool,
}

/// Where a list by age or price goes on: the last product seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SearchAfter {
    /// What a buyer paid for its first SKU when it was seen; lists by price need it.
    pub price: Option<Money>,
    /// Its id.
    pub id: ProductId,
}

/// A question to the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SearchQuery {
    /// Words, taken literally; `None` and blank ask for everything.
    pub q: Option<String>,
    /// Among which products.
    pub filter: Filter,
    /// In which order; [`Sort::Relevance`] without words is [`Sort::New`].
    pub sort: Sort,
    /// How many to skip.
    pub offset: usize,
    /// How many to give.
    pub limit: usize,
    /// Ties in relevance prefer texts of this language.
    pub language: Language,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchResult {
    /// A page of matches, in order.
    pub ids: Vec<ProductId>,
    /// All matches.
    pub total: u64,
    /// When words were searched for.
    pub facets: Option<Facets>,
}
