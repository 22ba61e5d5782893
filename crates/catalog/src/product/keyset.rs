//! Keyset queries over the products on sale, in the order of a database index.

use sea_orm::sea_query::{Expr, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use serde::{Deserialize, Serialize};
use stampede_kernel::{CategoryId, Money, ProductId};
use stampede_persistence::entity::{product, sku};

use super::Sort;
use crate::search::SearchAfter;

/// A keyset query: filters and order.
pub(super) struct KeysetQuery {
    /// Categories; `None` for all.
    pub(super) categories: Option<Vec<CategoryId>>,
    pub(super) min_price: Option<Money>,
    pub(super) max_price: Option<Money>,
    pub(super) in_stock: bool,
    /// The order; [`Sort::Hot`] and [`Sort::Relevance`] belong to the search index and
    /// count here as [`Sort::New`].
    pub(super) sort: Sort,
}

/// The keyset position: the last product of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastSeen(Money, ProductId);

/// The start of a page.
pub(super) enum KeysetStart {
    After(LastSeen),
    Skip(u64),
}

impl LastSeen {
    pub(super) fn of(row: &product::Model) -> Self {
        Self(row.pay_price, row.id)
    }

    /// Converts the position for the search index.
    pub(super) fn search_after(self) -> SearchAfter {
        SearchAfter {
            price: Some(self.0),
            id: self.1,
        }
    }
}

impl KeysetQuery {
    /// Reads at most `limit` rows from `start` on.
    pub(super) async fn read(
        &self,
        db: &impl ConnectionTrait,
        start: KeysetStart,
        limit: u64,
    ) -> Result<Vec<product::Model>, DbErr> {
        let select = self.ordered(self.filtered());
        let select = match start {
            KeysetStart::After(last) => select.filter(self.following(last)),
            KeysetStart::Skip(rows) => select.offset(rows),
        };
        select.limit(limit).all(db).await
    }

    fn filtered(&self) -> Select<product::Entity> {
        let mut select = product::Entity::find().filter(product::Column::OnSale.eq(true));
        if let Some(categories) = &self.categories {
            select = select.filter(product::Column::CategoryId.is_in(categories.iter().copied()));
        }
        if let Some(price) = self.min_price {
            select = select.filter(product::Column::PayPrice.gte(price));
        }
        if let Some(price) = self.max_price {
            select = select.filter(product::Column::PayPrice.lte(price));
        }
        if self.in_stock {
            select = select.filter(has_stock());
        }
        select
    }

    /// Ids break ties, in the direction of the index, so that no product is on two pages.
    fn ordered(&self, select: Select<product::Entity>) -> Select<product::Entity> {
        let direction = match self.sort {
            Sort::Price => Order::Asc,
            Sort::New | Sort::PriceDescending | Sort::Hot | Sort::Relevance => Order::Desc,
        };
        let select = if self.by_price() {
            select.order_by(product::Column::PayPrice, direction.clone())
        } else {
            select
        };
        select.order_by(product::Column::Id, direction)
    }

    fn by_price(&self) -> bool {
        matches!(self.sort, Sort::Price | Sort::PriceDescending)
    }

    /// The bound on the price alone lets every database start inside its index.
    fn following(&self, LastSeen(price, id): LastSeen) -> SimpleExpr {
        let (column, ids) = (product::Column::PayPrice, product::Column::Id);
        match self.sort {
            Sort::Price => column.gte(price).and(column.gt(price).or(ids.gt(id))),
            Sort::PriceDescending => column.lte(price).and(column.lt(price).or(ids.lt(id))),
            Sort::New | Sort::Hot | Sort::Relevance => ids.lt(id),
        }
    }
}

fn has_stock() -> SimpleExpr {
    let units = Query::select()
        .expr(Expr::val(1))
        .from(sku::Entity)
        .and_where(
            Expr::col(sku::Column::ProductId.as_column_ref())
                .equals(product::Column::Id.as_column_ref()),
        )
        .and_where(sku::Column::Num.gt(0))
        .take();
    Expr::exists(units)
}
