//! Jobs run once per success, are retried, and are parked in the end.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, QueryOrder};
use serde::{Deserialize, Serialize};
use stampede_kernel::{Clock, ManualClock, Timestamp};
use stampede_persistence::entity::job as row;
use stampede_persistence::job::{self, JobError, Payload, Worker, Workers};
use stampede_persistence::{Database, Pool};
use stampede_test_support::TestDb;
use tokio::sync::Notify;

#[derive(Serialize, Deserialize)]
struct Ring {
    number: u32,
}

impl Payload for Ring {
    const KIND: &'static str = "test.ring";
}

#[derive(Serialize, Deserialize)]
struct Unheard;

impl Payload for Unheard {
    const KIND: &'static str = "test.unheard";
}

type Outcome = fn(u32) -> Result<(), JobError>;

/// Notes which rings it heard and answers with `outcome`.
struct Bell {
    heard: Mutex<Vec<u32>>,
    outcome: Outcome,
}

impl Bell {
    fn that(outcome: Outcome) -> Arc<Self> {
        let heard = Mutex::default();
        Arc::new(Self { heard, outcome })
    }

    fn heard(&self) -> Vec<u32> {
        self.heard.lock().unwrap().clone()
    }
}

#[async_trait]
impl Worker for Bell {
    fn kind(&self) -> &'static str {
        Ring::KIND
    }

    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let Ring { number } = serde_json::from_str(payload).unwrap();
        self.heard.lock().unwrap().push(number);
        (self.outcome)(number)
    }
}

/// Is in the middle of its work until it is let go, and fails then.
#[derive(Default)]
struct Sleeper {
    begun: Notify,
    go_on: Notify,
}

#[async_trait]
impl Worker for Sleeper {
    fn kind(&self) -> &'static str {
        Ring::KIND
    }

    async fn run(&self, _: &str) -> Result<(), JobError> {
        self.begun.notify_one();
        self.go_on.notified().await;
        Err(JobError::Hopeless("slept too long".to_owned()))
    }
}

/// Ring 2 waits inside a transaction until ring 1 has ended.
struct Scribe {
    db: Database,
    rung: Notify,
}

#[async_trait]
impl Worker for Scribe {
    fn kind(&self) -> &'static str {
        Ring::KIND
    }

    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let Ring { number } = serde_json::from_str(payload).unwrap();
        if number == 1 {
            self.rung.notify_one();
            return Ok(());
        }
        let tx = self.db.begin_write().await?;
        self.rung.notified().await;
        // Long enough for the end of the other to wait for this writer.
        tokio::time::sleep(Duration::from_millis(50)).await;
        Ok(tx.commit().await?)
    }
}

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at(Timestamp(1_000_000)))
}

fn workers(db: &Database, clock: &Arc<ManualClock>, worker: Arc<dyn Worker>) -> Workers {
    Workers::new(db.clone(), clock.clone(), vec![worker])
}

async fn ring(db: &Database, numbers: impl IntoIterator<Item = u32>, at: Timestamp) {
    let tx = db.begin_write().await.unwrap();
    for number in numbers {
        job::push(&tx, &Ring { number }, at).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn only_job(db: &Database) -> row::Model {
    let jobs = row::Entity::find()
        .order_by_asc(row::Column::Id)
        .all(db.reader())
        .await
        .unwrap();
    assert_eq!(jobs.len(), 1);
    jobs.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_job_of_a_rolled_back_transaction_never_runs() {
    let shop = TestDb::open().await;
    let (clock, bell) = (clock(), Bell::that(|_| Ok(())));
    let workers = workers(&shop.db, &clock, bell.clone());

    let tx = shop.db.begin_write().await.unwrap();
    job::push(&tx, &Ring { number: 1 }, clock.now())
        .await
        .unwrap();
    drop(tx);
    ring(&shop.db, [2], clock.now()).await;

    assert_eq!(workers.run_due().await.unwrap(), 1);
    assert_eq!(workers.run_due().await.unwrap(), 0);
    assert_eq!(bell.heard(), [2]);
}

#[tokio::test]
async fn a_job_does_not_run_before_its_time_nor_without_its_worker() {
    let shop = TestDb::open().await;
    let (clock, bell) = (clock(), Bell::that(|_| Ok(())));
    let workers = workers(&shop.db, &clock, bell.clone());
    let later = clock.now().plus(Duration::from_secs(5));
    ring(&shop.db, [1], later).await;
    let tx = shop.db.begin_write().await.unwrap();
    job::push(&tx, &Unheard, clock.now()).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(workers.run_due().await.unwrap(), 0);
    clock.advance(Duration::from_secs(5));
    assert_eq!(workers.run_due().await.unwrap(), 1);
    assert_eq!(bell.heard(), [1]);
}

#[tokio::test]
async fn two_processes_at_once_run_each_job_once() {
    let shop = TestDb::open().await;
    let (clock, bell) = (clock(), Bell::that(|_| Ok(())));
    let other = Database::connect(&shop.url, Pool::default()).await.unwrap();
    ring(&shop.db, 0..60, clock.now()).await;

    let until_done = async |db: &Database| {
        let workers = workers(db, &clock, bell.clone());
        while bell.heard().len() < 60 {
            workers.run_due().await.unwrap();
        }
    };
    tokio::join!(until_done(&shop.db), until_done(&other));

    let heard = bell.heard();
    assert_eq!(heard.len(), 60);
    assert_eq!(heard.into_iter().collect::<BTreeSet<_>>().len(), 60);
}

#[tokio::test]
async fn a_lapsed_lease_passes_the_job_on_and_fences_the_first_worker_out() {
    let shop = TestDb::open().await;
    let clock = clock();
    let sleeper = Arc::new(Sleeper::default());
    let asleep = workers(&shop.db, &clock, sleeper.clone());
    ring(&shop.db, [1], clock.now()).await;
    let zombie = tokio::spawn(async move { asleep.run_due().await });
    sleeper.begun.notified().await;

    let bell = Bell::that(|_| Ok(()));
    let awake = workers(&shop.db, &clock, bell.clone());
    clock.advance(Duration::from_secs(59));
    assert_eq!(awake.run_due().await.unwrap(), 0, "the lease holds");
    clock.advance(Duration::from_secs(1));
    assert_eq!(awake.run_due().await.unwrap(), 1);
    sleeper.go_on.notify_one();
    zombie.await.unwrap().unwrap();

    let job = only_job(&shop.db).await;
    assert_eq!(job.done_at, Some(clock.now()));
    assert_eq!(
        (job.attempts, job.parked_at, job.last_error),
        (2, None, None)
    );
}

#[tokio::test]
async fn a_failing_job_is_retried_with_growing_pauses_and_parked_after_ten_attempts() {
    let shop = TestDb::open().await;
    let clock = clock();
    let bell = Bell::that(|_| Err(JobError::Retry("no rope".to_owned())));
    let workers = workers(&shop.db, &clock, bell.clone());
    ring(&shop.db, [1], clock.now()).await;

    for pause in [2, 4, 8, 16, 32, 64, 128, 256, 512] {
        assert_eq!(workers.run_due().await.unwrap(), 1);
        clock.advance(Duration::from_millis(pause * 1_000 - 1));
        assert_eq!(workers.run_due().await.unwrap(), 0, "before {pause} s");
        clock.advance(Duration::from_millis(1));
    }
    assert_eq!(workers.run_due().await.unwrap(), 1);
    clock.advance(Duration::from_hours(24));
    assert_eq!(workers.run_due().await.unwrap(), 0);

    let job = only_job(&shop.db).await;
    assert_eq!(bell.heard().len(), 10);
    assert!(job.parked_at.is_some());
    assert_eq!(job.last_error.as_deref(), Some("no rope"));
}

#[tokio::test]
async fn a_hopeless_job_is_parked_at_once() {
    let shop = TestDb::open().await;
    let clock = clock();
    let bell = Bell::that(|_| Err(JobError::Hopeless("x".repeat(100_000))));
    let workers = workers(&shop.db, &clock, bell.clone());
    ring(&shop.db, [1], clock.now()).await;

    assert_eq!(workers.run_due().await.unwrap(), 1);
    clock.advance(Duration::from_hours(24));
    assert_eq!(workers.run_due().await.unwrap(), 0);

    assert!(only_job(&shop.db).await.parked_at.is_some());
}

#[tokio::test]
async fn a_worker_that_panics_fails_its_job_and_no_other() {
    let shop = TestDb::open().await;
    let clock = clock();
    let bell = Bell::that(|number| {
        assert_ne!(number, 1, "the clapper falls off");
        Ok(())
    });
    let workers = workers(&shop.db, &clock, bell.clone());
    ring(&shop.db, [1, 2], clock.now()).await;

    assert_eq!(workers.run_due().await.unwrap(), 2);

    let jobs = row::Entity::find()
        .order_by_asc(row::Column::Id)
        .all(shop.db.reader())
        .await
        .unwrap();
    assert_eq!(jobs[0].last_error.as_deref(), Some("the worker panicked"));
    assert_eq!(jobs[0].done_at, None);
    assert_eq!(jobs[1].done_at, Some(clock.now()));
}

#[tokio::test]
async fn a_job_that_ends_its_process_every_time_is_parked_unheard() {
    let shop = TestDb::open().await;
    let (clock, bell) = (clock(), Bell::that(|_| Ok(())));
    let workers = workers(&shop.db, &clock, bell.clone());
    ring(&shop.db, [1], clock.now()).await;
    let tx = shop.db.begin_write().await.unwrap();
    row::Entity::update_many()
        .col_expr(row::Column::Attempts, Expr::value(10))
        .col_expr(row::Column::ClaimedUntil, Expr::value(clock.now()))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    assert_eq!(workers.run_due().await.unwrap(), 1);

    assert!(bell.heard().is_empty());
    assert!(only_job(&shop.db).await.parked_at.is_some());
}

#[tokio::test]
async fn a_commit_wakes_the_workers_of_its_process_at_once() {
    const ROUNDS: u32 = 100;
    let shop = TestDb::open().await;
    let (clock, bell) = (clock(), Bell::that(|_| Ok(())));
    let running = tokio::spawn(workers(&shop.db, &clock, bell.clone()).run());

    // Without the nudge each round begins just after a poll, and waits half a second
    // for the next one. On a busy machine some rounds are slow all the same.
    let mut at_once = false;
    for number in 0..ROUNDS {
        let begun = Instant::now();
        ring(&shop.db, [number], clock.now()).await;
        shop.db.wake_workers();
        while bell.heard().last() != Some(&number) {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        // The first round may meet the poll with which the workers begin.
        at_once = number > 0 && begun.elapsed() < Duration::from_millis(250);
        if at_once {
            break;
        }
    }
    running.abort();

    assert!(at_once, "each round waited for the poll");
}

#[tokio::test]
async fn a_job_that_writes_and_the_end_of_another_do_not_wait_for_each_other() {
    let test = TestDb::open().await;
    let clock = clock();
    ring(&test.db, [2, 1], clock.now()).await;
    let (db, rung) = (test.db.clone(), Notify::new());
    let workers = workers(&test.db, &clock, Arc::new(Scribe { db, rung }));

    assert_eq!(workers.run_due().await.unwrap(), 2);

    let jobs = row::Entity::find().all(test.db.reader()).await.unwrap();
    assert!(jobs.iter().all(|job| job.done_at.is_some()), "{jobs:?}");
}
