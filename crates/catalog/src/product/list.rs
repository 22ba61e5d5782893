//! A page of what is on sale: by keyset from the database, or by place from the index.

use stampede_kernel::{Cursor, CursorMismatch, Page};
use stampede_persistence::entity::product;

use super::shelf::{Mark, Shelf, Start};
use super::{DbProducts, Product, ProductError, ProductList, ProductQuery, Sort, Where, store};
use crate::category;
use crate::fault::Fault;
use crate::search::{Filter, Find};

/// How deep a list goes by place.
const DEEPEST: u64 = 10_000;
/// Longest search, in characters.
const MAX_Q: usize = 200;

impl DbProducts {
    pub(super) async fn page(&self, mut query: ProductQuery) -> Result<ProductList, ProductError> {
        query.q = query.q.take().filter(|q| !q.trim().is_empty());
        check(&query)?;
        if query.q.is_some() || matches!(query.sort, Sort::Hot | Sort::Relevance) {
            self.ranked(&query).await
        } else {
            self.browsed(&query).await
        }
    }

    /// `new`, `price` and `-price` without words: a keyset over the product table.
    async fn browsed(&self, query: &ProductQuery) -> Result<ProductList, ProductError> {
        let filters = query.filters();
        let start = match &query.from {
            Where::After(cursor) => Start::After(Cursor(cursor.clone()).place(&filters)?),
            Where::Page(page) => Start::Skip((page - 1) * query.size.get()),
        };
        let total = self.ground.search.count(&filter(query))?;
        let shelf = self.shelf(query).await?;
        let rows = shelf
            .read(self.ground.db.reader(), start, query.size.get() + 1)
            .await?;
        let page = Page::cut(rows, query.size, &filters, Mark::of);
        let items = self.assemble(page.items).await?;
        Ok(ProductList {
            page: Page {
                items,
                next: page.next,
                total: Some(total),
            },
            facets: None,
        })
    }

    async fn shelf(&self, query: &ProductQuery) -> Result<Shelf, ProductError> {
        let categories = match query.category {
            Some(id) => Some(
                category::store::tree(self.ground.db.reader())
                    .await?
                    .from(id),
            ),
            None => None,
        };
        Ok(Shelf {
            categories,
            min_price: query.min_price,
            max_price: query.max_price,
            in_stock: query.in_stock,
            sort: query.sort,
        })
    }

    /// With words or by views: places in the index's ranking.
    async fn ranked(&self, query: &ProductQuery) -> Result<ProductList, ProductError> {
        let filters = query.filters();
        let skip = match &query.from {
            Where::After(cursor) => place(cursor, &filters)?,
            Where::Page(page) => (page - 1) * query.size.get(),
        };
        let found = self.ground.search.find(&Find {
            q: query.q.clone(),
            filter: filter(query),
            sort: query.sort,
            offset: usize::try_from(skip).unwrap_or(usize::MAX),
            limit: usize::try_from(query.size.get()).unwrap_or(usize::MAX),
            language: query.language,
        })?;
        let mut rows = store::by_ids(self.ground.db.reader(), &found.ids).await?;
        rows.retain(|row| row.on_sale);
        let next = skip + query.size.get();
        let more = next < found.total.min(DEEPEST);
        Ok(ProductList {
            page: Page {
                items: self.assemble(rows).await?,
                next: more.then(|| Cursor::new(&filters, &next)),
                total: Some(found.total),
            },
            facets: found.facets,
        })
    }

    async fn assemble(&self, rows: Vec<product::Model>) -> Result<Vec<Product>, ProductError> {
        Ok(store::assemble(self.ground.db.reader(), rows).await?)
    }
}

fn filter(query: &ProductQuery) -> Filter {
    Filter {
        category: query.category,
        min_price: query.min_price,
        max_price: query.max_price,
        in_stock: query.in_stock,
    }
}

fn check(query: &ProductQuery) -> Result<(), Fault> {
    if let Where::Page(page) = query.from {
        let deep = page.saturating_mul(query.size.get());
        if page == 0 || deep > DEEPEST {
            return Err(Fault::new(
                "page_num",
                "out_of_range",
                format!("must be at least 1, and page_num × page_size at most {DEEPEST}"),
            ));
        }
    }
    if query.q.as_ref().is_some_and(|q| q.chars().count() > MAX_Q) {
        return Err(Fault::new(
            "q",
            "too_long",
            format!("must be at most {MAX_Q} characters"),
        ));
    }
    Ok(())
}

/// The place in the ranking that a cursor of ours holds.
fn place(cursor: &str, filters: &str) -> Result<u64, CursorMismatch> {
    let place = Cursor(cursor.to_owned()).place(filters)?;
    if place < DEEPEST {
        Ok(place)
    } else {
        Err(CursorMismatch)
    }
}
