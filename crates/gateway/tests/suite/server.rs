//! A shop that listens, on a database of its own.

use std::sync::Arc;

use reqwest::{Client, Method, RequestBuilder, Response};
use secrecy::SecretString;
use serde_json::{Value, json};
use stampede_gateway::{Running, Shop};
use stampede_kernel::SystemClock;
use stampede_test_support::TestDb;
use stampede_user::AccountService;

use crate::fakes::settings;

pub(crate) const PASSWORD: &str = "correct horse 9";

/// The shop, for as long as it is held.
pub(crate) struct TestShop {
    pub(crate) base: String,
    pub(crate) client: Client,
    pub(crate) running: Running,
    pub(crate) db: TestDb,
    pub(crate) folder: tempfile::TempDir,
}

/// Somebody signed in.
pub(crate) struct SignedIn<'a> {
    pub(crate) shop: &'a TestShop,
    pub(crate) id: i64,
    pub(crate) token: String,
    pub(crate) refresh: String,
}

impl TestShop {
    pub(crate) async fn open() -> Self {
        Self::with(&[]).await
    }

    /// With settings of its own on top of the test profile.
    pub(crate) async fn with(environment: &[(&str, &str)]) -> Self {
        let db = TestDb::open().await;
        let folder = tempfile::tempdir().unwrap();
        let mut all = vec![("DATABASE_URL", db.url.as_str())];
        all.extend(environment);
        let settings = settings(&folder, &all);
        let shop = Shop::on(settings, Arc::new(SystemClock)).await.unwrap();
        shop.users
            .accounts
            .create_admin("root", SecretString::from(PASSWORD))
            .await
            .unwrap();
        let running = Running::start(shop).unwrap();
        let base = format!("http://{}", running.addresses[0]);
        Self {
            base,
            client: Client::new(),
            running,
            db,
            folder,
        }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        self.request(Method::POST, path)
            .json(body)
            .send()
            .await
            .unwrap()
    }

    /// Registers somebody and logs them in.
    pub(crate) async fn customer(&self, name: &str) -> SignedIn<'_> {
        let body = json!({"user_name": name, "password": PASSWORD, "key": "246810"});
        let answer = self.post("/api/v1/user/register", &body).await;
        assert_eq!(answer.status(), 201);
        self.log_in(name).await
    }

    pub(crate) async fn admin(&self) -> SignedIn<'_> {
        self.log_in("root").await
    }

    pub(crate) async fn log_in(&self, name: &str) -> SignedIn<'_> {
        let body = json!({"user_name": name, "password": PASSWORD});
        let answer = self.post("/api/v1/user/login", &body).await;
        assert_eq!(answer.status(), 200);
        let body: Value = answer.json().await.unwrap();
        SignedIn {
            shop: self,
            id: body["user"]["id"].as_i64().unwrap(),
            token: body["access_token"].as_str().unwrap().to_owned(),
            refresh: body["refresh_token"].as_str().unwrap().to_owned(),
        }
    }
}

impl SignedIn<'_> {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.shop
            .request(method, path)
            .header("Authorization", format!("Bearer {}", self.token))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.unwrap()
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: &Value) -> Response {
        self.request(method, path).json(body).send().await.unwrap()
    }
}

/// The status and the JSON of an answer.
pub(crate) async fn read(answer: Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap_or(Value::Null))
}
