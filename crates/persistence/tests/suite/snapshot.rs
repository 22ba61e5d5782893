//! A snapshot sees one moment, writes nothing and holds nobody up.

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, PaginatorTrait};
use stampede_kernel::{Timestamp, UserId};
use stampede_persistence::audit::AUDIT;
use stampede_persistence::entity::{idempotency, marker};
use stampede_persistence::{Database, Pool};
use stampede_test_support::TestDb;

async fn write(db: &Database, name: &str) {
    let tx = db.begin_write().await.unwrap();
    let row = marker::ActiveModel {
        name: sea_orm::ActiveValue::Set(name.to_owned()),
        value: sea_orm::ActiveValue::Set(String::new()),
    };
    marker::Entity::insert(row)
        .exec_without_returning(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn seen(tx: &DatabaseTransaction) -> u64 {
    marker::Entity::find().count(tx).await.unwrap()
}

#[tokio::test]
async fn what_is_committed_after_it_began_is_not_in_it() {
    let shop = TestDb::open().await;
    write(&shop.db, "before").await;

    let snapshot = shop.db.snapshot().await.unwrap();
    write(&shop.db, "after").await;

    assert_eq!(seen(&snapshot).await, 1);
    write(&shop.db, "later").await;
    assert_eq!(seen(&snapshot).await, 1);
    snapshot.rollback().await.unwrap();
    assert_eq!(seen(&shop.db.snapshot().await.unwrap()).await, 3);
}

#[tokio::test]
async fn time_outs_against_slow_requests_do_not_end_it() {
    let shop = TestDb::open().await;
    let (limit, slow) = match shop.db.backend() {
        DatabaseBackend::Sqlite => return,
        DatabaseBackend::Postgres => (
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = 100', \
             current_database()); END $$",
            "SELECT pg_sleep(0.5)",
        ),
        // MariaDB's session is the pool's: it has one connection below.
        _ => ("SET SESSION max_statement_time = 0.1", "SELECT SLEEP(0.5)"),
    };
    let pool = Pool {
        connections: 1,
        ..Pool::default()
    };
    shop.db.reader().execute_unprepared(limit).await.unwrap();
    let db = Database::connect(&shop.url, pool).await.unwrap();
    if db.backend() == DatabaseBackend::MySql {
        db.reader().execute_unprepared(limit).await.unwrap();
    }
    let hasty = db.reader().execute_unprepared(slow).await;
    assert!(hasty.is_err() || db.backend() == DatabaseBackend::MySql);

    let snapshot = db.snapshot().await.unwrap();

    snapshot.execute_unprepared(slow).await.unwrap();
    assert_eq!(seen(&snapshot).await, 0);
}

#[tokio::test]
async fn a_database_that_is_only_read_is_neither_made_nor_changed() {
    let shop = TestDb::open().await;
    let pool = Pool {
        read_only: true,
        ..Pool::default()
    };
    let db = Database::connect(&shop.url, pool).await.unwrap();

    let refused = db.reader().execute_unprepared("DELETE FROM marker").await;

    assert!(refused.is_err());
    assert_eq!(seen(&db.snapshot().await.unwrap()).await, 0);
    if db.backend() == DatabaseBackend::Sqlite {
        let nowhere = format!("{}.absent", shop.url);
        assert!(Database::connect(&nowhere, pool).await.is_err());
        let file = nowhere.trim_start_matches("sqlite://");
        assert!(!std::path::Path::new(file).exists());
    }
}

#[tokio::test]
async fn a_key_that_was_committed_without_its_answer_is_named() {
    let shop = TestDb::open().await;
    let tx = shop.db.begin_write().await.unwrap();
    let row = |key: &str, answer: Option<&str>| {
        use sea_orm::ActiveValue::Set;
        idempotency::ActiveModel {
            user_id: Set(UserId(7)),
            scope: Set("POST /order".to_owned()),
            key: Set(key.to_owned()),
            fingerprint: Set("0".repeat(64)),
            answer: Set(answer.map(str::to_owned)),
            created_at: Set(Timestamp(1)),
        }
    };
    idempotency::Entity::insert_many([row("k1", Some("1")), row("k2", None)])
        .exec_without_returning(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let snapshot = shop.db.snapshot().await.unwrap();
    let findings = AUDIT.run(&snapshot).await.unwrap();

    assert_eq!(findings.rows["idempotency"], 2);
    assert_eq!(findings.verdicts["I6"].breaches, 1);
    let subject = "answer to POST /order k2 of user 7";
    assert_eq!(findings.breaches[0].subject, subject);
}

#[tokio::test]
async fn a_check_names_a_thousand_breaches_and_counts_all() {
    let shop = TestDb::open().await;
    let numbers = "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 999)
        SELECT i, 's', CONCAT('a', i), 'f', 1 FROM n
        UNION ALL SELECT i, 's', CONCAT('b', i), 'f', 1 FROM n";
    let columns = r#"user_id, scope, "key", fingerprint, created_at"#;
    let sql = format!("INSERT INTO idempotency ({columns}) {numbers}");
    shop.by_hand(&[&sql]).await;

    let snapshot = shop.db.snapshot().await.unwrap();
    let findings = AUDIT.run(&snapshot).await.unwrap();

    assert_eq!(findings.breaches.len(), 1_000);
    assert_eq!(findings.verdicts["I6"].breaches, 1_998);
}
