//! Sweeps: deletion of expired rows in small transactions, which hold no lock for long.

use std::time::Duration;

use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::Timestamp;

use crate::Database;
use crate::entity::{feed, idempotency, job};
use crate::feed::RETENTION;

/// Rows per transaction.
const SLICE: u64 = 1_000;
/// How long stored answers of idempotency keys are kept.
const ANSWERS_KEPT: Duration = Duration::from_hours(48);
/// How long jobs that are done are kept.
const JOBS_KEPT: Duration = Duration::from_hours(7 * 24);

/// Sweeps this crate's own tables and returns the number of deleted rows.
pub async fn platform(db: &Database, now: Timestamp) -> Result<u64, DbErr> {
    let feed = slices::<feed::Entity>(
        db,
        feed::Column::Id,
        Condition::all().add(feed::Column::At.lt(now.minus(RETENTION))),
    )
    .await?;
    let jobs = slices::<job::Entity>(
        db,
        job::Column::Id,
        Condition::all().add(job::Column::DoneAt.lt(now.minus(JOBS_KEPT))),
    )
    .await?;
    let answers = answers(db, now.minus(ANSWERS_KEPT)).await?;
    Ok(feed + jobs + answers)
}

/// Deletes every row of `E` that meets `condition`, a thousand rows a transaction.
/// `id` is the table's single-column primary key.
pub async fn slices<E>(db: &Database, id: E::Column, condition: Condition) -> Result<u64, DbErr>
where
    E: EntityTrait,
{
    let mut gone = 0;
    loop {
        let ids: Vec<sea_orm::Value> = read_ids::<E>(db, id, condition.clone()).await?;
        if ids.is_empty() {
            return Ok(gone);
        }
        let tx = db.begin_write().await?;
        let deleted = E::delete_many()
            .filter(id.is_in(ids))
            .filter(condition.clone())
            .exec(&tx)
            .await?
            .rows_affected;
        tx.commit().await?;
        gone += deleted;
    }
}

async fn read_ids<E: EntityTrait>(
    db: &Database,
    id: E::Column,
    condition: Condition,
) -> Result<Vec<sea_orm::Value>, DbErr> {
    debug_assert_eq!(
        E::PrimaryKey::iter().count(),
        1,
        "slices go by a single-column key"
    );
    let rows = E::find()
        .filter(condition)
        .limit(SLICE)
        .all(db.reader())
        .await?;
    Ok(rows
        .iter()
        .map(|row| sea_orm::ModelTrait::get(row, id))
        .collect())
}

/// The idempotency table has a composite key; its slices go by time instead.
async fn answers(db: &Database, before: Timestamp) -> Result<u64, DbErr> {
    let mut gone = 0;
    loop {
        let last_of_slice = idempotency::Entity::find()
            .filter(idempotency::Column::CreatedAt.lt(before))
            .order_by_asc(idempotency::Column::CreatedAt)
            .offset(SLICE - 1)
            .one(db.reader())
            .await?;
        let slice = match &last_of_slice {
            Some(row) => idempotency::Column::CreatedAt.lte(row.created_at),
            None => idempotency::Column::CreatedAt.lt(before),
        };
        let tx = db.begin_write().await?;
        let deleted = idempotency::Entity::delete_many()
            .filter(slice)
            .exec(&tx)
            .await?;
        tx.commit().await?;
        gone += deleted.rows_affected;
        if last_of_slice.is_none() {
            return Ok(gone);
        }
    }
}
