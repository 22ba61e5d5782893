//! Queries of the admin statistics.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::{Expr, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, DatabaseBackend, EntityTrait, ExprTrait, IntoSimpleExpr, QueryFilter,
    QuerySelect, Select,
};
use stampede_kernel::{Clock, Timestamp};
use stampede_payment::Account;
use stampede_persistence::entity::{entry, order, sale, user};
use stampede_persistence::{Database, DatabaseError};
use uuid::Uuid;

/// Days in the statistics, today included.
const DAYS: u32 = 30;
const DAY: Duration = Duration::from_hours(24);
const DAY_MS: i64 = 86_400_000;

/// A number for each day, in UTC, oldest first, also for days without events.
pub(crate) type ByDay = Vec<(Timestamp, i64)>;

/// Counts and sums by day, UTC.
#[derive(Clone)]
pub(crate) struct Stats {
    db: Database,
    clock: Arc<dyn Clock>,
}

impl Stats {
    /// Statistics of `db`.
    pub(crate) fn new(db: Database, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    /// Registrations of the last thirty days.
    pub(crate) async fn users_by_day(&self) -> Result<ByDay, DatabaseError> {
        let created = user::Column::CreatedAt;
        let recent = user::Entity::find()
            .filter(created.gte(self.first_day()))
            .filter(user::Column::Rehearsal.eq(false));
        self.by_day(recent, created, user::Column::Id.count()).await
    }

    /// Orders placed in the last thirty days. Their ids begin with the time they
    /// were made, so that no other order is read.
    pub(crate) async fn orders_by_day(&self) -> Result<ByDay, DatabaseError> {
        let recent = order::Entity::find()
            .filter(order::Column::Id.gte(id_of(self.first_day())))
            .filter(outside_rehearsals());
        self.by_day(recent, order::Column::CreatedAt, order::Column::Id.count())
            .await
    }

    /// Payments less refunds of the last thirty days, in minor units.
    pub(crate) async fn revenue_by_day(&self) -> Result<ByDay, DatabaseError> {
        let created = entry::Column::CreatedAt;
        let recent = entry::Entity::find()
            .filter(entry::Column::AccountId.eq(Account::Revenue.id()))
            .filter(created.gte(self.first_day()));
        // A sum is a decimal on two of the three databases.
        let integer = match self.db.reader().get_database_backend() {
            DatabaseBackend::MySql => "SIGNED",
            _ => "BIGINT",
        };
        let earned = entry::Column::Amount.sum().cast_as(integer);
        self.by_day(recent, created, earned).await
    }

    /// `figure` of the rows, by the day of `time`.
    async fn by_day<E: EntityTrait>(
        &self,
        rows: Select<E>,
        time: impl IntoSimpleExpr,
        figure: SimpleExpr,
    ) -> Result<ByDay, DatabaseError> {
        let time = time.into_simple_expr();
        let day = time.clone().sub(time.modulo(DAY_MS));
        let found: Vec<(i64, i64)> = rows
            .select_only()
            .column_as(day, "day")
            .column_as(figure, "figure")
            // By the name: PostgreSQL does not see that two bound expressions are one.
            .group_by(Expr::col("day"))
            .into_tuple()
            .all(self.db.reader())
            .await?;
        let of = |day: &Timestamp| {
            let found = found.iter().find(|(at, _)| *at == day.0);
            found.map_or(0, |(_, figure)| *figure)
        };
        Ok(self.days().iter().map(|day| (*day, of(day))).collect())
    }

    fn days(&self) -> Vec<Timestamp> {
        let now = self.clock.now();
        let today = Timestamp(now.0 - now.0.rem_euclid(DAY_MS));
        (0..DAYS).rev().map(|ago| today.minus(DAY * ago)).collect()
    }

    fn first_day(&self) -> Timestamp {
        self.days().first().copied().unwrap_or(Timestamp(0))
    }
}

/// Orders of everyday or of a real sale. Revenue needs no such filter: nobody
/// pays for what a rehearsal ordered.
fn outside_rehearsals() -> Condition {
    let rehearsals = Query::select()
        .column(sale::Column::Id)
        .from(sale::Entity)
        .and_where(sale::Column::Rehearsal.eq(true))
        .take();
    Condition::any()
        .add(order::Column::SeckillId.is_null())
        .add(order::Column::SeckillId.not_in_subquery(rehearsals))
}

/// The smallest `UUIDv7` of a moment.
fn id_of(moment: Timestamp) -> Uuid {
    let millis = u64::try_from(moment.0).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}
