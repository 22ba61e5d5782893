//! The worker loops: one for each kind of job, so that no kind waits for another, and
//! no job for the slowest of its kind.

use std::collections::{BTreeMap, HashMap};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use fail::fail_point;
use futures::FutureExt;
use futures::future::join_all;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect, UpdateMany,
};
use stampede_kernel::{Clock, Timestamp};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use super::policy::GivenUp;
use super::{JobError, SharedWorker};
use crate::entity::job;
use crate::{Database, padded, retrying};

/// How long a claim lasts; a worker that dies holds its job no longer than this.
const LEASE: Duration = Duration::from_mins(1);
/// How often a loop polls for jobs of other processes.
const POLL: Duration = Duration::from_millis(500);
/// Requests have priority: after each round a loop pauses for four times as long as the
/// round kept the database busy, and at most `MAX_COOL_DOWN`. After a sale there are
/// two jobs for each of its orders, and their workers hold the writer that claims wait
/// for.
const COOL_DOWN_FACTOR: u32 = 4;
const MAX_COOL_DOWN: Duration = Duration::from_millis(250);
/// How long a round waits for its jobs. Slower jobs are stored by a later round, so
/// that the loop does not wait for them.
const ROUND: Duration = Duration::from_millis(60);
/// Maximum length of a stored error, in characters.
const ERROR_KEPT: usize = 1_000;

/// A finished job with its outcome.
type Completion = (job::Model, Result<(), JobError>);

/// A job that this process has claimed.
struct Claimed {
    job: job::Model,
    /// The end of the lease, which began when the claim was written.
    until: Timestamp,
}

/// The workers of one process.
pub struct Workers {
    db: Database,
    clock: Arc<dyn Clock>,
    each: Vec<SharedWorker>,
}

impl Workers {
    /// Creates workers, each of which claims jobs of its own kind only.
    pub fn new(db: Database, clock: Arc<dyn Clock>, workers: Vec<SharedWorker>) -> Self {
        let each = workers;
        Self { db, clock, each }
    }

    /// Runs one round: claims the due jobs within the concurrency limits, waits for
    /// them, and returns their number.
    pub async fn run_due(&self) -> Result<usize, DbErr> {
        let mut count = 0;
        for worker in &self.each {
            let mut kind_loop = self.kind_loop(worker);
            count += kind_loop.claim().await?;
            while kind_loop.next_completion().await {
                kind_loop.store().await;
            }
        }
        Ok(count)
    }

    /// Runs jobs for ever, woken by this process's commits and by a poll.
    pub async fn run(&self) {
        join_all(self.each.iter().map(|worker| self.kind_loop(worker).run())).await;
    }

    fn kind_loop(&self, worker: &SharedWorker) -> KindLoop {
        KindLoop {
            db: self.db.clone(),
            clock: Arc::clone(&self.clock),
            worker: Arc::clone(worker),
            running: JoinSet::new(),
            lanes: HashMap::new(),
            completed: Vec::new(),
        }
    }
}

/// The worker loop of one kind of job.
struct KindLoop {
    db: Database,
    clock: Arc<dyn Clock>,
    worker: SharedWorker,
    running: JoinSet<Completion>,
    /// Number of running jobs by lane.
    lanes: HashMap<i64, usize>,
    /// Finished jobs whose outcome is not stored yet.
    completed: Vec<Completion>,
}

impl KindLoop {
    async fn run(mut self) {
        let mut wakeups = self.db.worker_wakeups();
        loop {
            let began = Instant::now();
            let claimed = self.claim().await;
            let mut busy = began.elapsed();
            match claimed {
                Ok(0) => self.wait(&mut wakeups).await,
                Ok(_) if self.worker.concurrency().per_lane.is_some() => {
                    self.wait(&mut wakeups).await;
                }
                Ok(_) => {
                    self.collect(began + ROUND).await;
                    busy = began.elapsed();
                }
                Err(error) => {
                    let kind = self.worker.kind();
                    tracing::warn!(%error, kind, "jobs could not be claimed");
                    tokio::time::sleep(POLL).await;
                }
            }
            let storing = Instant::now();
            let stored = self.store().await;
            busy += storing.elapsed();
            let cool_down = if stored {
                (busy * COOL_DOWN_FACTOR).min(MAX_COOL_DOWN)
            } else {
                POLL
            };
            let resume = Instant::now() + cool_down;
            self.collect(resume).await;
            tokio::time::sleep_until(resume).await;
        }
    }

    /// Waits until a job finishes, a job is pushed, or the poll interval is over.
    async fn wait(&mut self, wakeups: &mut watch::Receiver<u64>) {
        if !self.completed.is_empty() {
            return;
        }
        tokio::select! {
            true = self.next_completion() => while self.next_completion().now_or_never() == Some(true) {},
            _ = wakeups.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }

    /// Collects finished jobs until `until`, or until none is running.
    async fn collect(&mut self, until: Instant) {
        while timeout_at(until, self.next_completion()).await == Ok(true) {}
    }

    /// Waits for one job to finish; returns `false` when none is running.
    async fn next_completion(&mut self) -> bool {
        match self.running.join_next().await {
            None => false,
            Some(Err(error)) => {
                // A worker's panic is caught where it happens; the lease lapses.
                tracing::error!(%error, "a job's task ended without an outcome");
                true
            }
            Some(Ok((job, outcome))) => {
                if let Some(running) = self.lanes.get_mut(&job.lane) {
                    *running = running.saturating_sub(1);
                }
                self.lanes.retain(|_, running| *running > 0);
                self.completed.push((job, outcome));
                true
            }
        }
    }

    /// Claims and starts the due jobs within the concurrency limits and returns their
    /// number.
    async fn claim(&mut self) -> Result<usize, DbErr> {
        let due = self.due().await?;
        if due.is_empty() {
            return Ok(0);
        }
        let won = retrying(|| self.try_claim(&due)).await?;
        let (count, now, kind) = (won.len(), self.clock.now(), self.worker.kind());
        for claimed in won {
            metrics::histogram!("stampede_job_queue_seconds", "kind" => kind)
                .record(now.since(claimed.job.run_at));
            *self.lanes.entry(claimed.job.lane).or_default() += 1;
            let (worker, clock) = (Arc::clone(&self.worker), Arc::clone(&self.clock));
            self.running.spawn(work(worker, clock, claimed));
        }
        Ok(count)
    }

    /// Reads the due jobs within the concurrency limits, the longest due first.
    async fn due(&self) -> Result<Vec<job::Model>, DbErr> {
        let concurrency = self.worker.concurrency();
        let mut free = concurrency.total.saturating_sub(self.running.len());
        let Some(per_lane) = concurrency.per_lane else {
            return self.due_in(0, free).await;
        };
        let mut due = Vec::new();
        let mut lane = i64::MIN;
        while free > 0 {
            let Some(next) = self.lane_after(lane).await? else {
                break;
            };
            lane = next;
            let taken = self.lanes.get(&lane).copied().unwrap_or(0);
            let found = self.due_in(lane, per_lane.saturating_sub(taken).min(free));
            let found = found.await?;
            free -= found.len();
            due.extend(found);
        }
        Ok(due)
    }

    /// Returns the next lane in which a job waits, due or not.
    async fn lane_after(&self, lane: i64) -> Result<Option<i64>, DbErr> {
        job::Entity::find()
            .select_only()
            .column(job::Column::Lane)
            .filter(waiting(self.worker.kind()))
            .filter(job::Column::Lane.gt(lane))
            .order_by_asc(job::Column::Lane)
            .limit(1)
            .into_tuple()
            .one(self.db.reader())
            .await
    }

    /// Reads due jobs in the order of the index, so that no more rows are visited than
    /// are claimed or running.
    async fn due_in(&self, lane: i64, limit: usize) -> Result<Vec<job::Model>, DbErr> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        job::Entity::find()
            .filter(waiting(self.worker.kind()))
            .filter(job::Column::Lane.eq(lane))
            .filter(due_at(self.clock.now()))
            .order_by_asc(job::Column::RunAt)
            .order_by_asc(job::Column::Id)
            .limit(u64::try_from(limit).unwrap_or(u64::MAX))
            .all(self.db.reader())
            .await
    }

    /// Claims the jobs that no other process has claimed or is claiming: each job goes
    /// to one process, and neither waits for the other. The lease begins here, after
    /// the wait for the writer.
    async fn try_claim(&self, due: &[job::Model]) -> Result<Vec<Claimed>, DbErr> {
        let tx = self.db.begin_background().await?;
        let now = self.clock.now();
        let ids = padded(due.iter().map(|job| job.id).collect());
        let free: HashMap<i64, ClaimCounts> = job::Entity::find()
            .select_only()
            .columns([
                job::Column::Id,
                job::Column::Attempts,
                job::Column::Failures,
                job::Column::Lost,
                job::Column::ClaimedUntil,
            ])
            .filter(job::Column::Id.is_in(ids))
            .filter(job::Column::DoneAt.is_null())
            .filter(job::Column::ParkedAt.is_null())
            .filter(due_at(now))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .into_tuple::<(i64, i32, i32, i32, Option<Timestamp>)>()
            .all(&tx)
            .await?
            .into_iter()
            .map(|(id, attempts, failures, lost, lease)| {
                // A claim that was neither stored nor given back ended with its process.
                let lost = lost.saturating_add(i32::from(lease.is_some()));
                (
                    id,
                    ClaimCounts {
                        attempts: attempts + 1,
                        failures,
                        lost,
                    },
                )
            })
            .collect();
        self.write_claims(&tx, &free, now).await?;
        tx.commit().await?;
        let until = now.plus(LEASE);
        let won = |job: &job::Model| {
            let counts = free.get(&job.id)?;
            let job = job::Model {
                attempts: counts.attempts,
                failures: counts.failures,
                lost: counts.lost,
                ..job.clone()
            };
            Some(Claimed { job, until })
        };
        Ok(due.iter().filter_map(won).collect())
    }

    /// Writes the claims: one statement for each number of lost leases.
    async fn write_claims(
        &self,
        tx: &DatabaseTransaction,
        free: &HashMap<i64, ClaimCounts>,
        now: Timestamp,
    ) -> Result<(), DbErr> {
        let mut by_lost = BTreeMap::<i32, Vec<i64>>::new();
        for (id, counts) in free {
            by_lost.entry(counts.lost).or_default().push(*id);
        }
        for (lost, ids) in by_lost {
            let lease = LEASE + self.worker.policy().extra_lease(lost);
            let once_more = Expr::col(job::Column::Attempts).add(1);
            job::Entity::update_many()
                .col_expr(job::Column::ClaimedUntil, Expr::value(now.plus(lease)))
                .col_expr(job::Column::Attempts, once_more)
                .col_expr(job::Column::Lost, Expr::value(lost))
                .filter(job::Column::Id.is_in(padded(ids)))
                .exec(tx)
                .await?;
        }
        Ok(())
    }

    /// Stores the outcomes of finished jobs in one transaction, because a commit costs
    /// as much as many updates. Returns `false` on failure; the outcomes stay for the
    /// next call.
    async fn store(&mut self) -> bool {
        if self.completed.is_empty() {
            return true;
        }
        fail_point!("job.worked");
        if let Err(error) = retrying(|| self.write_completions()).await {
            let (kind, jobs) = (self.worker.kind(), self.completed.len());
            tracing::warn!(%error, kind, jobs, "the end of jobs could not be stored yet");
            return false;
        }
        self.completed.clear();
        true
    }

    async fn write_completions(&self) -> Result<(), DbErr> {
        let now = self.clock.now();
        let mut done = BTreeMap::<i32, Vec<i64>>::new();
        let tx = self.db.begin_background().await?;
        for (job, outcome) in &self.completed {
            match outcome {
                Ok(()) => done.entry(job.attempts).or_default().push(job.id),
                Err(error) => {
                    self.failed(job, error, now).exec(&tx).await?;
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

    /// Makes the job due again after a pause, or gives it up.
    fn failed(
        &self,
        job: &job::Model,
        error: &JobError,
        now: Timestamp,
    ) -> UpdateMany<job::Entity> {
        let failures = job.failures.saturating_add(1);
        let text: String = error.to_string().chars().take(ERROR_KEPT).collect();
        let update = claimed(vec![job.id], job.attempts)
            .col_expr(job::Column::LastError, Expr::value(text))
            .col_expr(job::Column::Failures, Expr::value(failures))
            .col_expr(job::Column::ClaimedUntil, Expr::value(None::<i64>));
        let policy = self.worker.policy();
        let pause = match error {
            JobError::Retry(_) => policy.pause_after(failures),
            JobError::Permanent(_) => None,
        };
        match (pause, policy.given_up) {
            (Some(pause), _) => {
                tracing::info!(%error, job.id, job.kind, failures, ?pause, "a job failed");
                update
                    .col_expr(job::Column::RunAt, Expr::value(now.plus(pause)))
                    .col_expr(job::Column::Lost, Expr::value(0))
            }
            (None, GivenUp::Parked) => {
                metrics::counter!("stampede_jobs_given_up_total", "kind" => self.worker.kind())
                    .increment(1);
                tracing::warn!(
                    %error, job.id, job.kind, failures,
                    "a job was given up and is parked; see `stampede jobs --parked`"
                );
                update.col_expr(job::Column::ParkedAt, Expr::value(now))
            }
            (None, GivenUp::Dropped) => {
                tracing::info!(%error, job.id, job.kind, failures, "a job was dropped");
                update.col_expr(job::Column::DoneAt, Expr::value(now))
            }
        }
    }
}

/// How often a job was claimed, has failed, and has lost its lease.
struct ClaimCounts {
    attempts: i32,
    failures: i32,
    lost: i32,
}

/// Runs one job. A panic or a lapsed lease counts as a failure and does not affect
/// other jobs.
async fn work(worker: SharedWorker, clock: Arc<dyn Clock>, claimed: Claimed) -> Completion {
    let Claimed { job, until } = claimed;
    if worker.policy().gives_up_lost(job.lost) {
        let every = "every attempt ended with its process";
        return (job, Err(JobError::Permanent(every.to_owned())));
    }
    let left = until.since(clock.now());
    let running = AssertUnwindSafe(worker.run(&job.payload)).catch_unwind();
    let outcome = match tokio::time::timeout(left, running).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => {
            metrics::counter!("stampede_job_panics_total", "kind" => worker.kind()).increment(1);
            tracing::error!(job.id, job.kind, "a worker panicked");
            Err(JobError::Retry("the worker panicked".to_owned()))
        }
        Err(_) => Err(JobError::Retry("the worker outlasted its lease".to_owned())),
    };
    (job, outcome)
}

/// Selects jobs that are still claimed by this process: `attempts` is the fencing token
/// of a claim, whose lease may have lapsed.
fn claimed(ids: Vec<i64>, attempts: i32) -> UpdateMany<job::Entity> {
    job::Entity::update_many()
        .filter(job::Column::Id.is_in(padded(ids)))
        .filter(job::Column::Attempts.eq(attempts))
}

/// Condition for jobs that are neither done nor parked.
fn waiting(kind: &str) -> Condition {
    Condition::all()
        .add(job::Column::DoneAt.is_null())
        .add(job::Column::ParkedAt.is_null())
        .add(job::Column::Kind.eq(kind))
}

/// Condition for jobs that are due at `now` and not claimed.
fn due_at(now: Timestamp) -> Condition {
    let unclaimed = Condition::any()
        .add(job::Column::ClaimedUntil.is_null())
        .add(job::Column::ClaimedUntil.lte(now));
    Condition::all()
        .add(job::Column::RunAt.lte(now))
        .add(unclaimed)
}
