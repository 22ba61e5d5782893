//! The tools of the admin console, in a running shop: audits and rehearsals.

use std::time::{Duration, Instant};

use reqwest::{Client, Response};
use serde_json::{Value, json};
use stampede_test_support::TestDb;

use crate::process::{Gateway, PASSWORD, make_admin, read};

const AUDIT: &str = "/admin/audit";
const REHEARSALS: &str = "/admin/rehearsals";

/// The admin `root`, at one gateway.
struct Root {
    client: Client,
    base: String,
    token: String,
}

impl Root {
    async fn at(shop: &Gateway) -> Self {
        let (client, base) = (Client::new(), format!("{}/api/v1", shop.base));
        let log_in = json!({"user_name": "root", "password": PASSWORD});
        let log_in = client.post(format!("{base}/user/login")).json(&log_in);
        let (_, body) = read(log_in.send().await.unwrap()).await;
        let token = body["access_token"].as_str().unwrap().to_owned();
        Self {
            client,
            base,
            token,
        }
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        let request = self.client.get(format!("{}{path}", self.base));
        let answer = request.bearer_auth(&self.token).send().await;
        read(answer.unwrap()).await
    }

    async fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.base)).json(body);
        request.bearer_auth(&self.token).send().await.unwrap()
    }

    /// The body at `path` once `is` says so.
    async fn once(&self, path: &str, is: impl Fn(&Value) -> bool) -> Value {
        let asked = Instant::now();
        loop {
            let (_, body) = self.get(path).await;
            if is(&body) {
                return body;
            }
            assert!(asked.elapsed() < Duration::from_mins(2), "{body}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The result of an audit that begins now.
    async fn audited(&self) -> Value {
        assert_eq!(self.post(AUDIT, &json!({})).await.status(), 202);
        let body = self.once(AUDIT, |body| body["running"] == false).await;
        body["last"].clone()
    }
}

#[actix_web::test]
async fn an_audit_is_told_to_every_gateway_and_names_what_is_broken() {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    make_admin(&db, &folder);
    let (one, two) = (Gateway::start(&db, &folder), Gateway::start(&db, &folder));
    let (one, two) = (Root::at(&one).await, Root::at(&two).await);
    let never = json!({"running": false, "started_at": null, "last": null});
    assert_eq!(one.get(AUDIT).await, (200, never));

    let empty = json!({});
    let (first, second) = tokio::join!(one.post(AUDIT, &empty), two.post(AUDIT, &empty));
    assert_eq!(
        (first.status(), second.status()),
        (202.try_into().unwrap(), 202.try_into().unwrap())
    );
    assert_eq!(first.headers()["location"], "/api/v1/admin/audit");
    let ended = |body: &Value| body["running"] == false && body["last"] != Value::Null;
    let told = two.once(AUDIT, ended).await;
    assert_eq!(told["last"]["clean"], true, "{told}");
    assert_eq!(told["last"]["error"], Value::Null);
    assert_eq!(
        told["last"]["report"]["checked"]["invariants"]["I1"]["breaches"],
        0
    );
    assert_eq!(one.get(AUDIT).await.1, told);

    db.by_hand(&["UPDATE wallet SET balance = balance + 1 WHERE user_id = 1"])
        .await;
    let broken = one.audited().await;
    assert_eq!(broken["clean"], false);
    let breach = &broken["report"]["breaches"][0];
    assert_eq!(
        (&breach["invariant"], &breach["subject"]),
        (&json!("I2"), &json!("wallet 1"))
    );
    let (_, log) = two.get("/admin/audit_log?page_size=1").await;
    assert_eq!(log["items"][0]["action"], "audit.run");
}

#[actix_web::test]
async fn only_a_shop_in_development_is_rehearsed_in() {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    make_admin(&db, &folder);
    let shop = Gateway::start(&db, &folder);
    let root = Root::at(&shop).await;

    let asked = root
        .post(REHEARSALS, &json!({"users": 9, "stock": 1}))
        .await;

    assert_eq!(asked.status(), 404);
    let id = "0199a1b2-3c4d-7000-8000-0123456789ab";
    assert_eq!(root.get(&format!("{REHEARSALS}/{id}")).await.0, 404);
}

#[actix_web::test]
async fn a_shop_rehearses_in_itself_one_sale_at_a_time() {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    make_admin(&db, &folder);
    let development = [
        ("STAMPEDE_PROFILE", "development"),
        ("STAMPEDE__DEMO", "false"),
    ];
    let shop = Gateway::with(&db, &folder, &development);
    let root = Root::at(&shop).await;
    for (body, code) in [
        (json!({"users": 0, "stock": 1}), "invalid_field"),
        (json!({"users": 50_001, "stock": 1}), "invalid_field"),
        (json!({"users": 9, "stock": 50_001}), "invalid_field"),
        (json!({"users": 9, "stock": 1, "rate": 0}), "invalid_field"),
        (
            json!({"users": 9, "stock": 1, "rate": 20_001}),
            "invalid_field",
        ),
        (json!({"users": -9, "stock": 1}), "invalid_field"),
        (json!({"users": 9}), "invalid_field"),
        (
            json!({"users": 9, "stock": 1, "url": "http://a"}),
            "unknown_field",
        ),
    ] {
        let (status, problem) = read(root.post(REHEARSALS, &body).await).await;
        assert_eq!((status, &problem["code"]), (422, &json!(code)), "{body}");
    }
    let unknown = format!("{REHEARSALS}/0199a1b2-3c4d-7000-8000-0123456789ab");
    assert_eq!(root.get(&unknown).await.0, 404);

    let plan = json!({"users": 60, "stock": 7, "rate": 400});
    let (first, second) = tokio::join!(root.post(REHEARSALS, &plan), root.post(REHEARSALS, &plan));
    let (begun, refused) = if first.status() == 202 {
        (first, second)
    } else {
        (second, first)
    };

    let location = begun.headers()["location"].to_str().unwrap().to_owned();
    let (status, body) = read(begun).await;
    assert_eq!((status, &body["state"]), (202, &json!("running")));
    let path = format!("{REHEARSALS}/{}", body["id"].as_str().unwrap());
    assert_eq!(location, format!("/api/v1{path}"));
    let (status, problem) = read(refused).await;
    assert_eq!(
        (status, &problem["code"]),
        (409, &json!("rehearsal_running"))
    );
    let done = root.once(&path, |body| body["state"] != "running").await;
    assert_eq!(
        (&done["state"], &done["error"]),
        (&json!("done"), &Value::Null),
        "{done}"
    );
    let report = &done["report"];
    assert_eq!(
        (&report["clean"], &report["verdict"]["sold"]),
        (&json!(true), &json!(7))
    );
    assert!(report["latency"]["accepted"]["p99_us"].as_u64().unwrap() > 0);
    assert_eq!(root.get("/seckill").await.1["items"], json!([]));
    let (_, stats) = root.get("/admin/stats?days=1").await;
    assert_eq!(
        stats["sums"],
        json!({"users": 1, "orders": 0, "revenue": 0, "refunds": 0})
    );
    assert_eq!(root.audited().await["clean"], true);
}
