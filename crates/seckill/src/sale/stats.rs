//! The admins' list of sales, and what became of the claims in them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use stampede_kernel::{Cursor, Page, PageSize, SaleId, Timestamp};
use stampede_order::stats::paid_units;
use stampede_persistence::entity::ticket;
use stampede_persistence::entity::ticket::TicketState;
use stampede_persistence::{Database, integer_sum};

use super::store::{self, Row};
use super::{Sale, SaleError};
use crate::sales::Sales;

/// The name of the list in its cursors.
const LIST: &str = "sales";

/// A sale with the units of the claims in it. A claim that the gate turned away is not
/// among them: it leaves no trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleConversion {
    /// The sale.
    pub sale: Sale,
    /// Units of admitted claims.
    pub claimed: i64,
    /// Units of claims that won, whatever became of their orders.
    pub won: i64,
    /// Units of paid orders.
    pub paid: i64,
}

impl Sales {
    /// Reads a page of all sales, newest first.
    pub(super) async fn page(
        &self,
        size: PageSize,
        cursor: Option<&Cursor>,
    ) -> Result<Page<Sale>, SaleError> {
        let below = match cursor {
            Some(cursor) => Some(cursor.place::<SaleId>(LIST)?),
            None => None,
        };
        let rows = store::page(self.context.db.reader(), below, size.get() + 1).await?;
        let page = Page::cut(rows, size, LIST, |(sale, _)| sale.id);
        Ok(Page {
            items: self.shown_rows(page.items).await?,
            next: page.next,
            total: None,
        })
    }

    /// Reads the last `limit` sales whose window overlaps the time from `since` on.
    pub(super) async fn conversions_since(
        &self,
        since: Timestamp,
        limit: u64,
    ) -> Result<Vec<SaleConversion>, SaleError> {
        let db = &self.context.db;
        let now = self.context.clock.now();
        let rows = store::overlapping(db.reader(), since, now, limit).await?;
        let ids: Vec<_> = rows.iter().map(|(sale, _)| sale.id).collect();
        let (claimed, won) = claims(db, &ids).await?;
        let paid: HashMap<_, _> = paid_units(db, &ids).await?.into_iter().collect();
        let of = |units: &HashMap<_, _>, sale| units.get(&sale).copied().unwrap_or(0);
        let sales = self.shown_rows(rows).await?.into_iter();
        Ok(sales
            .map(|sale| SaleConversion {
                claimed: of(&claimed, sale.id),
                won: of(&won, sale.id),
                paid: of(&paid, sale.id),
                sale,
            })
            .collect())
    }

    async fn shown_rows(&self, rows: Vec<Row>) -> Result<Vec<Sale>, SaleError> {
        let configs = self.context.configs(rows).await?;
        let sales = configs.iter().map(|config| self.shown(config));
        futures::future::try_join_all(sales).await
    }
}

type Units = HashMap<SaleId, i64>;

/// Units of all tickets and of those that won, by sale.
async fn claims(db: &Database, sales: &[SaleId]) -> Result<(Units, Units), DbErr> {
    let (mut claimed, mut won) = (Units::new(), Units::new());
    for (sale, state, units) in by_state(db, sales).await? {
        *claimed.entry(sale).or_default() += units;
        match state {
            TicketState::Ordered | TicketState::Released => *won.entry(sale).or_default() += units,
            TicketState::Refused => {}
        }
    }
    Ok((claimed, won))
}

async fn by_state(
    db: &Database,
    sales: &[SaleId],
) -> Result<Vec<(SaleId, TicketState, i64)>, DbErr> {
    ticket::Entity::find()
        .filter(ticket::Column::SaleId.is_in(sales.iter().copied()))
        .select_only()
        .columns([ticket::Column::SaleId, ticket::Column::State])
        .column_as(integer_sum(db, ticket::Column::Units), "units")
        .group_by(ticket::Column::SaleId)
        .group_by(ticket::Column::State)
        .into_tuple()
        .all(db.reader())
        .await
}
