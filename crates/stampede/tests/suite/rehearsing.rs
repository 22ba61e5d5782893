//! `stampede rehearse`, as it is run.

use std::process::{Output, Stdio};

use reqwest::Client;
use serde_json::{Value, json};
use stampede_test_support::TestDb;
use tempfile::TempDir;

use crate::process::{Gateway, PASSWORD, make_admin, read, stampede};

const TO_SHOP: [&str; 8] = [
    "--users", "60", "--stock", "7", "--limit", "2", "--rate", "400",
];

/// A database with the admin `root`, and the folder that its processes share.
async fn shop() -> (TestDb, TempDir) {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    make_admin(&db, &folder);
    (db, folder)
}

fn rehearse(db: &TestDb, folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = stampede(db, folder);
    command.args(["rehearse", "--json"]).args(arguments);
    command.stderr(Stdio::piped()).output().unwrap()
}

/// Exit code, the object on standard output, and what stands on standard error.
fn told(output: &Output) -> (i32, Value, String) {
    let json = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    (output.status.code().unwrap(), json, told)
}

async fn as_root(shop: &Gateway, paths: &[&str]) -> Vec<Value> {
    let client = Client::new();
    let url = |path: &str| format!("{}/api/v1{path}", shop.base);
    let log_in = json!({"user_name": "root", "password": PASSWORD});
    let log_in = client.post(url("/user/login")).json(&log_in).send().await;
    let (_, root) = read(log_in.unwrap()).await;
    let token = root["access_token"].as_str().unwrap();
    let mut answers = Vec::new();
    for path in paths {
        let answer = client.get(url(path)).bearer_auth(token).send().await;
        answers.push(read(answer.unwrap()).await.1);
    }
    answers
}

fn is_clean(db: &TestDb, folder: &TempDir) {
    let audit = stampede(db, folder).arg("audit").output().unwrap();
    let said = String::from_utf8_lossy(&audit.stdout);
    assert!(audit.status.success(), "{said}");
}

#[actix_web::test]
async fn what_cannot_be_played_says_why_and_leaves_nobody_behind() {
    let (db, folder) = shop().await;
    let (other, its_folder) = shop().await;
    let stranger = Gateway::start(&other, &its_folder);

    for (url, why) in [
        ("https://shop.example", "must be http://host:port"),
        ("http://127.0.0.1:1", "it does not know the sale"),
        (&stranger.base, "it does not know the sale"),
    ] {
        let arguments = [&TO_SHOP[..], &["--url", url]].concat();
        let (code, json, told) = told(&rehearse(&db, &folder, &arguments));

        assert_eq!((code, json), (2, Value::Null), "{told}");
        assert!(told.contains(why) && told.lines().count() == 1, "{told}");
    }
    is_clean(&db, &folder);
    let shop = Gateway::start(&db, &folder);
    let seen = as_root(&shop, &["/admin/users", "/seckill"]).await;
    assert_eq!(seen[0]["items"].as_array().unwrap().len(), 1);
    assert_eq!(seen[1]["items"], json!([]));
}

#[actix_web::test]
async fn production_is_asked_for_by_name() {
    let (db, folder) = shop().await;
    let shop = Gateway::start(&db, &folder);
    let mut command = stampede(&db, &folder);
    let secret = "an honest secret of thirty-two bytes";
    command
        .env("STAMPEDE_PROFILE", "production")
        .env("STAMPEDE__AUTH__JWT_SECRET", secret)
        .env("STAMPEDE__AUTH__PEPPER", secret)
        .args(["rehearse", "--users", "9", "--stock", "1", "--url"])
        .arg(&shop.base)
        .stderr(Stdio::piped());

    let (code, _, told) = told(&command.output().unwrap());

    assert_eq!(code, 2, "{told}");
    assert!(told.contains("say --yes"), "{told}");
}

#[actix_web::test]
async fn a_rehearsal_at_a_running_shop_is_exact_and_leaves_nothing_to_see() {
    let (db, folder) = shop().await;
    let shop = Gateway::start(&db, &folder);

    let arguments = [&TO_SHOP[..], &["--url", &shop.base, "--visitors", "9"]].concat();
    let (code, json, told) = told(&rehearse(&db, &folder, &arguments));

    assert_eq!((code, told.as_str()), (0, ""), "{json}");
    assert_eq!(json["clean"], true);
    assert_eq!(json["visitors"]["pages"], 9);
    assert_eq!(json["visitors"]["failed"], 0, "{json}");
    assert!(json["visitors"]["latency"]["count"].as_u64().unwrap() > 0);
    assert_eq!(json["rehearsal"]["claims"], 126);
    assert_eq!(json["rehearsal"]["own_shop"], false);
    assert_eq!(
        json["verdict"],
        json!({
            "sold": 7, "oversold": 0, "undersold": 0, "lost": 0, "untold": 0,
            "over_limit": 0, "unresolved": 0,
        })
    );
    assert_eq!(json["cancelled_orders"], 7);
    assert_eq!(json["audit"]["clean"], true);
    let slices = json["timeline"]["slices"].as_array().unwrap();
    let arrived = slices
        .iter()
        .map(|slice| slice["arrived"].as_u64().unwrap());
    assert_eq!(arrived.sum::<u64>(), 126);

    is_clean(&db, &folder);
    let seen = as_root(
        &shop,
        &["/admin/stats", "/admin/users", "/seckill", "/products"],
    )
    .await;
    let sum = |days: &Value| -> i64 {
        let days = days.as_array().unwrap().iter();
        days.map(|day| day["count"].as_i64().unwrap()).sum()
    };
    assert_eq!(sum(&seen[0]["users"]), 1, "{}", seen[0]);
    assert_eq!(sum(&seen[0]["orders"]), 0, "{}", seen[0]);
    assert_eq!(seen[1]["items"].as_array().unwrap().len(), 1);
    assert_eq!(seen[2]["items"], json!([]));
    assert_eq!(seen[3]["total"], 0);
}

#[actix_web::test]
async fn without_a_shop_it_opens_one_of_its_own_and_takes_it_away() {
    let (db, folder) = shop().await;
    let temporary = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    let mut command = stampede(&db, &folder);
    command
        .env("TMPDIR", temporary.path())
        .args([
            "rehearse", "--users", "40", "--stock", "40", "--rate", "400",
        ])
        .arg("--html")
        .arg(&page);

    let output = command.output().unwrap();

    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{shown}");
    assert!(shown.contains("a shop of its own at http://"), "{shown}");
    assert!(shown.contains("exact: 40 of 40 units sold"), "{shown}");
    assert!(
        shown.contains(" batches of ") && shown.contains(" · commit "),
        "{shown}"
    );
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("<polyline") && page.contains("Exact, and the audit is clean."));
    assert!(!page.contains("<script") && !page.contains("http-equiv"));
    let left = std::fs::read_dir(temporary.path()).unwrap().count();
    assert_eq!(left, 0, "the folder is gone");
}

#[actix_web::test]
async fn a_shop_that_is_broken_already_does_not_pass() {
    let (db, folder) = shop().await;
    let shop = Gateway::start(&db, &folder);
    db.by_hand(&["UPDATE wallet SET balance = balance + 1 WHERE user_id = 1"])
        .await;

    let arguments = [&TO_SHOP[..], &["--url", &shop.base]].concat();
    let (code, json, told) = told(&rehearse(&db, &folder, &arguments));

    assert_eq!(code, 1, "{told}");
    assert_eq!(json["clean"], false);
    assert_eq!(json["audit"]["breaches"][0]["invariant"], "I2");
    assert_eq!(json["verdict"]["sold"], 7, "the sale itself was exact");
}

/// The gateway that sells dies after its first commit, before any of its winners
/// hears of it; another takes over.
#[actix_web::test]
async fn a_gateway_that_dies_in_the_middle_costs_nobody_an_order() {
    let (db, folder) = shop().await;
    let dying = Gateway::with(&db, &folder, &[("FAILPOINTS", "sale.committed=panic")]);
    let other = Gateway::start(&db, &folder);

    let urls = ["--url", dying.base.as_str(), "--url", other.base.as_str()];
    let arguments = [&TO_SHOP[..], &urls].concat();
    let (code, json, told) = told(&rehearse(&db, &folder, &arguments));

    assert!(dying.died());
    assert_eq!((code, told.as_str()), (0, ""), "{json}");
    assert_eq!(json["verdict"]["sold"], 7);
    assert_eq!(json["verdict"]["lost"], 0);
    assert!(
        json["answers"]["unanswered"].as_u64().unwrap() > 0,
        "{json}"
    );
    is_clean(&db, &folder);
}
