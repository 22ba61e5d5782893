//! Figures by day, for statistics.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Func, SimpleExpr};
use sea_orm::{
    ColumnTrait, DatabaseBackend, DbErr, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect,
    Select,
};
use stampede_kernel::{DaySpan, Timestamp};

use crate::Database;

/// A figure for each day of a span, and its sum over as many days before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByDay {
    /// Each day with its figure, oldest first, also days without events.
    pub days: Vec<(Timestamp, i64)>,
    /// The sum over all days of the span.
    pub sum: i64,
    /// The sum over the span of as many days before.
    pub before: i64,
}

/// Sums up `figure` of the rows by the day of `time`, for `span` and as many days before
/// it, by one statement.
///
/// # Errors
///
/// When the rows cannot be read, or a sum leaves the range of an `i64`.
pub async fn by_day<E: EntityTrait>(
    db: &Database,
    rows: Select<E>,
    time: E::Column,
    figure: SimpleExpr,
    span: DaySpan,
) -> Result<ByDay, DbErr> {
    let column = time.into_simple_expr();
    let day = column.clone().sub(column.modulo(DaySpan::DAY_MS));
    let found: Vec<(i64, i64)> = rows
        .filter(time.gte(span.doubled().start()))
        .select_only()
        .column_as(day, "day")
        .column_as(figure, "figure")
        // By the name: PostgreSQL does not see that two bound expressions are one.
        .group_by(Expr::col("day"))
        .into_tuple()
        .all(db.reader())
        .await?;
    let found: HashMap<_, _> = found.into_iter().collect();
    let of = |day: Timestamp| (day, found.get(&day.0).copied().unwrap_or(0));
    let (before, days): (Vec<_>, Vec<_>) =
        (span.doubled().days().map(of)).partition(|(day, _)| *day < span.start());
    Ok(ByDay {
        sum: checked_sum(&days)?,
        before: checked_sum(&before)?,
        days,
    })
}

/// The sum of an integer expression as an integer, 0 without rows: a sum is a decimal on
/// two of the three databases.
pub fn integer_sum(db: &Database, expression: impl IntoSimpleExpr) -> SimpleExpr {
    let integer = match db.backend() {
        DatabaseBackend::MySql => "SIGNED",
        _ => "BIGINT",
    };
    let sum = Func::sum(expression.into_simple_expr());
    Expr::expr(Func::coalesce([
        Expr::expr(sum).cast_as(integer),
        Expr::val(0_i64),
    ]))
}

fn checked_sum(days: &[(Timestamp, i64)]) -> Result<i64, DbErr> {
    let sum = days
        .iter()
        .try_fold(0_i64, |sum, (_, figure)| sum.checked_add(*figure));
    sum.ok_or_else(|| DbErr::Type("a sum over days is out of range".to_owned()))
}
