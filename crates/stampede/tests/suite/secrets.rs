//! What is secret is in no log and in no row as it was sent (I14).

use std::fs::{self, File};

use reqwest::{Client, RequestBuilder, Response};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use stampede_persistence::entity::{
    audit_log, email_proof, feed, idempotency, job, pin, session, user,
};
use stampede_test_support::TestDb;

use crate::process::{Gateway, PASSWORD, read, stampede};

const OWN: &str = "a canary sang this password";
const WRONG: &str = "a canary mistyped this password";
/// Long, so that no time or id has it by chance.
const PIN: &str = "84621379335508216";
const WRONG_PIN: &str = "84621379335508217";
const JWT: &str = "canary-jwt-0123456789-abcdefghijklmnop";
const PEPPER: &str = "canary-pepper-0123456789-abcdefghijkl";

struct ApiClient {
    client: Client,
    base: String,
}

impl ApiClient {
    fn post(&self, path: &str, token: &str) -> RequestBuilder {
        let url = format!("{}/api/v1{path}", self.base);
        let request = self.client.post(url).header("Idempotency-Key", "k");
        request.bearer_auth(token)
    }

    async fn say(&self, path: &str, token: &str, body: &Value) -> Response {
        self.post(path, token).json(body).send().await.unwrap()
    }

    async fn log_in(&self, name: &str, password: &str) -> (u16, Value) {
        let body = json!({"user_name": name, "password": password});
        read(self.say("/user/login", "", &body).await).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Does everything with a secret in it, right and wrong, and says what they were.
async fn talk(talk: &ApiClient) -> Vec<String> {
    let carol =
        json!({"user_name": "carol", "password": OWN, "key": PIN, "email": "c@example.com"});
    assert_eq!(talk.say("/user/register", "", &carol).await.status(), 201);
    let again = talk.say("/user/register", "", &carol).await;
    assert_eq!(again.status(), 409);
    let broken = talk
        .post("/user/register", "")
        .body(format!("{{\"password\": \"{OWN}\""));
    let broken = broken.header("Content-Type", "application/json");
    assert_eq!(broken.send().await.unwrap().status(), 400);
    assert_eq!(talk.log_in("carol", WRONG).await.0, 401);
    let (_, session) = talk.log_in("carol", OWN).await;
    let (access, refresh) = (
        text(&session["access_token"]),
        text(&session["refresh_token"]),
    );
    for (path, body) in [
        ("/money", json!({ "key": PIN })),
        ("/money", json!({ "key": WRONG_PIN })),
        (
            "/paydown",
            json!({"order_id": "01936b5e-0000-7000-8000-000000000001", "key": PIN}),
        ),
        ("/user/refresh", json!({ "refresh_token": refresh })),
        ("/user/refresh", json!({ "refresh_token": refresh })),
    ] {
        assert!(
            talk.say(path, &access, &body).await.status() != 500,
            "{path}"
        );
    }
    let (_, root) = talk.log_in("root", PASSWORD).await;
    let hook = json!({"url": "https://hooks.example.com/", "events": ["*"]});
    let hook = talk
        .say("/admin/webhooks", &text(&root["access_token"]), &hook)
        .await;
    let (_, hook) = read(hook).await;
    let mut all = vec![
        access,
        refresh,
        text(&root["access_token"]),
        text(&hook["secret"]),
    ];
    all.extend([OWN, WRONG, PASSWORD, PIN, WRONG_PIN, JWT, PEPPER].map(str::to_owned));
    all
}

/// The rows of `E` as text.
async fn rows<E: EntityTrait>(db: &TestDb) -> String {
    format!("{:?}", E::find().all(db.db.reader()).await.unwrap())
}

/// Every row that somebody's secret went past. A webhook's own row has its
/// secret: deliveries are signed with it.
async fn kept(db: &TestDb) -> String {
    [
        rows::<user::Entity>(db).await,
        rows::<pin::Entity>(db).await,
        rows::<session::Entity>(db).await,
        rows::<email_proof::Entity>(db).await,
        rows::<idempotency::Entity>(db).await,
        rows::<job::Entity>(db).await,
        rows::<feed::Entity>(db).await,
        rows::<audit_log::Entity>(db).await,
    ]
    .concat()
}

#[actix_web::test]
async fn nothing_secret_is_logged_or_kept_as_it_was_sent() {
    let (db, folder) = (TestDb::open().await, tempfile::tempdir().unwrap());
    let log = folder.path().join("log");
    let stampede = || {
        let mut command = stampede(&db, &folder);
        command
            .env("STAMPEDE__LOG__LEVEL", "debug")
            .env("STAMPEDE__AUTH__JWT_SECRET", JWT)
            .env("STAMPEDE__AUTH__PEPPER", PEPPER)
            .stderr(File::create(&log).unwrap());
        command
    };
    let root = ["admin", "create", "--user-name", "root"];
    assert!(stampede().args(root).status().unwrap().success());
    let shop = Gateway::serving(&mut stampede());
    let (client, base) = (Client::new(), shop.base.clone());

    let secrets = talk(&ApiClient { client, base }).await;

    drop(shop);
    let kept = kept(&db).await;
    let log = fs::read_to_string(log).unwrap();
    assert!(log.contains("/api/v1/user/login"), "it was on: {log}");
    for secret in &secrets {
        assert!(!log.contains(secret), "{secret} is in the log");
        assert!(!kept.contains(secret), "{secret} is in a table");
    }
}
