//! Job metrics for `/metrics`.

use std::collections::BTreeMap;
use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QuerySelect};

use crate::Database;
use crate::entity::job;

/// How often jobs are counted.
const EVERY: Duration = Duration::from_secs(15);

/// Jobs of one kind that are not done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobCount {
    /// Jobs that wait or run.
    pub open: i64,
    /// Jobs that were given up and wait for an operator.
    pub parked: i64,
}

/// Counts the jobs of each kind that are not done.
///
/// # Errors
///
/// When the table cannot be read.
pub async fn counts(db: &Database) -> Result<BTreeMap<String, JobCount>, DbErr> {
    let rows: Vec<(String, i64, i64)> = job::Entity::find()
        .select_only()
        .column(job::Column::Kind)
        .column_as(Expr::col(job::Column::Id).count(), "all_of_them")
        .column_as(Expr::col(job::Column::ParkedAt).count(), "parked")
        .filter(job::Column::DoneAt.is_null())
        .group_by(job::Column::Kind)
        .into_tuple()
        .all(db.reader())
        .await?;
    let count = |all: i64, parked: i64| JobCount {
        open: all.saturating_sub(parked),
        parked,
    };
    let counts = rows.into_iter();
    Ok(counts
        .map(|(kind, all, parked)| (kind, count(all, parked)))
        .collect())
}

/// Updates the gauges `stampede_jobs_open` and `stampede_jobs_parked` by kind, in an
/// endless loop.
pub async fn measure(db: Database) {
    let mut known = BTreeMap::new();
    loop {
        match counts(&db).await {
            Ok(counts) => {
                // A kind whose last job ended has no row, and its gauges must say so.
                for count in known.values_mut() {
                    *count = JobCount::default();
                }
                known.extend(counts);
                show(&known);
            }
            Err(error) => tracing::warn!(%error, "jobs could not be counted"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

fn show(counts: &BTreeMap<String, JobCount>) {
    for (kind, count) in counts {
        let figure = |count: i64| i32::try_from(count).map_or(f64::MAX, f64::from);
        metrics::gauge!("stampede_jobs_open", "kind" => kind.clone()).set(figure(count.open));
        metrics::gauge!("stampede_jobs_parked", "kind" => kind.clone()).set(figure(count.parked));
    }
}
