//! Audits on demand: one at a time over all processes.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use stampede_kernel::{Timestamp, UserId};
use stampede_persistence::audit_run::*;
use stampede_persistence::entity::audit_log;
use stampede_test_support::{TestDb, at_once, rounds};

const ADMIN: UserId = UserId(1);
const THEN: Timestamp = Timestamp(1_000_000);

fn outcome(clean: bool) -> AuditOutcome {
    let report = json!({ "clean": clean });
    AuditOutcome { clean, report }
}

fn later(seconds: u64) -> Timestamp {
    THEN.plus(Duration::from_secs(seconds))
}

#[tokio::test]
async fn a_shop_that_was_never_audited_has_no_last_audit() {
    let shop = TestDb::open().await;

    let run = read(&shop.db, THEN).await.unwrap();

    assert_eq!((run.running, run.started_at, run.last), (false, None, None));
}

#[tokio::test]
async fn an_audit_is_begun_once_and_its_result_is_kept_until_the_next() {
    let shop = TestDb::open().await;
    let first = begin(&shop.db, ADMIN, THEN).await.unwrap().unwrap();
    assert_eq!(begin(&shop.db, ADMIN, later(59)).await.unwrap(), None);
    assert!(read(&shop.db, later(59)).await.unwrap().running);

    assert!(
        finish(&shop.db, first, Ok(outcome(true)), later(60))
            .await
            .unwrap()
    );

    let ended = LastAudit {
        at: later(60),
        outcome: Ok(outcome(true)),
    };
    let run = read(&shop.db, later(61)).await.unwrap();
    assert_eq!((run.running, &run.last), (false, &Some(ended.clone())));
    let second = begin(&shop.db, ADMIN, later(62)).await.unwrap().unwrap();
    let run = read(&shop.db, later(63)).await.unwrap();
    assert_eq!((run.running, run.started_at), (true, Some(later(62))));
    assert_eq!(run.last, Some(ended));
    let failed = Err("the media folder is away".to_owned());
    assert!(
        finish(&shop.db, second, failed.clone(), later(64))
            .await
            .unwrap()
    );
    let run = read(&shop.db, later(65)).await.unwrap();
    assert_eq!(run.last.unwrap().outcome, failed);
    let acts = audit_log::Entity::find().count(shop.db.reader()).await;
    assert_eq!(acts.unwrap(), 2);
}

#[tokio::test]
async fn a_process_that_died_holds_up_the_next_audit_for_a_minute_and_writes_nothing_then() {
    let shop = TestDb::open().await;
    let dead = begin(&shop.db, ADMIN, THEN).await.unwrap().unwrap();
    assert!(renew(&shop.db, dead, later(20)).await.unwrap());
    assert_eq!(begin(&shop.db, ADMIN, later(79)).await.unwrap(), None);
    assert!(!read(&shop.db, later(80)).await.unwrap().running);

    let next = begin(&shop.db, ADMIN, later(80)).await.unwrap().unwrap();

    assert!(!renew(&shop.db, dead, later(81)).await.unwrap());
    assert!(
        !finish(&shop.db, dead, Ok(outcome(false)), later(82))
            .await
            .unwrap()
    );
    assert!(read(&shop.db, later(83)).await.unwrap().running);
    assert!(
        finish(&shop.db, next, Ok(outcome(true)), later(84))
            .await
            .unwrap()
    );
    assert!(
        !finish(&shop.db, next, Ok(outcome(false)), later(85))
            .await
            .unwrap()
    );
    let run = read(&shop.db, later(86)).await.unwrap();
    assert_eq!(run.last.unwrap().outcome, Ok(outcome(true)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_begin_at_once_one_does() {
    let shop = Arc::new(TestDb::open().await);
    for round in 0..rounds() {
        let now = later(u64::try_from(round).unwrap());
        let tasks = (0..8).map(|_| {
            let shop = Arc::clone(&shop);
            async move { begin(&shop.db, ADMIN, now).await.unwrap() }
        });
        let begun: Vec<_> = at_once(tasks.collect()).await;
        let begun: Vec<_> = begun.into_iter().flatten().collect();
        assert_eq!(begun.len(), 1);
        assert!(
            finish(&shop.db, begun[0], Ok(outcome(true)), now)
                .await
                .unwrap()
        );
    }
}
