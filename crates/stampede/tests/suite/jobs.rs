//! What waits or was given up, for operators: the routes and the command.

use std::process::{Output, Stdio};

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use stampede_test_support::TestDb;
use tempfile::TempDir;

use crate::process::{Gateway, PASSWORD, make_admin, read, stampede};

/// Two jobs of a kind that nobody runs, given up, and one that waits.
const JOBS: &str = "INSERT INTO job
    (kind, payload, run_at, attempts, parked_at, last_error, created_at) VALUES
    ('test.one', '{\"secret\":1}', 5, 3, 7, 'sent to <eve@example.com>: no', 5),
    ('test.two', '{\"secret\":2}', 6, 10, 8, 'no', 6),
    ('test.two', '{\"secret\":3}', 9000000000000, 1, NULL, NULL, 6)";

fn jobs(db: &TestDb, folder: &TempDir, arguments: &[&str]) -> (i32, String) {
    let mut command = stampede(db, folder);
    command.arg("jobs").args(arguments).stderr(Stdio::piped());
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = String::from_utf8([stdout, stderr].concat()).unwrap();
    (status.code().unwrap(), text)
}

#[actix_web::test]
async fn the_command_lists_and_retries_what_was_given_up() {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    db.by_hand(&[JOBS]).await;

    let (code, all) = jobs(&db, &folder, &[]);
    assert_eq!((code, all.lines().count()), (0, 1 + 3), "{all}");
    let (code, parked) = jobs(&db, &folder, &["--parked"]);
    assert_eq!((code, parked.lines().count()), (0, 1 + 2), "{parked}");
    assert!(parked.contains("test.one") && parked.contains("[address]"));
    assert!(!all.contains("secret") && !all.contains("eve@"));

    let id = parked.lines().last().unwrap().split(' ').next().unwrap();
    for wrong in [&["retry"][..], &["retry", id, "--all"], &["retry", "x"]] {
        assert_eq!(jobs(&db, &folder, wrong).0, 2, "{wrong:?}");
    }
    let (code, told) = jobs(&db, &folder, &["retry", "999999"]);
    assert_eq!(code, 1);
    assert!(told.contains("does not exist"), "{told}");
    let (code, one) = jobs(&db, &folder, &["retry", id]);
    assert_eq!(code, 0);
    assert!(one.contains("waiting"), "{one}");
    let (code, rest) = jobs(&db, &folder, &["retry", "--all"]);
    assert_eq!((code, rest.as_str()), (0, "1 jobs are due now\n"));
    assert_eq!(jobs(&db, &folder, &["--parked"]).1.lines().count(), 1);
}

#[actix_web::test]
async fn the_command_leaves_another_releases_schema_alone() {
    let folder = tempfile::tempdir().unwrap();
    let empty = TestDb::empty().await;

    let (code, told) = jobs(&empty, &folder, &[]);

    assert_eq!(code, 1);
    assert!(told.contains("has no shop in it"), "{told}");
}

#[actix_web::test]
async fn an_admin_sees_what_was_given_up_and_retries_it() {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    db.by_hand(&[JOBS]).await;
    make_admin(&db, &folder);
    let gateway = Gateway::start(&db, &folder);
    let client = Client::new();
    let log_in = json!({"user_name": "root", "password": PASSWORD});
    let url = format!("{}/api/v1/user/login", gateway.base);
    let answer = client.post(url).json(&log_in).send().await.unwrap();
    let (_, signed_in) = read(answer).await;
    let token = signed_in["access_token"].as_str().unwrap().to_owned();
    let ask = |method: Method, path: &str| -> RequestBuilder {
        let url = format!("{}/api/v1/admin/{path}", gateway.base);
        client.request(method, url).bearer_auth(&token)
    };

    let page = ask(Method::GET, "jobs?parked=true&page_size=1");
    let (status, page) = read(page.send().await.unwrap()).await;
    assert_eq!(status, 200);
    assert_eq!(page["items"][0]["kind"], "test.two");
    let cursor = page["next_cursor"].as_str().unwrap();
    let next = format!("jobs?parked=true&page_size=1&cursor={cursor}");
    let (_, next) = read(ask(Method::GET, &next).send().await.unwrap()).await;
    let job = &next["items"][0];
    assert_eq!(job["last_error"], "sent to [address] no");
    assert_eq!(
        (&job["state"], &job["attempts"]),
        (&json!("parked"), &json!(3))
    );
    assert_eq!(job["parked_at"], "1970-01-01T00:00:00.007Z");
    assert_eq!(job.get("payload"), None);
    assert_eq!(next["next_cursor"], Value::Null);
    let foreign = format!("jobs?cursor={cursor}");
    let (status, problem) = read(ask(Method::GET, &foreign).send().await.unwrap()).await;
    assert_eq!((status, &problem["code"]), (422, &json!("bad_cursor")));
    for (query, items) in [("", 3), ("?parked=false", 1)] {
        let path = format!("jobs{query}");
        let (_, page) = read(ask(Method::GET, &path).send().await.unwrap()).await;
        assert_eq!(page["items"].as_array().unwrap().len(), items, "{query}");
    }

    for absent in ["jobs/999999/retry", "jobs/0/retry", "jobs/x/retry"] {
        assert_eq!(
            ask(Method::POST, absent).send().await.unwrap().status(),
            404
        );
    }
    let path = format!("jobs/{}/retry", job["id"]);
    let strange = ask(Method::POST, &path).json(&json!({"now": true}));
    assert_eq!(strange.send().await.unwrap().status(), 422);
    let (status, retried) = read(ask(Method::POST, &path).send().await.unwrap()).await;
    assert_eq!((status, &retried["state"]), (200, &json!("waiting")));
    assert_eq!(retried["parked_at"], Value::Null);
    let log = ask(Method::GET, "audit_log?page_size=1")
        .send()
        .await
        .unwrap();
    let (_, log) = read(log).await;
    assert_eq!(log["items"][0]["action"], "job.retry");
    assert_eq!(log["items"][0]["actor_id"], signed_in["user"]["id"]);
    assert_eq!(log["items"][0]["target"], format!("job:{}", job["id"]));
}
