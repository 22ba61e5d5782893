//! Jobs run once per success, and what becomes of those that fail.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, QueryOrder};
use serde::{Deserialize, Serialize};
use stampede_kernel::{Clock, ManualClock, PageSize, Timestamp, UserId};
use stampede_persistence::entity::{audit_log, job as row};
use stampede_persistence::job::{
    self, Concurrency, JobError, JobState, JobsError, Payload, Policy, Worker, Workers,
};
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
    policy: Policy,
}

impl Bell {
    fn that(outcome: Outcome) -> Arc<Self> {
        Self::with(Policy::A_DAY, outcome)
    }

    fn with(policy: Policy, outcome: Outcome) -> Arc<Self> {
        Arc::new(Self {
            heard: Mutex::default(),
            outcome,
            policy,
        })
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

    fn policy(&self) -> Policy {
        self.policy
    }

    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let Ring { number } = serde_json::from_str(payload).unwrap();
        self.heard.lock().unwrap().push(number);
        (self.outcome)(number)
    }
}

/// Jobs whose lane is said by their number: the first digit of four.
#[derive(Serialize, Deserialize)]
struct Call {
    number: u32,
}

impl Payload for Call {
    const KIND: &'static str = "test.call";

    fn lane(&self) -> i64 {
        i64::from(self.number / 1_000)
    }
}

/// Never comes back from the numbers in `silent`, and notes the others.
struct Caller {
    kind: &'static str,
    concurrency: Concurrency,
    silent: fn(u32) -> bool,
    begun: Mutex<Vec<u32>>,
    heard: Mutex<Vec<u32>>,
}

impl Caller {
    fn new(kind: &'static str, concurrency: Concurrency, silent: fn(u32) -> bool) -> Arc<Self> {
        Arc::new(Self {
            kind,
            concurrency,
            silent,
            begun: Mutex::default(),
            heard: Mutex::default(),
        })
    }
}

#[async_trait]
impl Worker for Caller {
    fn kind(&self) -> &'static str {
        self.kind
    }

    fn concurrency(&self) -> Concurrency {
        self.concurrency
    }

    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let Call { number } = serde_json::from_str(payload).unwrap();
        self.begun.lock().unwrap().push(number);
        if (self.silent)(number) {
            return std::future::pending().await;
        }
        self.heard.lock().unwrap().push(number);
        Ok(())
    }
}

/// Waits until `done` says so, and fails after a minute.
async fn until(mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "it did not happen"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
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
        Err(JobError::Permanent("slept too long".to_owned()))
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
async fn a_failing_job_is_retried_for_a_day_and_parked_then() {
    let shop = TestDb::open().await;
    let clock = clock();
    let bell = Bell::that(|_| Err(JobError::Retry("no rope".to_owned())));
    let workers = workers(&shop.db, &clock, bell.clone());
    ring(&shop.db, [1], clock.now()).await;

    let begun = clock.now();
    for pause in [2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
        assert_eq!(workers.run_due().await.unwrap(), 1);
        clock.advance(Duration::from_millis(pause * 1_000 - 1));
        assert_eq!(workers.run_due().await.unwrap(), 0, "before {pause} s");
        clock.advance(Duration::from_millis(1));
    }
    while workers.run_due().await.unwrap() > 0 {
        clock.advance(Duration::from_mins(5));
    }

    let job = only_job(&shop.db).await;
    let parked_after = job.parked_at.unwrap().since(begun);
    assert!(parked_after >= Duration::from_hours(24), "{parked_after:?}");
    assert!(parked_after < Duration::from_hours(24) + Duration::from_mins(10));
    assert_eq!(job.last_error.as_deref(), Some("no rope"));
}

#[tokio::test]
async fn a_shop_that_was_closed_for_a_week_gives_nothing_up_at_the_first_failure() {
    let shop = TestDb::open().await;
    let clock = clock();
    let bell = Bell::that(|_| Err(JobError::Retry("no rope".to_owned())));
    let workers = workers(&shop.db, &clock, bell.clone());
    ring(&shop.db, [1], clock.now()).await;

    clock.advance(Duration::from_hours(7 * 24));
    assert_eq!(workers.run_due().await.unwrap(), 1);

    let job = only_job(&shop.db).await;
    assert_eq!((job.parked_at, job.failures), (None, 1));
    assert_eq!(job.run_at, clock.now().plus(Duration::from_secs(2)));
}

#[tokio::test]
async fn what_the_books_need_is_retried_for_ever() {
    let shop = TestDb::open().await;
    let clock = clock();
    let bell = Bell::with(Policy::FOR_EVER, |_| Err(JobError::Retry("no".to_owned())));
    let workers = workers(&shop.db, &clock, bell.clone());
    ring(&shop.db, [1], clock.now()).await;

    for _ in 0..40 {
        assert_eq!(workers.run_due().await.unwrap(), 1);
        clock.advance(Policy::FOR_EVER.longest_pause);
    }

    assert_eq!(only_job(&shop.db).await.parked_at, None);
    assert_eq!(bell.heard().len(), 40);
}

#[tokio::test]
async fn what_is_worthless_by_then_is_dropped_and_no_fault() {
    let policy = Policy::until_worthless(Duration::from_mins(15));
    let outcomes: [Outcome; 2] = [
        |_| Err(JobError::Retry("no".to_owned())),
        |_| Err(JobError::Permanent("never".to_owned())),
    ];
    for outcome in outcomes {
        let shop = TestDb::open().await;
        let clock = clock();
        let bell = Bell::with(policy, outcome);
        let workers = workers(&shop.db, &clock, bell.clone());
        ring(&shop.db, [1], clock.now()).await;

        while workers.run_due().await.unwrap() > 0 {
            clock.advance(policy.longest_pause);
        }

        let job = only_job(&shop.db).await;
        assert_eq!(job.parked_at, None);
        assert!(job.done_at.is_some() && job.last_error.is_some());
    }
}

#[tokio::test]
async fn a_hopeless_job_is_parked_at_once() {
    let shop = TestDb::open().await;
    let clock = clock();
    let bell = Bell::that(|_| Err(JobError::Permanent("x".repeat(100_000))));
    let workers = workers(&shop.db, &clock, bell.clone());
    ring(&shop.db, [1], clock.now()).await;

    assert_eq!(workers.run_due().await.unwrap(), 1);
    clock.advance(Duration::from_hours(24));
    assert_eq!(workers.run_due().await.unwrap(), 0);

    assert!(only_job(&shop.db).await.parked_at.is_some());
}

#[tokio::test]
async fn ten_restarts_in_a_row_park_nothing_that_was_only_running() {
    let shop = TestDb::open().await;
    let clock = clock();
    ring(&shop.db, [1], clock.now()).await;
    for restart in 1..=10 {
        let sleeper = Arc::new(Sleeper::default());
        let process = workers(&shop.db, &clock, sleeper.clone());
        let process = tokio::spawn(async move { process.run_due().await });
        sleeper.begun.notified().await;
        process.abort();
        let _ = process.await;
        clock.advance(Duration::from_mins(10));
        assert_eq!(only_job(&shop.db).await.attempts, restart);
    }

    let bell = Bell::that(|_| Ok(()));
    let awake = workers(&shop.db, &clock, bell.clone());
    assert_eq!(awake.run_due().await.unwrap(), 1);

    let job = only_job(&shop.db).await;
    assert_eq!((job.attempts, job.lost, job.failures), (11, 10, 0));
    assert_eq!(job.done_at, Some(clock.now()));
}

#[tokio::test]
async fn jobs_that_do_not_end_leave_the_other_places_to_the_rest() {
    let shop = TestDb::open().await;
    let clock = clock();
    let concurrency = Concurrency {
        total: 4,
        per_lane: None,
    };
    let caller = Caller::new(Call::KIND, concurrency, |number| number < 3);
    call(&shop.db, 0..60, clock.now()).await;

    let workers = workers(&shop.db, &clock, caller.clone());
    let running = tokio::spawn(async move { workers.run().await });
    until(|| caller.heard.lock().unwrap().len() == 57).await;
    running.abort();

    let begun = caller.begun.lock().unwrap().len();
    assert_eq!(begun, 60, "every job was begun once");
}

#[tokio::test]
async fn a_lane_that_does_not_move_takes_its_own_places_only() {
    let shop = TestDb::open().await;
    let clock = clock();
    let concurrency = Concurrency {
        total: 64,
        per_lane: Some(4),
    };
    let caller = Caller::new(Call::KIND, concurrency, |number| number < 2_000);
    call(&shop.db, 1_000..1_100, clock.now()).await;
    call(&shop.db, 2_000..2_100, clock.now()).await;

    let workers = workers(&shop.db, &clock, caller.clone());
    let running = tokio::spawn(async move { workers.run().await });
    until(|| caller.heard.lock().unwrap().len() == 100).await;
    running.abort();

    let begun = caller.begun.lock().unwrap().clone();
    let silent = begun.iter().filter(|number| **number < 2_000).count();
    assert_eq!(silent, 4, "the silent lane has its four places and no more");
}

async fn call(db: &Database, numbers: impl IntoIterator<Item = u32>, at: Timestamp) {
    let calls: Vec<_> = numbers.into_iter().map(|number| Call { number }).collect();
    let tx = db.begin_write().await.unwrap();
    job::push_all(&tx, &calls, at).await.unwrap();
    tx.commit().await.unwrap();
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
        .col_expr(row::Column::Lost, Expr::value(29))
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
    let workers = workers(&shop.db, &clock, bell.clone());
    let running = tokio::spawn(async move { workers.run().await });

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

#[tokio::test]
async fn a_job_that_is_done_or_unknown_is_not_retried_and_one_that_runs_is_left_alone() {
    let shop = TestDb::open().await;
    let clock = clock();
    let bell = Bell::that(|_| Ok(()));
    ring(&shop.db, [1], clock.now()).await;
    workers(&shop.db, &clock, bell).run_due().await.unwrap();
    let done = only_job(&shop.db).await;
    let admin = Some(UserId(1));

    for id in [done.id, 404] {
        let error = job::retry(&shop.db, admin, id, clock.now()).await;
        assert!(matches!(error.unwrap_err(), JobsError::NotFound));
    }

    shop.by_hand(&["UPDATE job SET done_at = NULL, claimed_until = 1060000"])
        .await;
    let running = job::retry(&shop.db, admin, done.id, clock.now()).await;
    assert_eq!(running.unwrap().state, JobState::Running);
    let row = only_job(&shop.db).await;
    assert_eq!(row.claimed_until, Some(Timestamp(1_060_000)));
    let acts = audit_log::Entity::find().all(shop.db.reader()).await;
    assert!(acts.unwrap().is_empty());
}

#[tokio::test]
async fn a_parked_job_is_retried_by_an_admin_with_a_policy_of_its_own() {
    let shop = TestDb::open().await;
    let clock = clock();
    let never = Bell::that(|_| Err(JobError::Permanent("550 <eve@example.com>".to_owned())));
    ring(&shop.db, [1, 2, 3], clock.now()).await;
    workers(&shop.db, &clock, never).run_due().await.unwrap();
    let (admin, size) = (Some(UserId(1)), PageSize::new(2).unwrap());

    let page = job::list(&shop.db, Some(true), size, None, clock.now()).await;
    let page = page.unwrap();
    let last = page.items[1].clone();
    assert_eq!(page.items.len(), 2);
    assert_eq!(last.state, JobState::Parked);
    assert_eq!(last.last_error.as_deref(), Some("550 [address]"));
    let rest = job::list(&shop.db, Some(true), size, page.next.as_ref(), clock.now());
    assert_eq!(rest.await.unwrap().items.len(), 1);
    let other = job::list(&shop.db, None, size, page.next.as_ref(), clock.now());
    assert!(matches!(other.await.unwrap_err(), JobsError::Cursor(_)));
    let open = job::list(&shop.db, Some(false), size, None, clock.now());
    assert_eq!(open.await.unwrap().items, []);
    let counts = job::counts(&shop.db).await.unwrap();
    assert_eq!((counts[Ring::KIND].open, counts[Ring::KIND].parked), (0, 3));

    let retried = job::retry(&shop.db, admin, last.id, clock.now())
        .await
        .unwrap();
    assert_eq!(
        (retried.state, retried.parked_at),
        (JobState::Waiting, None)
    );
    let all = job::retry_all(&shop.db, None, clock.now()).await.unwrap();
    assert_eq!(all, 2);

    let bell = Bell::that(|_| Err(JobError::Retry("no rope".to_owned())));
    let workers = workers(&shop.db, &clock, bell.clone());
    assert_eq!(workers.run_due().await.unwrap(), 3);
    let rows = row::Entity::find().all(shop.db.reader()).await.unwrap();
    assert!(
        rows.iter()
            .all(|row| row.parked_at.is_none() && row.failures == 1)
    );
    let acts = audit_log::Entity::find()
        .all(shop.db.reader())
        .await
        .unwrap();
    let acts: Vec<_> = acts
        .iter()
        .map(|act| (act.actor_id, act.target.as_str()))
        .collect();
    let target = format!("job:{}", last.id);
    assert_eq!(acts, [(admin, target.as_str()), (None, "job:parked")]);
}
