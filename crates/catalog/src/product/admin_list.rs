//! The admins' list of all products, those off sale included.

use sea_orm::sea_query::{Expr, Func, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use stampede_kernel::{CategoryId, Cursor, FieldError, Page, PageSize, ProductId};
use stampede_persistence::entity::product;

use super::{DbProducts, Product, ProductError, store};
use crate::category;

/// Longest search, in characters.
const MAX_Q: usize = 200;

/// An admin's query of the list of all products.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdminProductQuery {
    /// Part of a name or a title, case-insensitive for ASCII letters, or the id of a
    /// product.
    pub q: Option<String>,
    /// Whether only products on sale or only those off sale match.
    pub on_sale: Option<bool>,
    /// The category, with its descendants.
    pub category: Option<CategoryId>,
    /// The page size.
    pub size: PageSize,
    /// The cursor of the page.
    pub cursor: Option<Cursor>,
}

impl DbProducts {
    /// Reads a page, newest first, by keyset.
    pub(super) async fn admin_page(
        &self,
        mut query: AdminProductQuery,
    ) -> Result<Page<Product>, ProductError> {
        query.q = query
            .q
            .map(|q| q.trim().to_owned())
            .filter(|q| !q.is_empty());
        if query.q.as_ref().is_some_and(|q| q.chars().count() > MAX_Q) {
            let detail = format!("must be at most {MAX_Q} characters");
            return Err(FieldError::new("q", "too_long", detail).into());
        }
        let db = self.context.db.reader();
        let categories = match query.category {
            Some(id) => Some(category::store::tree(db).await?.from(id)),
            None => None,
        };
        let filters = format!("{:?}", (&query.q, query.on_sale, query.category));
        let found = matching(&query, categories);
        let total = found.clone().count(db).await?;
        let mut rest = found;
        if let Some(cursor) = &query.cursor {
            let last: ProductId = cursor.place(&filters)?;
            rest = rest.filter(product::Column::Id.lt(last));
        }
        let rows = rest
            .order_by_desc(product::Column::Id)
            .limit(query.size.get() + 1)
            .all(db)
            .await?;
        let page = Page::cut(rows, query.size, &filters, |row| row.id);
        Ok(Page {
            items: store::assemble(db, page.items).await?,
            next: page.next,
            total: Some(total),
        })
    }
}

fn matching(
    query: &AdminProductQuery,
    categories: Option<Vec<CategoryId>>,
) -> Select<product::Entity> {
    let mut select = product::Entity::find();
    if let Some(q) = &query.q {
        let pattern = |text: &str| LikeExpr::new(format!("%{}%", escaped(text))).escape('!');
        let mut any = Condition::any();
        for column in [product::Column::Name, product::Column::Title] {
            let lower = Expr::expr(Func::lower(Expr::col(column)));
            any = any
                .add(lower.like(pattern(&q.to_lowercase())))
                .add(Expr::col(column).like(pattern(q)));
        }
        if let Ok(id) = q.parse::<i64>() {
            any = any.add(product::Column::Id.eq(ProductId(id)));
        }
        select = select.filter(any);
    }
    if let Some(on_sale) = query.on_sale {
        select = select.filter(product::Column::OnSale.eq(on_sale));
    }
    if let Some(categories) = categories {
        select = select.filter(product::Column::CategoryId.is_in(categories));
    }
    select
}

/// Escapes `%` and `_`, so that they are literal.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '!') {
            escaped.push('!');
        }
        escaped.push(letter);
    }
    escaped
}
