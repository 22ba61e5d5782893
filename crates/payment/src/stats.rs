//! Statistics of payments. Rehearsals need no filter: nobody pays for what they order.

use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, Select};
use stampede_kernel::{DaySpan, Money};
use stampede_persistence::entity::entry;
use stampede_persistence::{ByDay, Database, by_day, integer_sum};

use crate::Account;

/// Sums up payments less refunds by day, in minor units.
///
/// # Errors
///
/// When the ledger cannot be read.
pub async fn revenue_by_day(db: &Database, span: DaySpan) -> Result<ByDay, DbErr> {
    let earned = integer_sum(db, entry::Column::Amount);
    by_day(db, revenue(), entry::Column::CreatedAt, earned, span).await
}

/// Sums up refunds by day, in minor units, as positive amounts.
///
/// # Errors
///
/// When the ledger cannot be read.
pub async fn refunds_by_day(db: &Database, span: DaySpan) -> Result<ByDay, DbErr> {
    let refunds = revenue().filter(entry::Column::Amount.lt(Money::ZERO));
    let returned = integer_sum(db, entry::Column::Amount).mul(-1_i64);
    by_day(db, refunds, entry::Column::CreatedAt, returned, span).await
}

fn revenue() -> Select<entry::Entity> {
    entry::Entity::find().filter(entry::Column::AccountId.eq(Account::Revenue.id()))
}
