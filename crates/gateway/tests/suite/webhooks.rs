//! What other programs hear of orders, over real sockets.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{SignedIn, TestShop, read};
use crate::shop_fixture::{PIN, ShopFixture, path};

const HOOKS: &str = "/api/v1/admin/webhooks";

/// A delivery as it came.
struct Heard {
    headers: HashMap<String, String>,
    body: Value,
}

/// A program that takes every delivery.
#[derive(Clone, Default)]
struct Receiver(Arc<Mutex<Vec<Heard>>>);

impl Receiver {
    /// With its URL.
    fn open() -> (Self, String) {
        let receiver = Self::default();
        let data = web::Data::new(receiver.clone());
        let server = HttpServer::new(move || {
            let take = web::post().to(Self::take);
            App::new().app_data(data.clone()).route("/hook", take)
        });
        let server = server.workers(1).bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", server.addrs()[0]);
        actix_web::rt::spawn(server.disable_signals().run());
        (receiver, url)
    }

    #[expect(clippy::unused_async, reason = "actix asks for a future")]
    async fn take(
        own: web::Data<Self>,
        request: HttpRequest,
        body: web::Json<Value>,
    ) -> HttpResponse {
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| {
            let value = value.to_str().unwrap().to_owned();
            (name.as_str().to_owned(), value)
        });
        own.0.lock().unwrap().push(Heard {
            headers: headers.collect(),
            body: body.into_inner(),
        });
        HttpResponse::NoContent().finish()
    }

    /// What came, once that is so much.
    async fn heard(&self, count: usize) -> Vec<Heard> {
        for _ in 0..200 {
            if let Some(heard) = self.all(count) {
                return heard;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{count} deliveries did not come");
    }

    fn all(&self, count: usize) -> Option<Vec<Heard>> {
        let mut heard = self.0.lock().unwrap();
        (heard.len() >= count).then(|| std::mem::take(&mut *heard))
    }
}

async fn register(admin: &SignedIn<'_>, url: &str, events: &[&str]) -> (u16, Value) {
    let body = json!({"url": url, "events": events});
    read(admin.send(Method::POST, HOOKS, &body).await).await
}

/// The only delivery of a webhook, once it is recorded as delivered so often.
async fn delivered(admin: &SignedIn<'_>, list: &str, attempts: i64) -> Value {
    for _ in 0..200 {
        let (status, page) = read(admin.get(list).await).await;
        assert_eq!(status, 200);
        let items = page["items"].as_array().unwrap();
        if let [one] = items.as_slice()
            && one["status"] == "delivered"
            && one["attempts"] == attempts
        {
            return one.clone();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it was not delivered {attempts} times");
}

#[actix_web::test]
async fn a_webhook_hears_of_an_order_as_the_api_shows_it() {
    let counter = ShopFixture::with(&[("STAMPEDE__WEBHOOK__PRIVATE_TARGETS", "true")]).await;
    let admin = counter.shop.admin().await;
    let (receiver, url) = Receiver::open();
    let (status, hook) = register(&admin, &url, &["order.paid"]).await;
    assert_eq!(status, 201);
    assert!(hook["secret"].as_str().unwrap().starts_with("whsec_"));
    let (_, listed) = read(admin.get(HOOKS).await).await;
    assert_eq!(listed["items"][0]["url"], json!(url));
    assert_eq!(listed["items"][0].get("secret"), None);
    let buyer = counter.buyer("ann", 5_000).await;

    let (_, order) = buyer.place(&counter, 2, "k").await;
    assert_eq!(buyer.pay(&order, "k", PIN).await.status(), 200);

    let heard = receiver.heard(1).await.remove(0);
    let (_, mut paid) = read(buyer.user.get(&path(&order)).await).await;
    paid.as_object_mut().unwrap().remove("history");
    assert_eq!(heard.body["event"], "order.paid");
    assert_eq!(heard.body["data"], paid);
    assert_eq!(heard.headers["stampede-event"], "order.paid");
    assert!(heard.headers["stampede-signature"].starts_with("t="));
    let list = format!("{HOOKS}/{}/deliveries", hook["id"]);
    let delivery = delivered(&admin, &list, 1).await;
    assert_eq!(delivery["answer_status"], 204);
    let id = delivery["id"].to_string();
    assert_eq!(heard.headers["stampede-delivery"], id);

    let enable = format!("{HOOKS}/{}/enable", hook["id"]);
    let (status, on) = read(admin.send(Method::POST, &enable, &json!({})).await).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&on["disabled_at"], &on["failing_since"]),
        (&Value::Null, &Value::Null)
    );

    let replay = format!("{list}/{id}/replay");
    assert_eq!(
        admin.send(Method::POST, &replay, &json!({})).await.status(),
        200
    );
    let again = receiver.heard(1).await.remove(0);
    assert_eq!(again.body, heard.body);
    delivered(&admin, &list, 2).await;

    let hook = format!("{HOOKS}/{}", hook["id"]);
    let gone = admin.request(Method::DELETE, &hook).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    let gone = admin.request(Method::DELETE, &hook).send().await.unwrap();
    assert_eq!(gone.status(), 404);
    let replayed = admin.send(Method::POST, &replay, &json!({})).await;
    assert_eq!(replayed.status(), 404);
    assert_eq!(admin.get(&list).await.status(), 200);
}

#[actix_web::test]
async fn what_no_webhook_may_be_is_refused() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;

    for (url, events, code) in [
        ("http://127.0.0.1/hook", vec!["*"], "private_target"),
        ("http://169.254.169.254/", vec!["*"], "private_target"),
        ("https://localhost/hook", vec!["*"], "private_target"),
        ("ftp://example.com", vec!["*"], "scheme"),
        ("hook", vec!["*"], "not_a_url"),
        ("https://a:b@example.com", vec!["*"], "credentials"),
        ("https://example.com", vec![], "too_few"),
        ("https://example.com", vec!["order.lost"], "unknown_event"),
        ("https://example.com", vec!["*", "*"], "duplicate"),
    ] {
        let (status, problem) = register(&admin, url, &events).await;
        assert_eq!(status, 422, "{url}");
        assert_eq!(problem["errors"][0]["code"], code, "{url}");
    }
    let body = json!({"url": "https://example.com", "events": ["*"], "secret": "mine"});
    let (status, problem) = read(admin.send(Method::POST, HOOKS, &body).await).await;
    assert_eq!((status, &problem["code"]), (422, &json!("unknown_field")));
    let (_, listed) = read(admin.get(HOOKS).await).await;
    assert_eq!(listed["items"], json!([]));
    for absent in ["999999/deliveries", "999999/deliveries?page_size=1"] {
        let absent = format!("{HOOKS}/{absent}");
        assert_eq!(admin.get(&absent).await.status(), 404);
    }
}
