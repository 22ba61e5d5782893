//! Queries of product lists.

use stampede_kernel::{CategoryId, Cursor, Language, Money, Page, PageSize};

use super::model::Product;

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// Newest first, paged by keyset.
    #[default]
    New,
    /// Cheapest first by the price that a buyer pays, paged by keyset.
    Price,
    /// Most expensive first, paged by keyset.
    PriceDescending,
    /// Most viewed first, paged by offset.
    Hot,
    /// Best match first, paged by offset; needs `q`.
    Relevance,
}

/// The start of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PageStart {
    /// After the page that returned this cursor.
    After(String),
    /// The n-th page, from 1; n × size is at most 10,000.
    Page(u64),
}

/// A customer's query of the product list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductQuery {
    /// The category, with its descendants.
    pub category: Option<CategoryId>,
    /// Words to search for, without query syntax.
    pub q: Option<String>,
    /// Lowest price that a buyer pays, inclusive.
    pub min_price: Option<Money>,
    /// Highest price that a buyer pays, inclusive.
    pub max_price: Option<Money>,
    /// Whether only products in stock match.
    pub in_stock: bool,
    /// The order.
    pub sort: Sort,
    /// The page size.
    pub size: PageSize,
    /// The start of the page.
    pub from: PageStart,
    /// The reader's language: ties in relevance prefer its texts.
    pub language: Language,
}

/// The number of matches in a price range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceFacet {
    /// Inclusive.
    pub from: Money,
    /// Exclusive; `None` in the last.
    pub to: Option<Money>,
    /// Number of matches.
    pub count: u64,
}

/// Facets of a search: counts of its matches.
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
    /// Facets, when words were searched for.
    pub facets: Option<Facets>,
}

impl ProductQuery {
    /// Returns the description of the query that its cursors are bound to: everything
    /// but the position.
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

    /// Returns the cursor, if the page is given by one.
    pub fn cursor(&self) -> Option<Cursor> {
        match &self.from {
            PageStart::After(cursor) => Some(Cursor(cursor.clone())),
            PageStart::Page(_) => None,
        }
    }
}
