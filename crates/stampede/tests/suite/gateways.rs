//! Two processes on one database.

use std::time::{Duration, Instant};

use reqwest::{Client, Method};
use serde_json::{Value, json};
use stampede_test_support::TestDb;

use crate::process::{Gateway, PASSWORD, make_admin, read};

/// Within which a change is seen everywhere (api.md §1.14).
const SOON: Duration = Duration::from_secs(1);
/// How long a busy machine may take.
const PATIENCE: Duration = Duration::from_mins(1);

impl Gateway {
    async fn see(&self, client: &Client, path: &str) -> Value {
        let answer = client.get(format!("{}{path}", self.base)).send().await;
        read(answer.unwrap()).await.1
    }
}

async fn token(client: &Client, gateway: &Gateway) -> String {
    let body = json!({"user_name": "root", "password": PASSWORD});
    let url = format!("{}/api/v1/user/login", gateway.base);
    let answer = client.post(url).json(&body).send().await.unwrap();
    let (_, body) = read(answer).await;
    format!("Bearer {}", body["access_token"].as_str().unwrap())
}

#[actix_web::test]
async fn a_change_on_one_gateway_is_seen_on_the_other_within_a_second() {
    if std::env::var("TEST_DATABASE_URL").is_err() {
        return;
    }
    let db = TestDb::open().await;
    let folder = tempfile::tempdir().unwrap();
    make_admin(&db, &folder);
    let (one, two) = (Gateway::start(&db, &folder), Gateway::start(&db, &folder));
    let client = Client::new();
    let token = token(&client, &one).await;
    let send = |method: Method, path: &str, body: Value| {
        let request = client.request(method, format!("{}{path}", one.base));
        request.header("Authorization", &token).json(&body).send()
    };
    let (_, home) = read(
        send(Method::POST, "/api/v1/categories", json!({"name": "Home"}))
            .await
            .unwrap(),
    )
    .await;
    let form = reqwest::multipart::Form::new()
        .text("name", "Lamp")
        .text("title", "")
        .text("info", "")
        .text("category_id", home["id"].to_string())
        .text("price", "500")
        .text("num", "3");
    let request = client
        .post(format!("{}/api/v1/product", one.base))
        .multipart(form);
    let (_, lamp) = read(
        request
            .header("Authorization", &token)
            .send()
            .await
            .unwrap(),
    )
    .await;
    let page = format!("/api/v1/product/{}", lamp["id"]);
    until(|| async { two.see(&client, "/api/v1/products").await["total"] == 1 }).await;

    for name in ["Desk lamp", "Reading lamp", "Night lamp"] {
        // Both pages are in the other gateway's memory when the change comes.
        two.see(&client, &page).await;
        two.see(&client, "/api/v1/products").await;
        let changed = send(Method::PUT, &page, json!({"name": name}))
            .await
            .unwrap();
        assert_eq!(changed.status(), 200);
        assert_eq!(one.see(&client, &page).await["name"], name);
        until(|| async { two.see(&client, &page).await["name"] == name }).await;
        until(|| async {
            two.see(&client, "/api/v1/products?q=lamp").await["items"][0]["name"] == name
        })
        .await;
    }
}

/// Asks until it is so. On a machine that is not busy that takes a second at most; a
/// change that is never seen ends the test.
async fn until<Asked: Future<Output = bool>>(so: impl Fn() -> Asked) {
    let started = Instant::now();
    while !so().await {
        assert!(started.elapsed() < PATIENCE, "it was not seen");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    if started.elapsed() > SOON {
        eprintln!("seen after {:?}", started.elapsed());
    }
}
