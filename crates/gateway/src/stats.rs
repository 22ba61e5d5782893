//! Figures for the admin's first page.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QuerySelect};
use stampede_kernel::{Clock, Timestamp};
use stampede_persistence::Database;
use stampede_persistence::entity::user;

/// How many days are told, today included.
const DAYS: u32 = 30;
const DAY: Duration = Duration::from_hours(24);
const DAY_MS: i64 = 86_400_000;

/// Counts by day, UTC.
#[derive(Clone)]
pub(crate) struct Stats {
    db: Database,
    clock: Arc<dyn Clock>,
}

impl Stats {
    /// Figures of `db`.
    pub(crate) fn new(db: Database, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    /// Registrations of the last thirty days, oldest first, also of days without any.
    pub(crate) async fn users_by_day(&self) -> Result<Vec<(Timestamp, i64)>, DbErr> {
        let days = self.days();
        let first = days.first().copied().unwrap_or(Timestamp(0));
        let day = Expr::col(user::Column::CreatedAt)
            .sub(Expr::col(user::Column::CreatedAt).modulo(DAY_MS));
        let counted: Vec<(i64, i64)> = user::Entity::find()
            .select_only()
            .column_as(day, "day")
            .column_as(user::Column::Id.count(), "registered")
            .filter(user::Column::CreatedAt.gte(first))
            // By the name: PostgreSQL does not see that two bound expressions are one.
            .group_by(Expr::col("day"))
            .into_tuple()
            .all(self.db.reader())
            .await?;
        let count = |day: &Timestamp| {
            let found = counted.iter().find(|(at, _)| *at == day.0);
            found.map_or(0, |(_, registered)| *registered)
        };
        Ok(days.iter().map(|day| (*day, count(day))).collect())
    }

    fn days(&self) -> Vec<Timestamp> {
        let now = self.clock.now();
        let today = Timestamp(now.0 - now.0.rem_euclid(DAY_MS));
        (0..DAYS).rev().map(|ago| today.minus(DAY * ago)).collect()
    }
}
