//! Two processes on one database.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Client, Method};
use serde_json::{Value, json};
use stampede_test_support::TestDb;

use crate::server::{PASSWORD, read};

/// Within which a change is seen everywhere (api.md §1.14).
const SOON: Duration = Duration::from_secs(1);

/// A running `stampede`; it ends with the test.
struct Gateway {
    process: Child,
    base: String,
}

impl Drop for Gateway {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The binary, to be run on this database and in this folder.
pub(crate) fn stampede(db: &TestDb, folder: &tempfile::TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stampede"));
    command
        .env("STAMPEDE_PROFILE", "test")
        .env("DATABASE_URL", &db.url)
        .env("PORT", "0")
        .env("STAMPEDE__DATA_DIR", folder.path().join("data"))
        .env("STAMPEDE_ADMIN_PASSWORD", PASSWORD)
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

impl Gateway {
    fn start(db: &TestDb, folder: &tempfile::TempDir) -> Self {
        let mut process = stampede(db, folder).arg("serve").spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let base = lines.find_map(|line| {
            let line = line.unwrap();
            line.split_once(" is open at ")
                .map(|(_, base)| base.to_owned())
        });
        // The rest is read so that the process can go on writing.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            process,
            base: base.expect("the process says where it listens"),
        }
    }

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
    let made = stampede(&db, &folder)
        .args(["admin", "create", "--user-name", "root"])
        .status();
    assert!(made.unwrap().success());
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

/// Asks until it is so, for a second; a busy machine is given another one.
async fn until<Asked: Future<Output = bool>>(so: impl Fn() -> Asked) {
    let started = Instant::now();
    while !so().await {
        assert!(started.elapsed() < SOON * 2, "it was not seen in time");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    if started.elapsed() > SOON {
        eprintln!("seen after {:?}", started.elapsed());
    }
}
