//! The sweep takes what nobody needs any more, in slices, and nothing else.

use std::time::Duration;

use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait, PaginatorTrait};
use stampede_kernel::{Timestamp, UserId};
use stampede_persistence::entity::{feed, idempotency, job};
use stampede_persistence::{Database, Topic, sweep};
use stampede_test_support::TestDb;

const NOW: Timestamp = Timestamp(10_000_000_000);

fn ago(span: Duration) -> Timestamp {
    NOW.minus(span)
}

async fn news(tx: &DatabaseTransaction, rows: i64, at: Timestamp) {
    let keys: Vec<i64> = (0..rows).collect();
    for keys in keys.chunks(500) {
        stampede_persistence::feed::append(tx, Topic::Stock, keys, at)
            .await
            .unwrap();
    }
}

async fn a_job(tx: &DatabaseTransaction, done_at: Option<Timestamp>, parked: Option<Timestamp>) {
    let row = job::ActiveModel {
        kind: Set("test".to_owned()),
        payload: Set("{}".to_owned()),
        run_at: Set(Timestamp(0)),
        attempts: Set(1),
        done_at: Set(done_at),
        parked_at: Set(parked),
        created_at: Set(Timestamp(0)),
        ..Default::default()
    };
    job::Entity::insert(row)
        .exec_without_returning(tx)
        .await
        .unwrap();
}

async fn answers(tx: &DatabaseTransaction, rows: i64, name: &str, at: impl Fn(i64) -> Timestamp) {
    let rows: Vec<_> = (0..rows)
        .map(|n| idempotency::ActiveModel {
            user_id: Set(UserId(n)),
            scope: Set("POST /order".to_owned()),
            key: Set(name.to_owned()),
            fingerprint: Set("0".repeat(64)),
            answer: Set(Some("1".to_owned())),
            created_at: Set(at(n)),
        })
        .collect();
    for rows in rows.chunks(500) {
        idempotency::Entity::insert_many(rows.to_vec())
            .exec_without_returning(tx)
            .await
            .unwrap();
    }
}

async fn counts(db: &Database) -> [u64; 3] {
    let db = db.reader();
    [
        feed::Entity::find().count(db).await.unwrap(),
        job::Entity::find().count(db).await.unwrap(),
        idempotency::Entity::find().count(db).await.unwrap(),
    ]
}

#[tokio::test]
async fn news_jobs_and_answers_go_when_their_time_is_over_and_not_before() {
    let shop = TestDb::open().await;
    let minute = Duration::from_mins(1);
    let (week, two_days) = (Duration::from_hours(168), Duration::from_hours(48));
    let tx = shop.db.begin_write().await.unwrap();
    news(&tx, 2_500, ago(minute * 11)).await;
    news(&tx, 3, ago(minute * 10)).await;
    a_job(&tx, Some(ago(week + minute)), None).await;
    a_job(&tx, Some(ago(week)), None).await;
    a_job(&tx, None, None).await;
    a_job(&tx, None, Some(Timestamp(0))).await;
    // More than a slice at one instant, and more than a slice spread out.
    answers(&tx, 1_200, "same", |_| ago(two_days * 3)).await;
    answers(&tx, 1_200, "spread", |n| {
        ago(two_days * 2).plus(Duration::from_millis(n.unsigned_abs()))
    })
    .await;
    answers(&tx, 4, "young", |_| ago(two_days)).await;
    tx.commit().await.unwrap();
    assert_eq!(counts(&shop.db).await, [2_503, 4, 2_404]);

    let gone = sweep::platform(&shop.db, NOW).await.unwrap();

    assert_eq!(gone, 2_500 + 1 + 2_400);
    assert_eq!(counts(&shop.db).await, [3, 3, 4]);
    assert_eq!(sweep::platform(&shop.db, NOW).await.unwrap(), 0);
}
