//! What a crash leaves behind (case A30). The process dies at a named point
//! between an effect and its answer, starts again, and is asked again under the
//! same key: there is one effect, and the books are exact.

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use stampede_test_support::TestDb;

use crate::process::{Gateway, PASSWORD, make_admin, read, stampede};

const PIN: &str = "246810";
/// What Ann starts with.
const MONEY: i64 = 1_000_000;
/// How many units there are of the one thing that is sold, at 1,999 each.
const UNITS: i64 = 1_000;

/// A shop whose process comes and goes; what it keeps stays.
struct Fixture {
    db: TestDb,
    folder: tempfile::TempDir,
    client: Client,
    ann: String,
    order: Value,
    page: String,
}

impl Fixture {
    async fn open() -> Self {
        let mut fixture = Self {
            db: TestDb::open().await,
            folder: tempfile::tempdir().unwrap(),
            client: Client::new(),
            ann: String::new(),
            order: Value::Null,
            page: String::new(),
        };
        make_admin(&fixture.db, &fixture.folder);
        let shop = fixture.start(&[]);
        fixture.seed(&shop).await;
        fixture
    }

    fn start(&self, environment: &[(&str, &str)]) -> Gateway {
        Gateway::with(&self.db, &self.folder, environment)
    }

    async fn seed(&mut self, shop: &Gateway) {
        let root = self.log_in(shop, "root").await;
        let home = json!({"name": "Home"});
        let home = self
            .ask(shop, &root, Method::POST, "/categories")
            .json(&home);
        let (_, home) = read(home.send().await.unwrap()).await;
        let form = reqwest::multipart::Form::new()
            .text("name", "Tea")
            .text("title", "")
            .text("info", "")
            .text("category_id", home["id"].to_string())
            .text("price", "1999")
            .text("num", UNITS.to_string());
        let tea = self
            .ask(shop, &root, Method::POST, "/product")
            .multipart(form);
        let (_, tea) = read(tea.send().await.unwrap()).await;
        let ann = json!({"user_name": "ann", "password": PASSWORD, "key": PIN});
        let ann = self
            .ask(shop, &root, Method::POST, "/user/register")
            .json(&ann);
        let (_, ann) = read(ann.send().await.unwrap()).await;
        let gift = json!({"amount": MONEY, "reason": "a gift"});
        let path = format!("/admin/user/{}/top_up", ann["id"]);
        let gift = self.ask(shop, &root, Method::POST, &path).json(&gift);
        assert_eq!(gift.send().await.unwrap().status(), 200);
        self.ann = self.log_in(shop, "ann").await;
        let address = json!({"name": "Ann", "phone": "+1 555 0100", "address": "1 Clover Street"});
        let address = self
            .ask(shop, &self.ann, Method::POST, "/address")
            .json(&address);
        let (_, address) = read(address.send().await.unwrap()).await;
        self.order = json!({"address_id": address["id"], "product_id": tea["id"], "num": 1});
        self.page = format!("/product/{}", tea["id"]);
    }

    fn ask(&self, shop: &Gateway, token: &str, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/api/v1{path}", shop.base);
        self.client.request(method, url).bearer_auth(token)
    }

    async fn log_in(&self, shop: &Gateway, name: &str) -> String {
        let body = json!({"user_name": name, "password": PASSWORD});
        let answer = self.ask(shop, "", Method::POST, "/user/login").json(&body);
        let (_, body) = read(answer.send().await.unwrap()).await;
        body["access_token"].as_str().unwrap().to_owned()
    }

    fn place(&self, shop: &Gateway, key: &str) -> RequestBuilder {
        let request = self.ask(shop, &self.ann, Method::POST, "/order");
        request.header("Idempotency-Key", key).json(&self.order)
    }

    fn pay(&self, shop: &Gateway, order: &str, key: &str) -> RequestBuilder {
        let request = self.ask(shop, &self.ann, Method::POST, "/paydown");
        let body = json!({"order_id": order, "key": PIN});
        request.header("Idempotency-Key", key).json(&body)
    }

    fn cancel(&self, shop: &Gateway, order: &str) -> RequestBuilder {
        self.ask(shop, &self.ann, Method::DELETE, &format!("/order/{order}"))
    }

    /// A sale of five units that is on, by an admin; one unit a buyer.
    async fn sale(&self, shop: &Gateway) -> i64 {
        let root = self.log_in(shop, "root").await;
        let (_, product) = read(
            self.ask(shop, "", Method::GET, &self.page)
                .send()
                .await
                .unwrap(),
        )
        .await;
        let sale = json!({
            "sku_id": product["skus"][0]["id"], "title": "Tea time", "price": 99,
            "stock_total": 5, "per_user_limit": 1,
            "starts_at": "2020-01-01T00:00:00Z", "ends_at": "2099-01-01T00:00:00Z",
        });
        let made = self.ask(shop, &root, Method::POST, "/admin/seckill");
        let (status, sale) = read(made.json(&sale).send().await.unwrap()).await;
        assert_eq!(status, 201, "{sale}");
        sale["id"].as_i64().unwrap()
    }

    fn claim(&self, shop: &Gateway, sale: i64, key: &str) -> RequestBuilder {
        let request = self.ask(shop, &self.ann, Method::POST, &format!("/seckill/{sale}"));
        request.header("Idempotency-Key", key)
    }

    /// Claims until the sale is not busy any more, and the claim not pending: a shop
    /// that has just begun loads its sales first, and a busy machine commits late.
    async fn claimed(&self, shop: &Gateway, sale: i64, key: &str) -> (u16, Value) {
        loop {
            let answer = self.claim(shop, sale, key).send().await.unwrap();
            if ![202, 503].contains(&answer.status().as_u16()) {
                return read(answer).await;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    async fn placed(&self, shop: &Gateway, key: &str) -> String {
        let (status, order) = read(self.place(shop, key).send().await.unwrap()).await;
        assert_eq!(status, 201, "{order}");
        order["id"].as_str().unwrap().to_owned()
    }

    async fn get(&self, shop: &Gateway, path: &str) -> Value {
        let answer = self.ask(shop, &self.ann, Method::GET, path).send().await;
        read(answer.unwrap()).await.1
    }

    /// Starts a shop that dies at `point`, and sends it what is asked.
    async fn die(&self, point: &str, request: impl FnOnce(&Gateway) -> RequestBuilder) {
        let shop = self.start(&[("FAILPOINTS", &format!("{point}=panic"))]);
        let answer = request(&shop).send().await;
        assert!(answer.is_err(), "{point}: {answer:?}");
        assert!(shop.died(), "{point}");
    }

    /// So many orders hold a unit each, so many of them are paid, and all is well.
    async fn check(&self, shop: &Gateway, point: &str, held: i64, paid: i64) {
        assert_eq!(
            self.get(shop, &self.page).await["num"],
            UNITS - held,
            "{point}"
        );
        let wallet = json!({"key": PIN});
        let wallet = self
            .ask(shop, &self.ann, Method::POST, "/money")
            .json(&wallet);
        let (_, wallet) = read(wallet.send().await.unwrap()).await;
        assert_eq!(wallet["balance"], MONEY - 1_999 * paid, "{point}");
        let audit = stampede(&self.db, &self.folder)
            .arg("audit")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&audit.stdout);
        assert!(audit.status.success(), "{point}: {said}");
    }
}

#[actix_web::test]
async fn an_order_is_placed_once_wherever_the_process_dies() {
    let fixture = Fixture::open().await;
    let mut orders = 0;
    for point in [
        "idempotency.taken",
        "stock.reserved",
        "order.inserted",
        "job.pushed",
        "idempotency.stored",
        "order.commit",
        "order.committed",
        "http.answered",
    ] {
        fixture.die(point, |shop| fixture.place(shop, point)).await;

        let shop = fixture.start(&[]);
        let first = fixture.placed(&shop, point).await;
        orders += 1;
        assert_eq!(fixture.placed(&shop, point).await, first, "{point}");
        fixture.check(&shop, point, orders, 0).await;
    }
}

#[actix_web::test]
async fn an_order_is_paid_once_wherever_the_process_dies() {
    let fixture = Fixture::open().await;
    let mut orders = 0;
    for point in [
        "idempotency.taken",
        "order.shifted",
        "ledger.posted",
        "idempotency.stored",
        "job.pushed",
        "order.commit",
        "order.committed",
        "http.answered",
    ] {
        let order = fixture.placed(&fixture.start(&[]), point).await;
        fixture
            .die(point, |shop| fixture.pay(shop, &order, point))
            .await;

        let shop = fixture.start(&[]);
        orders += 1;
        let (status, receipt) = read(fixture.pay(&shop, &order, point).send().await.unwrap()).await;
        assert_eq!(
            (status, &receipt["order"]["status"]),
            (200, &json!("paid")),
            "{point}"
        );
        fixture.check(&shop, point, orders, orders).await;
    }
}

#[actix_web::test]
async fn an_order_is_cancelled_once_wherever_the_process_dies() {
    let fixture = Fixture::open().await;
    for point in [
        "order.shifted",
        "stock.released",
        "job.pushed",
        "order.commit",
        "order.committed",
        "http.answered",
    ] {
        let order = fixture.placed(&fixture.start(&[]), point).await;
        fixture
            .die(point, |shop| fixture.cancel(shop, &order))
            .await;

        // Without a key a cancel that took effect is told from one that did not.
        let shop = fixture.start(&[]);
        let done = matches!(point, "order.committed" | "http.answered");
        let again = fixture.cancel(&shop, &order).send().await.unwrap();
        assert_eq!(again.status(), if done { 409 } else { 200 }, "{point}");
        let order = fixture.get(&shop, &format!("/order/{order}")).await;
        assert_eq!(order["cancel_reason"], "buyer", "{point}");
        fixture.check(&shop, point, 0, 0).await;
    }
}

#[actix_web::test]
async fn an_overdue_order_is_cancelled_once_wherever_the_process_dies() {
    let fixture = Fixture::open().await;
    for point in [
        "stock.released",
        "job.pushed",
        "expiry.commit",
        "expiry.committed",
    ] {
        let hurry = ("STAMPEDE__ORDER__PAY_WITHIN_SECS", "1");
        let order = fixture.placed(&fixture.start(&[hurry]), point).await;
        let armed = format!("{point}=panic");
        // Nobody asks anything: the timer itself runs into the point.
        assert!(fixture.start(&[("FAILPOINTS", &armed)]).died(), "{point}");

        let shop = fixture.start(&[]);
        let path = format!("/order/{order}");
        while fixture.get(&shop, &path).await["status"] == "unpaid" {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(
            fixture.get(&shop, &path).await["cancel_reason"],
            "unpaid",
            "{point}"
        );
        fixture.check(&shop, point, 0, 0).await;
    }
}

#[actix_web::test]
async fn a_claim_wins_once_wherever_the_process_dies() {
    let fixture = Fixture::open().await;
    for point in [
        "sale.taken",
        "sale.insert",
        "order.booked",
        "sale.hot_row",
        "sale.commit",
        "sale.committed",
        "sale.done",
        "http.answered",
    ] {
        let sale = fixture.sale(&fixture.start(&[])).await;
        let mut shop = fixture.start(&[("FAILPOINTS", &format!("{point}=panic"))]);
        while shop.lives() {
            let Ok(answer) = fixture.claim(&shop, sale, point).send().await else {
                continue;
            };
            // Nobody waits until the gate is told: the order may have been answered.
            let told = point == "sale.done" && answer.status() == 201;
            let later = [202, 503].contains(&answer.status().as_u16());
            assert!(told || later, "{point}: {answer:?}");
        }
        assert!(shop.died(), "{point}");

        let shop = fixture.start(&[]);
        let (status, first) = fixture.claimed(&shop, sale, point).await;
        assert_eq!(status, 201, "{point}: {first}");
        let (_, again) = fixture.claimed(&shop, sale, point).await;
        assert_eq!(again["id"], first["id"], "{point}");
        let (status, other) = fixture.claimed(&shop, sale, "another-key").await;
        assert_eq!(
            (status, &other["code"]),
            (409, &json!("limit_reached")),
            "{point}"
        );
        assert_eq!(other["order_ids"], json!([first["id"]]), "{point}");
        // The unit comes back, and the units of the sale with its end.
        let order = first["id"].as_str().unwrap();
        let cancelled = fixture.cancel(&shop, order).send().await.unwrap();
        assert_eq!(cancelled.status(), 200, "{point}");
        let root = fixture.log_in(&shop, "root").await;
        let path = format!("/admin/seckill/{sale}/cancel");
        let ended = fixture.ask(&shop, &root, Method::POST, &path).send().await;
        assert_eq!(ended.unwrap().status(), 200, "{point}");
        fixture.check(&shop, point, 0, 0).await;
    }
}

#[actix_web::test]
async fn a_sale_ends_once_wherever_the_process_dies() {
    let fixture = Fixture::open().await;
    for point in [
        "sale.closing",
        "sale.released",
        "sale.given",
        "sale.bumped",
        "sale.loading",
        "sale.flip",
    ] {
        let shop = fixture.start(&[]);
        let sale = fixture.sale(&shop).await;
        let (status, order) = fixture.claimed(&shop, sale, point).await;
        assert_eq!(status, 201, "{point}");
        let root = fixture.log_in(&shop, "root").await;
        drop(shop);
        // A shop that begins loads its sale; one whose sale was freed a unit gives it back.
        let shop = fixture.start(&[("FAILPOINTS", &format!("{point}=panic"))]);
        let act = |shop: &Gateway| {
            let path = format!("/admin/seckill/{sale}/cancel");
            fixture.ask(shop, &root, Method::POST, &path)
        };
        let order = order["id"].as_str().unwrap();
        match point {
            "sale.closing" => assert!(act(&shop).send().await.is_err(), "{point}"),
            "sale.released" => {
                assert!(
                    fixture.cancel(&shop, order).send().await.is_err(),
                    "{point}"
                );
            }
            "sale.given" => {
                let _ = fixture.cancel(&shop, order).send().await;
            }
            _ => {}
        }
        assert!(shop.died(), "{point}");

        let shop = fixture.start(&[]);
        let cancelled = fixture.cancel(&shop, order).send().await.unwrap();
        assert!([200, 409].contains(&cancelled.status().as_u16()), "{point}");
        assert_eq!(act(&shop).send().await.unwrap().status(), 200, "{point}");
        fixture.check(&shop, point, 0, 0).await;
    }
}
