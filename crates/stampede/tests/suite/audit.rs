//! `stampede audit`, as it is run.

use std::process::{Output, Stdio};

use sea_orm::ConnectionTrait;
use serde_json::Value;
use stampede_test_support::TestDb;
use tempfile::TempDir;

use crate::process::stampede;

fn run(db: &TestDb, folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = stampede(db, folder);
    command.args(arguments).stderr(Stdio::piped());
    command.output().unwrap()
}

/// Exit code, the object on standard output, and what stands on standard error.
fn audit(db: &TestDb, folder: &TempDir) -> (i32, Value, String) {
    let output = run(db, folder, &["audit", "--json"]);
    let told = String::from_utf8(output.stderr).unwrap();
    let json = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (output.status.code().unwrap(), json, told)
}

/// A shop with goods, users and orders.
async fn furnished() -> (TestDb, TempDir) {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    let seed = [
        "seed",
        "--products",
        "20",
        "--users",
        "3",
        "--orders",
        "300",
    ];
    assert!(run(&db, &folder, &seed).status.success());
    (db, folder)
}

#[actix_web::test]
async fn what_cannot_be_checked_is_neither_clean_nor_broken() {
    let folder = tempfile::tempdir().unwrap();
    let (empty, newer) = (TestDb::empty().await, TestDb::open().await);
    newer
        .by_hand(&["INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999', 0)"])
        .await;
    let older = TestDb::open().await;
    older
        .by_hand(&["DELETE FROM seaql_migrations WHERE version = 'm0001_platform'"])
        .await;

    for (db, why) in [
        (&empty, "has no shop in it"),
        (&newer, "newer than this release"),
        (&older, "older than this release"),
    ] {
        let (code, json, told) = audit(db, &folder);
        assert_eq!((code, json), (2, Value::Null), "{told}");
        assert!(told.contains(why) && told.lines().count() == 1, "{told}");
    }
    let tables = "SELECT COUNT(*) FROM seaql_migrations";
    let made = empty.db.reader().execute_unprepared(tables).await;
    assert!(made.is_err(), "nothing was made");

    let nowhere = "postgres://shop:hunter2@127.0.0.1:1/shop";
    let absent = folder.path().join("absent.db");
    let absent = format!("sqlite://{}", absent.display());
    for url in [nowhere, &absent] {
        let output = run(&empty, &folder, &["audit", "--database-url", url]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(
            told.lines().count() == 1 && !told.contains("hunter2"),
            "{told}"
        );
    }
    assert!(!folder.path().join("absent.db").exists());
}

#[actix_web::test]
async fn a_shop_that_sells_meanwhile_is_clean_and_says_of_how_much() {
    let (db, folder) = furnished().await;
    let selling = db.db.begin_write().await.unwrap();
    let sale = "UPDATE sku SET num = num + 1";
    selling.execute_unprepared(sale).await.unwrap();

    let (code, json, told) = audit(&db, &folder);
    let shown = run(&db, &folder, &["audit"]);

    selling.rollback().await.unwrap();
    assert_eq!((code, told.as_str()), (0, ""));
    assert_eq!(json["clean"], true);
    assert_eq!(json["breaches"], serde_json::json!([]));
    let checked = &json["checked"];
    assert_eq!(checked["rows"]["user"], 3);
    assert_eq!(checked["rows"]["product"], 20);
    assert_eq!(checked["rows"]["order"], 300);
    assert_eq!(checked["media_files"], true);
    assert!(json["took_ms"].is_u64());
    let shown = String::from_utf8(shown.stdout).unwrap();
    for (invariant, verdict) in checked["invariants"].as_object().unwrap() {
        let line = shown
            .lines()
            .find(|line| line.starts_with(&format!("{invariant} ")));
        assert!(line.unwrap().ends_with("clean"), "{shown}");
        assert_eq!(verdict["breaches"], 0);
    }
}

#[actix_web::test]
async fn what_is_broken_is_named_and_counted() {
    let (db, folder) = furnished().await;
    db.by_hand(&["UPDATE wallet SET balance = balance + 1 WHERE user_id = 2"])
        .await;

    let (code, json, told) = audit(&db, &folder);
    let shown = run(&db, &folder, &["audit"]);

    assert_eq!(code, 1);
    assert_eq!(told, "stampede: the audit found 3 breaches\n");
    assert_eq!(json["clean"], false);
    assert_eq!(json["breaches"][0]["invariant"], "I2");
    assert_eq!(json["breaches"][0]["subject"], "wallet 2");
    assert_eq!(json["checked"]["invariants"]["I3"]["breaches"], 1);
    assert_eq!(shown.status.code(), Some(1));
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("wallet 2: its balance"), "{shown}");
    assert!(shown.contains("3 breaches in "), "{shown}");
}
