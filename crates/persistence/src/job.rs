//! Work for one process: pushed in the transaction of its cause, claimed by
//! lease, run at least once, parked after too many failures.

use std::collections::{BTreeMap, HashMap};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fail::fail_point;
use futures::FutureExt;
use futures::future::join_all;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait,
    QueryFilter, QueryOrder, QuerySelect, UpdateMany,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use stampede_kernel::{Clock, Timestamp};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::entity::job;
use crate::{Database, insert_all, retrying};

/// How long a claim lasts; a worker that dies holds its job no longer than this.
const LEASE: Duration = Duration::from_mins(1);
/// How often a process looks for jobs that nobody woke it for.
const POLL: Duration = Duration::from_millis(500);
/// Requests go first: a group of workers rests four times as long as its last jobs
/// took, and at most so long. After a sale there are two jobs for each of its
/// orders, and whoever does them holds the writer that claims wait for.
const REST: (u32, Duration) = (4, Duration::from_millis(250));
/// How many jobs of a kind a process claims at once, and runs side by side.
const BATCH: u64 = 64;
/// After so many failures a job is parked.
const MAX_ATTEMPTS: i32 = 10;
/// How much of an error is kept, in characters.
const ERROR_KEPT: usize = 1_000;

/// A job's kind and what it is about, as one type: `payload` is its JSON.
pub trait Payload: Serialize + DeserializeOwned + Send {
    /// The name in the `job` table, such as `mail.proof`. At most 64 bytes.
    const KIND: &'static str;
}

/// Pushes a job; it exists if and only if `tx` commits. Call
/// [`Database::wake_workers`] after the commit.
pub async fn push<P: Payload>(
    tx: &impl ConnectionTrait,
    payload: &P,
    run_at: Timestamp,
) -> Result<(), DbErr> {
    push_all(tx, std::slice::from_ref(payload), run_at).await
}

/// Pushes many jobs of one kind, in as few statements as there can be.
pub async fn push_all<P: Payload>(
    tx: &impl ConnectionTrait,
    payloads: &[P],
    run_at: Timestamp,
) -> Result<(), DbErr> {
    let rows = payloads
        .iter()
        .map(|payload| row(payload, run_at))
        .collect::<Result<Vec<_>, _>>()?;
    insert_all::<job::Entity, _>(tx, rows).await?;
    fail_point!("job.pushed");
    Ok(())
}

fn row<P: Payload>(payload: &P, run_at: Timestamp) -> Result<job::ActiveModel, DbErr> {
    let payload = serde_json::to_string(payload).map_err(|error| DbErr::Json(error.to_string()))?;
    Ok(job::ActiveModel {
        kind: Set(P::KIND.to_owned()),
        payload: Set(payload),
        run_at: Set(run_at),
        attempts: Set(0),
        created_at: Set(run_at),
        ..Default::default()
    })
}

/// Jobs of a kind that are not done, parked ones too; for audits.
///
/// # Errors
///
/// When the table cannot be read, or a payload is not one of this kind.
pub async fn open<P: Payload>(db: &impl ConnectionTrait) -> Result<Vec<P>, DbErr> {
    let open = job::Entity::find()
        .filter(job::Column::Kind.eq(P::KIND))
        .filter(job::Column::DoneAt.is_null())
        .all(db)
        .await?;
    let read = |row: &job::Model| serde_json::from_str(&row.payload);
    let payloads = open.iter().map(read).collect::<Result<_, _>>();
    payloads.map_err(|error| DbErr::Json(error.to_string()))
}

/// Why a job did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Worth another try later, with growing pauses.
    #[error("{0}")]
    Retry(String),
    /// It will never succeed: parked at once.
    #[error("{0}")]
    Hopeless(String),
}

impl From<DbErr> for JobError {
    fn from(error: DbErr) -> Self {
        Self::Retry(error.to_string())
    }
}

/// Runs the jobs of one kind. May be called twice for one job, also at once.
#[async_trait]
pub trait Worker: Send + Sync {
    /// The kind it runs, a [`Payload::KIND`].
    fn kind(&self) -> &'static str;

    /// Does the work that `payload` (JSON) describes.
    async fn run(&self, payload: &str) -> Result<(), JobError>;
}

/// A job and how it went.
type End = (job::Model, Result<(), JobError>);

/// The workers of one process.
pub struct Workers {
    db: Database,
    clock: Arc<dyn Clock>,
    each: Vec<Arc<dyn Worker>>,
}

impl Workers {
    /// Workers that claim jobs of their own kinds only.
    pub fn new(db: Database, clock: Arc<dyn Clock>, workers: Vec<Arc<dyn Worker>>) -> Self {
        let each = workers;
        Self { db, clock, each }
    }

    /// Claims and runs what is due now, once, and says how many jobs that were.
    pub async fn run_due(&self) -> Result<usize, DbErr> {
        let due = self.claim().await?;
        let count = due.len();
        // Storing ends and working go on side by side: a job may hold the one
        // writer that a stored end waits for.
        let (ended, ends) = mpsc::unbounded_channel();
        let work = async move {
            let all = due.into_iter().map(|job| async {
                let outcome = self.work(&job).await;
                // Heard as long as this function waits.
                let _ = ended.send((job, outcome));
            });
            join_all(all).await;
        };
        tokio::join!(work, self.finish(ends));
        Ok(count)
    }

    /// Runs jobs for ever, woken by this process's commits and by a poll.
    pub async fn run(self) {
        let mut nudges = self.db.worker_nudges();
        loop {
            let began = Instant::now();
            match self.run_due().await {
                Ok(0) => {
                    let _ = tokio::time::timeout(POLL, nudges.changed()).await;
                }
                Ok(_) => tokio::time::sleep((began.elapsed() * REST.0).min(REST.1)).await,
                Err(error) => {
                    tracing::warn!(%error, "jobs could not be claimed");
                    tokio::time::sleep(POLL).await;
                }
            }
        }
    }

    async fn claim(&self) -> Result<Vec<job::Model>, DbErr> {
        let now = self.clock.now();
        let mut due = Vec::new();
        for worker in &self.each {
            due.extend(self.due(worker.kind(), now).await?);
        }
        if due.is_empty() {
            return Ok(due);
        }
        retrying(|| self.win(&due, now)).await
    }

    /// One kind at a time, in the order of its index: of all that waits no more
    /// is looked at than is taken.
    async fn due(&self, kind: &str, now: Timestamp) -> Result<Vec<job::Model>, DbErr> {
        job::Entity::find()
            .filter(job::Column::Kind.eq(kind))
            .filter(due_at(now))
            .order_by_asc(job::Column::RunAt)
            .order_by_asc(job::Column::Id)
            .limit(BATCH)
            .all(self.db.reader())
            .await
    }

    /// Claims those that nobody else has claimed or is claiming: of two processes
    /// one wins a job, and neither waits for the other.
    async fn win(&self, due: &[job::Model], now: Timestamp) -> Result<Vec<job::Model>, DbErr> {
        let tx = self.db.begin_write().await?;
        let attempts: HashMap<i64, i32> = job::Entity::find()
            .select_only()
            .columns([job::Column::Id, job::Column::Attempts])
            .filter(job::Column::Id.is_in(due.iter().map(|job| job.id)))
            .filter(due_at(now))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .into_tuple()
            .all(&tx)
            .await?
            .into_iter()
            .collect();
        let once_more = Expr::col(job::Column::Attempts).add(1);
        job::Entity::update_many()
            .col_expr(job::Column::ClaimedUntil, Expr::value(now.plus(LEASE)))
            .col_expr(job::Column::Attempts, once_more)
            .filter(job::Column::Id.is_in(attempts.keys().copied()))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        let won = |job: &job::Model| {
            let attempts = attempts.get(&job.id)? + 1;
            Some(job::Model {
                attempts,
                ..job.clone()
            })
        };
        Ok(due.iter().filter_map(won).collect())
    }

    /// A worker that panics or outlasts its lease has failed; it must not take
    /// the others along.
    async fn work(&self, job: &job::Model) -> Result<(), JobError> {
        if job.attempts > MAX_ATTEMPTS {
            let every = "every attempt ended with its process";
            return Err(JobError::Hopeless(every.to_owned()));
        }
        let Some(worker) = self.each.iter().find(|worker| worker.kind() == job.kind) else {
            return Err(JobError::Retry(format!("no worker for {}", job.kind)));
        };
        let running = AssertUnwindSafe(worker.run(&job.payload)).catch_unwind();
        match tokio::time::timeout(LEASE, running).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(JobError::Retry("the worker panicked".to_owned())),
            Err(_) => Err(JobError::Retry("the worker outlasted its lease".to_owned())),
        }
    }

    /// Stores what ended together in one transaction: a commit costs as much as
    /// many of its updates.
    async fn finish(&self, mut ends: mpsc::UnboundedReceiver<End>) {
        let mut together = Vec::new();
        while ends.recv_many(&mut together, usize::MAX).await > 0 {
            fail_point!("job.worked");
            if let Err(error) = retrying(|| self.store(&together)).await {
                let jobs = together.len();
                tracing::warn!(%error, jobs, "the end of jobs could not be stored; their leases will lapse");
            }
            together.clear();
        }
    }

    async fn store(&self, ended: &[End]) -> Result<(), DbErr> {
        let now = self.clock.now();
        let mut done = BTreeMap::<i32, Vec<i64>>::new();
        let tx = self.db.begin_write().await?;
        for (job, outcome) in ended {
            match outcome {
                Ok(()) => done.entry(job.attempts).or_default().push(job.id),
                Err(error) => {
                    failed(job, error, now).exec(&tx).await?;
                }
            }
        }
        for (attempts, ids) in done {
            claimed(ids, attempts)
                .col_expr(job::Column::DoneAt, Expr::value(now))
                .exec(&tx)
                .await?;
        }
        tx.commit().await
    }
}

/// Those of the jobs that no other worker has by now: `attempts` is the fencing
/// token of a claim, whose lease may have lapsed.
fn claimed(ids: Vec<i64>, attempts: i32) -> UpdateMany<job::Entity> {
    job::Entity::update_many()
        .filter(job::Column::Id.is_in(ids))
        .filter(job::Column::Attempts.eq(attempts))
}

/// To be run at `now`, and not claimed.
fn due_at(now: Timestamp) -> Condition {
    let unclaimed = Condition::any()
        .add(job::Column::ClaimedUntil.is_null())
        .add(job::Column::ClaimedUntil.lte(now));
    Condition::all()
        .add(job::Column::DoneAt.is_null())
        .add(job::Column::ParkedAt.is_null())
        .add(job::Column::RunAt.lte(now))
        .add(unclaimed)
}

/// Parks the job or makes it due again after a pause.
fn failed(job: &job::Model, error: &JobError, now: Timestamp) -> UpdateMany<job::Entity> {
    tracing::warn!(%error, job.id, job.kind, job.attempts, "a job failed");
    let text: String = error.to_string().chars().take(ERROR_KEPT).collect();
    let update =
        claimed(vec![job.id], job.attempts).col_expr(job::Column::LastError, Expr::value(text));
    if matches!(error, JobError::Hopeless(_)) || job.attempts >= MAX_ATTEMPTS {
        return update.col_expr(job::Column::ParkedAt, Expr::value(now));
    }
    let again = now.plus(pause(job.attempts));
    update
        .col_expr(job::Column::RunAt, Expr::value(again))
        .col_expr(job::Column::ClaimedUntil, Expr::value(None::<i64>))
}

/// 2 s after the first failure, doubling, at most an hour.
fn pause(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 12)).unwrap_or(1);
    Duration::from_secs(2_u64.pow(doublings)).min(Duration::from_hours(1))
}
