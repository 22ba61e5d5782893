//! Operators' view of jobs: list what waits or was given up, and retry it.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, UpdateMany,
};
use serde_json::json;
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{Cursor, CursorMismatch, Page, PageSize, Refusal, Refuse, Timestamp, UserId};

use crate::audit_log::{self, AuditEntry};
use crate::entity::job;
use crate::{Database, database_refusal, impl_conflict, retrying};

/// Maximum length of a shown error, in characters.
const ERROR_SHOWN: usize = 300;
/// Words of this many characters are masked, for they may be tokens.
const LONGEST_WORD: usize = 48;
/// Jobs that one transaction makes due again.
const SLICE: u64 = 500;

/// A job that is not done, without its payload, which may hold personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: i64,
    /// The kind: `mail.order`, `webhook.delivery` …
    pub kind: String,
    /// The state of the job.
    pub state: JobState,
    /// How often it was attempted.
    pub attempts: i32,
    /// When it was first due.
    pub created_at: Timestamp,
    /// The earliest time of the next attempt.
    pub run_at: Timestamp,
    /// When it was given up.
    pub parked_at: Option<Timestamp>,
    /// The error of the last attempt, without addresses and tokens.
    pub last_error: Option<String>,
}

/// The state of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// The job waits for its time.
    Waiting,
    /// A process runs the job.
    Running,
    /// The job was given up: only an operator's retry makes it run again.
    Parked,
}

/// Errors of listing and retrying jobs.
#[derive(Debug, thiserror::Error)]
pub enum JobsError {
    /// There is no such job, or it is done.
    #[error("the job does not exist, or it is done")]
    NotFound,
    /// The cursor is not one of this list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The database failed; nothing was changed.
    #[error("jobs could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for JobsError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl_conflict!(JobsError: Database);

/// Jobs that are not done, newest first: all of them, only those that are parked, or
/// only those that are not.
///
/// # Errors
///
/// [`JobsError::Cursor`] for the cursor of another list.
pub async fn list(
    db: &Database,
    parked: Option<bool>,
    size: PageSize,
    cursor: Option<&Cursor>,
    now: Timestamp,
) -> Result<Page<Job>, JobsError> {
    let list = match parked {
        None => "job",
        Some(true) => "job:parked",
        Some(false) => "job:open",
    };
    let mut query = job::Entity::find().filter(job::Column::DoneAt.is_null());
    if let Some(parked) = parked {
        query = query.filter(if parked {
            job::Column::ParkedAt.is_not_null()
        } else {
            job::Column::ParkedAt.is_null()
        });
    }
    if let Some(cursor) = cursor {
        query = query.filter(job::Column::Id.lt(cursor.place::<i64>(list)?));
    }
    let rows = query
        .order_by_desc(job::Column::Id)
        .limit(size.get() + 1)
        .all(db.reader())
        .await?;
    Ok(Page::cut(rows, size, list, |row| row.id).map(|row| shown(row, now)))
}

/// Makes a parked or waiting job due now, and starts its retry policy anew. A running
/// job is left alone.
///
/// # Errors
///
/// [`JobsError::NotFound`] for a job that does not exist or is done.
pub async fn retry(
    db: &Database,
    actor: Option<UserId>,
    id: i64,
    now: Timestamp,
) -> Result<Job, JobsError> {
    let job = retrying(|| retry_within(db, actor, id, now)).await?;
    db.wake_workers();
    Ok(shown(job, now))
}

async fn retry_within(
    db: &Database,
    actor: Option<UserId>,
    id: i64,
    now: Timestamp,
) -> Result<job::Model, JobsError> {
    let tx = db.begin_write().await?;
    let idle = Condition::any()
        .add(job::Column::ParkedAt.is_not_null())
        .add(job::Column::ClaimedUntil.is_null())
        .add(job::Column::ClaimedUntil.lte(now));
    let retried = due_now(now)
        .filter(job::Column::Id.eq(id))
        .filter(idle)
        .exec(&tx)
        .await?;
    let row = job::Entity::find_by_id(id)
        .filter(job::Column::DoneAt.is_null())
        .one(&tx)
        .await?
        .ok_or(JobsError::NotFound)?;
    if retried.rows_affected == 1 {
        let detail = json!({ "kind": row.kind });
        log(&tx, actor, format!("job:{id}"), &detail, now).await?;
        tx.commit().await?;
    }
    Ok(row)
}

/// Makes every parked job due now and returns their number.
///
/// # Errors
///
/// When the database fails: the jobs of earlier slices are due then.
pub async fn retry_all(db: &Database, actor: Option<UserId>, now: Timestamp) -> Result<u64, DbErr> {
    let mut above = 0;
    let mut count = 0;
    loop {
        let ids: Vec<i64> = job::Entity::find()
            .select_only()
            .column(job::Column::Id)
            .filter(job::Column::DoneAt.is_null())
            .filter(job::Column::ParkedAt.is_not_null())
            .filter(job::Column::Id.gt(above))
            .order_by_asc(job::Column::Id)
            .limit(SLICE)
            .into_tuple()
            .all(db.reader())
            .await?;
        let Some(last) = ids.last() else {
            return Ok(count);
        };
        above = *last;
        count += retrying(|| retry_slice(db, actor, &ids, now)).await?;
        db.wake_workers();
    }
}

async fn retry_slice(
    db: &Database,
    actor: Option<UserId>,
    ids: &[i64],
    now: Timestamp,
) -> Result<u64, DbErr> {
    let tx = db.begin_write().await?;
    let retried = due_now(now)
        .filter(job::Column::Id.is_in(ids.iter().copied()))
        .filter(job::Column::ParkedAt.is_not_null())
        .exec(&tx)
        .await?
        .rows_affected;
    let detail = json!({ "count": retried });
    log(&tx, actor, "job:parked".to_owned(), &detail, now).await?;
    tx.commit().await?;
    Ok(retried)
}

/// `attempts` stays: it is the fencing token that stops a worker whose claim has
/// lapsed.
fn due_now(now: Timestamp) -> UpdateMany<job::Entity> {
    job::Entity::update_many()
        .col_expr(job::Column::ParkedAt, Expr::value(None::<i64>))
        .col_expr(job::Column::ClaimedUntil, Expr::value(None::<i64>))
        .col_expr(job::Column::RunAt, Expr::value(now))
        .col_expr(job::Column::Failures, Expr::value(0))
        .col_expr(job::Column::Lost, Expr::value(0))
        .filter(job::Column::DoneAt.is_null())
}

async fn log(
    tx: &DatabaseTransaction,
    actor: Option<UserId>,
    target: String,
    detail: &serde_json::Value,
    now: Timestamp,
) -> Result<(), DbErr> {
    let act = AuditEntry {
        actor,
        action: "job.retry",
        target,
        detail: detail.to_string(),
    };
    audit_log::write(tx, act, now).await
}

fn shown(row: job::Model, now: Timestamp) -> Job {
    let running = row.claimed_until.is_some_and(|until| until > now);
    let state = match (row.parked_at, running) {
        (Some(_), _) => JobState::Parked,
        (None, true) => JobState::Running,
        (None, false) => JobState::Waiting,
    };
    Job {
        id: row.id,
        kind: row.kind,
        state,
        attempts: row.attempts,
        created_at: row.created_at,
        run_at: row.run_at,
        parked_at: row.parked_at,
        last_error: row.last_error.as_deref().map(without_secrets),
    }
}

/// Masks e-mail addresses, which mail servers repeat, and long words, which may be
/// tokens.
fn without_secrets(error: &str) -> String {
    let word = |word: &str| {
        if word.contains('@') {
            "[address]".to_owned()
        } else if word.chars().count() > LONGEST_WORD {
            "[…]".to_owned()
        } else {
            word.to_owned()
        }
    };
    let words = error.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).map(word).collect();
    words.join(" ").chars().take(ERROR_SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_shown_without_addresses_tokens_and_line_breaks() {
        let token = "x".repeat(LONGEST_WORD + 1);
        let error = format!("550 <alice@example.com>:\r\n user unknown {token}");

        assert_eq!(without_secrets(&error), "550 [address] user unknown […]");
        assert_eq!(without_secrets(&"so ".repeat(1_000)).len(), ERROR_SHOWN);
    }
}
