//! Pages of the products on sale: by keyset from the database, or by offset from the
//! search index.

use stampede_kernel::{Cursor, CursorMismatch, FieldError, Page, PageSize, ProductId};
use stampede_persistence::entity::product;

use super::keyset::{KeysetQuery, KeysetStart, LastSeen};
use super::{DbProducts, PageStart, Product, ProductError, ProductList, ProductQuery, Sort, store};
use crate::category;
use crate::search::{Filter, SearchQuery};

/// Maximum offset of a list.
const MAX_OFFSET: u64 = 10_000;
/// Longest search, in characters.
const MAX_Q: usize = 200;

impl DbProducts {
    pub(super) async fn page(&self, mut query: ProductQuery) -> Result<ProductList, ProductError> {
        query.q = query.q.take().filter(|q| !q.trim().is_empty());
        check(&query)?;
        if query.q.is_some() || matches!(query.sort, Sort::Hot | Sort::Relevance) {
            self.ranked_page(&query).await
        } else {
            self.keyset_page(&query).await
        }
    }

    /// Reads a page in the order `new`, `price` or `-price` without words: by keyset
    /// from the product table.
    async fn keyset_page(&self, query: &ProductQuery) -> Result<ProductList, ProductError> {
        let filters = query.filters();
        let start = match &query.from {
            PageStart::After(cursor) => KeysetStart::After(Cursor(cursor.clone()).place(&filters)?),
            PageStart::Page(page) => KeysetStart::Skip((page - 1) * query.size.get()),
        };
        let total = self.context.search.total(filter(query)).await?;
        let products = self.keyset_query(query).await?;
        let rows = products
            .read(self.context.db.reader(), start, query.size.get() + 1)
            .await?;
        let page = Page::cut(rows, query.size, &filters, LastSeen::of);
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

    async fn keyset_query(&self, query: &ProductQuery) -> Result<KeysetQuery, ProductError> {
        let categories = match query.category {
            Some(id) => Some(
                category::store::tree(self.context.db.reader())
                    .await?
                    .from(id),
            ),
            None => None,
        };
        Ok(KeysetQuery {
            categories,
            min_price: query.min_price,
            max_price: query.max_price,
            in_stock: query.in_stock,
            sort: query.sort,
        })
    }

    /// Reads a page with words or by views: ids from the search index, products from
    /// the table.
    async fn ranked_page(&self, query: &ProductQuery) -> Result<ProductList, ProductError> {
        let filters = query.filters();
        let start = RankedStart::of(query, &filters)?;
        let mut find = SearchQuery {
            q: query.q.clone(),
            filter: filter(query),
            sort: query.sort,
            offset: 0,
            limit: usize::try_from(query.size.get() + 1).unwrap_or(usize::MAX),
            language: query.language,
        };
        let found = match start {
            RankedStart::Skip(rows) => {
                find.offset = usize::try_from(rows).unwrap_or(usize::MAX);
                let search = &self.context.search;
                search.run(move |search| search.find(&find)).await?
            }
            RankedStart::After(last) => {
                let (search, after) = (&self.context.search, last.search_after());
                let found = search.run(move |search| search.find_after(&find, after));
                found.await?
            }
        };
        let (ids, more) = cut(&found.ids, query.size);
        let mut rows = store::by_ids(self.context.db.reader(), ids).await?;
        rows.retain(|row| row.on_sale);
        let last = rows.last().map(LastSeen::of);
        let next = start.next(query, &filters, last);
        Ok(ProductList {
            page: Page {
                items: self.assemble(rows).await?,
                next: next.filter(|_| more),
                total: Some(found.total),
            },
            facets: found.facets,
        })
    }

    async fn assemble(&self, rows: Vec<product::Model>) -> Result<Vec<Product>, ProductError> {
        Ok(store::assemble(self.context.db.reader(), rows).await?)
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

fn check(query: &ProductQuery) -> Result<(), FieldError> {
    if let PageStart::Page(page) = query.from {
        let deep = page.saturating_mul(query.size.get());
        if page == 0 || deep > MAX_OFFSET {
            return Err(FieldError::new(
                "page_num",
                "out_of_range",
                format!("must be at least 1, and page_num × page_size at most {MAX_OFFSET}"),
            ));
        }
    }
    if query.q.as_ref().is_some_and(|q| q.chars().count() > MAX_Q) {
        return Err(FieldError::new(
            "q",
            "too_long",
            format!("must be at most {MAX_Q} characters"),
        ));
    }
    Ok(())
}

/// The start of a page of the search index.
enum RankedStart {
    /// After this many matches.
    Skip(u64),
    /// After the last product seen.
    After(LastSeen),
}

impl RankedStart {
    fn of(query: &ProductQuery, filters: &str) -> Result<Self, CursorMismatch> {
        match &query.from {
            PageStart::Page(page) => Ok(Self::Skip((page - 1) * query.size.get())),
            PageStart::After(cursor) if has_keyset(query.sort) => {
                Cursor(cursor.clone()).place(filters).map(Self::After)
            }
            PageStart::After(cursor) => match Cursor(cursor.clone()).place(filters)? {
                place if place < MAX_OFFSET => Ok(Self::Skip(place)),
                _ => Err(CursorMismatch),
            },
        }
    }

    /// Returns the cursor of the page after the one that ends with `last`.
    fn next(&self, query: &ProductQuery, filters: &str, last: Option<LastSeen>) -> Option<Cursor> {
        match self {
            _ if has_keyset(query.sort) => last.map(|last| Cursor::new(filters, &last)),
            Self::Skip(rows) => {
                let next = rows + query.size.get();
                (next < MAX_OFFSET).then(|| Cursor::new(filters, &next))
            }
            Self::After(_) => None,
        }
    }
}

fn has_keyset(sort: Sort) -> bool {
    matches!(sort, Sort::New | Sort::Price | Sort::PriceDescending)
}

/// Cuts the page out of ids that were read one beyond it, and tells whether there are
/// more.
fn cut(ids: &[ProductId], size: PageSize) -> (&[ProductId], bool) {
    let size = usize::try_from(size.get()).unwrap_or(usize::MAX);
    ids.get(..size)
        .map_or((ids, false), |page| (page, ids.len() > size))
}
