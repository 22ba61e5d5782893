//! Which products a list shows, and in which order.

use stampede_kernel::{CategoryId, Cursor, Language, Money, Page, PageSize};

use super::model::Product;

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// Newest first; a keyset.
    #[default]
    New,
    /// Cheapest first by what a buyer pays; a keyset.
    Price,
    /// Dearest first; a keyset.
    PriceDescending,
    /// Most looked at first, by place in the ranking.
    Hot,
    /// Best match first, by place in the ranking; needs `q`.
    Relevance,
}

/// Where a page starts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Where {
    /// After the page that gave this cursor.
    After(String),
    /// The n-th page, from 1; n × size is at most 10,000.
    Page(u64),
}

/// What a customer asks of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductQuery {
    /// With its descendants.
    pub category: Option<CategoryId>,
    /// Words to search for; taken literally.
    pub q: Option<String>,
    /// By what a buyer pays, inclusive.
    pub min_price: Option<Money>,
    /// By what a buyer pays, inclusive.
    pub max_price: Option<Money>,
    /// Only what can be bought now.
    pub in_stock: bool,
    /// The order.
    pub sort: Sort,
    /// How many.
    pub size: PageSize,
    /// From where.
    pub from: Where,
    /// The reader's language: ties in relevance prefer its texts.
    pub language: Language,
}

/// How many matches lie in a price range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceFacet {
    /// Inclusive.
    pub from: Money,
    /// Exclusive; `None` in the last.
    pub to: Option<Money>,
    /// Matches.
    pub count: u64,
}

/// How the matches of a search spread.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Matches per category, most first.
    pub categories: Vec<(CategoryId, u64)>,
    /// Matches per price range, cheapest first.
    pub prices: Vec<PriceFacet>,
    /// Matches that can be bought now.
    pub in_stock: u64,
}

/// A page of products; `page.total` is always known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductList {
    /// The products.
    pub page: Page<Product>,
    /// When words were searched for.
    pub facets: Option<Facets>,
}

impl ProductQuery {
    /// What a cursor belongs to: everything but the place.
    pub fn filters(&self) -> String {
        format!(
            "{:?}",
            (
                self.category,
                &self.q,
                self.min_price,
                self.max_price,
                self.in_stock,
                self.sort,
            )
        )
    }

    /// The cursor to go on from, if that is how the page was asked for.
    pub fn cursor(&self) -> Option<Cursor> {
        match &self.from {
            Where::After(cursor) => Some(Cursor(cursor.clone())),
            Where::Page(_) => None,
        }
    }
}
