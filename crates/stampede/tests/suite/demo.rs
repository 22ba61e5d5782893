//! The demo shop is furnished once, whole, whatever happens to its first start.

use sea_orm::{ConnectionTrait, Statement};
use stampede_test_support::TestDb;

use crate::process::{Gateway, stampede};

const DEMO: (&str, &str) = ("STAMPEDE__DEMO", "true");
/// Tables that the demo fills, and what is compared of each.
const FACTS: [(&str, &str); 13] = [
    ("delivery_method", "COUNT(*)"),
    ("promotion", "COUNT(*)"),
    ("user", "COUNT(*)"),
    ("address", "COUNT(*)"),
    ("category", "COUNT(*)"),
    ("product", "COUNT(*)"),
    ("sku", "COALESCE(SUM(num), 0)"),
    ("product_image", "COUNT(*)"),
    ("carousel", "COUNT(*)"),
    ("favorite", "COUNT(*)"),
    ("order", "COUNT(*)"),
    ("order_history", "COUNT(*)"),
    (
        "entry",
        "COALESCE(SUM(CASE WHEN amount > 0 THEN amount ELSE 0 END), 0)",
    ),
];

/// What is in the shop.
async fn facts(db: &TestDb) -> Vec<(&'static str, String)> {
    let reader = db.db.reader();
    let (quote, text) = match reader.get_database_backend() {
        sea_orm::DatabaseBackend::MySql => ('`', "CHAR"),
        _ => ('"', "TEXT"),
    };
    let mut facts = Vec::new();
    for (table, fact) in FACTS {
        let sql = format!("SELECT CAST({fact} AS {text}) AS fact FROM {quote}{table}{quote}");
        let statement = Statement::from_string(reader.get_database_backend(), sql);
        let row = reader.query_one_raw(statement).await.unwrap().unwrap();
        facts.push((table, row.try_get("", "fact").unwrap()));
    }
    facts
}

/// Whether the books are exact.
fn is_clean(db: &TestDb, folder: &tempfile::TempDir) -> bool {
    let audit = stampede(db, folder).arg("audit").output().unwrap();
    audit.status.success()
}

#[tokio::test]
async fn a_start_that_was_interrupted_is_made_whole_by_the_next() {
    let (whole, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    drop(Gateway::with(&whole, &folder, &[DEMO]));
    let whole = facts(&whole).await;

    for point in [
        "demo.product=panic",
        "demo.product=20*off->panic",
        "demo.order=panic",
        "demo.order=9*off->panic",
        "order.commit=5*off->panic",
    ] {
        let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
        let mut first = stampede(&db, &folder);
        let first = first.env(DEMO.0, DEMO.1).env("FAILPOINTS", point);
        let ended = first.arg("serve").status().unwrap();
        assert!(!ended.success(), "{point}");
        assert_ne!(facts(&db).await, whole, "{point}");

        drop(Gateway::with(&db, &folder, &[DEMO]));

        assert_eq!(facts(&db).await, whole, "{point}");
        assert!(is_clean(&db, &folder), "{point}");
    }
}

#[tokio::test]
async fn what_was_deleted_from_a_demo_shop_does_not_come_back() {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    drop(Gateway::with(&db, &folder, &[DEMO]));
    let tx = db.db.begin_write().await.unwrap();
    tx.execute_unprepared("DELETE FROM carousel").await.unwrap();
    tx.commit().await.unwrap();
    let emptied = facts(&db).await;

    drop(Gateway::with(&db, &folder, &[DEMO]));

    assert_eq!(facts(&db).await, emptied);
}
