//! A command takes effect once per key, however often and however fast it is sent.

use std::time::{Duration, Instant};

use sea_orm::{DatabaseBackend, DbErr, EntityTrait, PaginatorTrait};
use stampede_kernel::{Timestamp, UserId};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::entity::audit_log as effect;
use stampede_persistence::idempotency::{Idempotency, IdempotencyError};
use stampede_persistence::{Database, retrying};
use stampede_test_support::TestDb;

const NOW: Timestamp = Timestamp(1_000);

fn key(user: i64, scope: &str, key: &str, command: &str) -> Idempotency {
    Idempotency::of(UserId(user), scope.to_owned(), key.to_owned(), &command)
}

fn pay(key: &str) -> Idempotency {
    self::key(7, "POST /pay", key, "pay 3")
}

/// A command whose effect is one row of the audit log and whose answer is the
/// number of rows it found.
async fn send(db: &Database, idempotency: &Idempotency) -> Result<u64, IdempotencyError> {
    retrying(async || {
        let tx = db.begin_write().await?;
        if let Some(answer) = idempotency.begin(&tx, NOW).await? {
            return Ok(answer);
        }
        let before = effect::Entity::find().count(&tx).await?;
        audit_log::write(&tx, act(), NOW).await?;
        idempotency.finish(&tx, &before).await?;
        tx.commit().await?;
        Ok(before)
    })
    .await
}

fn act() -> AuditEntry {
    AuditEntry {
        actor: None,
        action: "test.effect",
        target: "shop".to_owned(),
        detail: "{}".to_owned(),
    }
}

async fn effects(db: &Database) -> u64 {
    effect::Entity::find().count(db.reader()).await.unwrap()
}

#[tokio::test]
async fn a_key_that_was_used_for_another_command_is_refused() {
    let shop = TestDb::open().await;
    send(&shop.db, &pay("k")).await.unwrap();

    let other = send(&shop.db, &key(7, "POST /pay", "k", "pay 4")).await;

    assert!(matches!(other, Err(IdempotencyError::Reused)), "{other:?}");
    assert_eq!(effects(&shop.db).await, 1);
}

#[tokio::test]
async fn the_same_command_is_answered_as_the_first_time() {
    let shop = TestDb::open().await;
    send(&shop.db, &pay("before")).await.unwrap();

    assert_eq!(send(&shop.db, &pay("k")).await.unwrap(), 1);
    assert_eq!(send(&shop.db, &pay("k")).await.unwrap(), 1);
    assert_eq!(effects(&shop.db).await, 2);
}

#[tokio::test]
async fn keys_differ_by_user_scope_and_every_letter() {
    let shop = TestDb::open().await;
    let keys = [
        key(7, "POST /pay", "a", "c"),
        key(7, "POST /pay", "A", "c"),
        key(7, "POST /pay", "á", "c"),
        key(7, "POST /Pay", "a", "c"),
        key(8, "POST /pay", "a", "c"),
    ];

    for (earlier, key) in keys.iter().enumerate() {
        let earlier = u64::try_from(earlier).unwrap();
        assert_eq!(send(&shop.db, key).await.unwrap(), earlier, "{key:?}");
    }
}

#[tokio::test]
async fn thirty_two_at_once_have_one_effect_and_one_answer() {
    let shop = TestDb::open().await;
    let first = pay("k");

    let answers = futures::future::join_all((0..32).map(|_| send(&shop.db, &first))).await;

    for answer in answers {
        assert_eq!(answer.unwrap(), 0);
    }
    assert_eq!(effects(&shop.db).await, 1);
}

#[tokio::test]
async fn a_refusal_frees_the_key_for_one_of_those_who_wait() {
    let shop = TestDb::open().await;
    let first = pay("k");
    let refused = shop.db.begin_write().await.unwrap();
    assert!(first.begin::<u64>(&refused, NOW).await.unwrap().is_none());

    let waiting = futures::future::join_all((0..7).map(|_| send(&shop.db, &first)));
    let refusal = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        refused.rollback().await.unwrap();
    };
    let (answers, ()) = tokio::join!(waiting, refusal);

    for answer in answers {
        assert_eq!(answer.unwrap(), 0);
    }
    assert_eq!(effects(&shop.db).await, 1);
}

#[tokio::test]
async fn a_command_that_still_runs_is_waited_for_three_seconds() {
    let shop = TestDb::open().await;
    let first = pay("k");
    let running = shop.db.begin_write().await.unwrap();
    assert!(first.begin::<u64>(&running, NOW).await.unwrap().is_none());

    let begun = Instant::now();
    let second = send(&shop.db, &first).await.unwrap_err();

    match shop.db.backend() {
        // One writer: the second does not even begin.
        DatabaseBackend::Sqlite => assert!(
            matches!(
                second,
                IdempotencyError::Database(DbErr::ConnectionAcquire(_))
            ),
            "{second:?}"
        ),
        _ => assert!(matches!(second, IdempotencyError::InFlight), "{second:?}"),
    }
    assert!(begun.elapsed() >= Duration::from_millis(2_500));
    drop(running);
}
