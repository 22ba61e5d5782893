//! Two processes on one database and one Redis sell one sale (case A13).

use std::collections::HashSet;
use std::time::Duration;

use futures::stream::{self, StreamExt};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use stampede_test_support::{RedisServer, TestDb};

use crate::process::{Gateway, PASSWORD, make_admin, read, stampede};

const USERS: usize = 500;
const UNITS: usize = 50;
/// Claims under way at once.
const ABREAST: usize = 64;
/// Users who register at once; more would be told to wait for their passwords' hashes.
const REGISTERING: usize = 4;

/// What two processes share.
struct Fixture {
    db: TestDb,
    folder: tempfile::TempDir,
    client: Client,
    redis: RedisServer,
}

/// Somebody with a default address.
#[derive(Clone)]
struct Buyer {
    id: i64,
    token: String,
}

/// What became of a claim: the order that its buyer has.
type Outcome = Option<String>;

impl Fixture {
    /// `None` where it cannot be tried: an SQLite file is one process's, and Redis
    /// may be missing.
    async fn open() -> Option<Self> {
        std::env::var("TEST_DATABASE_URL").ok()?;
        let redis = RedisServer::start(&[])?;
        let fixture = Self {
            db: TestDb::open().await,
            folder: tempfile::tempdir().unwrap(),
            client: Client::new(),
            redis,
        };
        make_admin(&fixture.db, &fixture.folder);
        Some(fixture)
    }

    fn start(&self) -> Gateway {
        let redis = self.redis.url();
        Gateway::with(&self.db, &self.folder, &[("REDIS_URL", &redis)])
    }

    async fn send(&self, base: &str, token: &str, path: &str, body: &Value) -> (u16, Value) {
        let url = format!("{base}/api/v1{path}");
        let request = self.client.post(url).bearer_auth(token).json(body);
        read(request.send().await.unwrap()).await
    }

    async fn log_in(&self, base: &str, name: &str) -> Buyer {
        let body = json!({"user_name": name, "password": PASSWORD});
        let (_, body) = self.send(base, "", "/user/login", &body).await;
        Buyer {
            id: body["user"]["id"].as_i64().unwrap(),
            token: body["access_token"].as_str().unwrap().to_owned(),
        }
    }

    async fn buyer(&self, base: &str, number: usize) -> Buyer {
        let name = format!("buyer{number}");
        let body = json!({"user_name": name, "password": PASSWORD, "key": "246810"});
        let (status, _) = self.send(base, "", "/user/register", &body).await;
        assert_eq!(status, 201);
        let buyer = self.log_in(base, &name).await;
        let address = json!({"name": name, "phone": "+1 555 0100", "address": "1 Clover Street"});
        let (status, _) = self.send(base, &buyer.token, "/address", &address).await;
        assert_eq!(status, 201);
        buyer
    }

    async fn buyers(&self, base: &str) -> Vec<Buyer> {
        let buyers = (0..USERS).map(|number| self.buyer(base, number));
        let buyers: Vec<_> = buyers.collect();
        stream::iter(buyers).buffered(REGISTERING).collect().await
    }

    /// A sale that is on.
    async fn sale(&self, base: &str) -> i64 {
        let root = self.log_in(base, "root").await.token;
        let home = json!({"name": "Home"});
        let (_, home) = self.send(base, &root, "/categories", &home).await;
        let form = reqwest::multipart::Form::new()
            .text("name", "Tea")
            .text("title", "")
            .text("info", "")
            .text("category_id", home["id"].to_string())
            .text("price", "1999")
            .text("num", "1000");
        let tea = self.client.post(format!("{base}/api/v1/product"));
        let tea = tea.bearer_auth(&root).multipart(form).send().await;
        let (_, tea) = read(tea.unwrap()).await;
        let sale = json!({
            "sku_id": tea["skus"][0]["id"], "title": "Tea time", "price": 99,
            "stock_total": UNITS, "per_user_limit": 1,
            "starts_at": "2020-01-01T00:00:00Z", "ends_at": "2099-01-01T00:00:00Z",
        });
        let (status, sale) = self.send(base, &root, "/admin/seckill", &sale).await;
        assert_eq!(status, 201, "{sale}");
        sale["id"].as_i64().unwrap()
    }

    /// Asks under one key until there is an outcome, at the next process when one
    /// is busy or gone.
    async fn claim(&self, bases: &[&str], sale: i64, buyer: &Buyer, key: &str) -> Outcome {
        for base in bases.iter().cycle() {
            let url = format!("{base}/api/v1/seckill/{sale}");
            let request = self.client.post(url).bearer_auth(&buyer.token);
            match request.header("Idempotency-Key", key).send().await {
                Ok(answer) if answer.status() == 202 => {
                    return self.ended(bases, buyer, answer).await;
                }
                Ok(answer) if answer.status() != 503 => return outcome(answer).await,
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
        unreachable!("a cycle does not end")
    }

    /// Follows a ticket to its end, at whichever process is there.
    async fn ended(&self, bases: &[&str], buyer: &Buyer, answer: Response) -> Outcome {
        let page = answer.headers()["location"].to_str().unwrap().to_owned();
        for base in bases.iter().cycle() {
            let request = self.client.get(format!("{base}{page}"));
            if let Ok(answer) = request.bearer_auth(&buyer.token).send().await {
                let (_, ticket) = read(answer).await;
                match ticket["state"].as_str().unwrap() {
                    "won" => return Some(ticket["order_id"].as_str().unwrap().to_owned()),
                    "refused" => return None,
                    _ => {}
                }
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        unreachable!("a cycle does not end")
    }

    /// As many orders as units, each of a buyer of their own, and the books are
    /// exact in the database and at the gate.
    async fn all_sold(&self, base: &str, won: &[(Buyer, String)]) {
        let orders: HashSet<_> = won.iter().map(|(_, order)| order).collect();
        let users: HashSet<_> = won.iter().map(|(buyer, _)| buyer.id).collect();
        assert_eq!((orders.len(), users.len()), (UNITS, UNITS));
        for (buyer, order) in won {
            let page = self.client.get(format!("{base}/api/v1/orders"));
            let page = page.bearer_auth(&buyer.token).send().await;
            let (_, page) = read(page.unwrap()).await;
            let orders = page["items"].as_array().unwrap();
            assert_eq!(orders.len(), 1);
            assert_eq!(orders[0]["id"], json!(order));
        }
        let mut audit = stampede(&self.db, &self.folder);
        let audit = audit.env("REDIS_URL", self.redis.url()).arg("audit");
        let audit = audit.output().unwrap();
        let said = String::from_utf8_lossy(&audit.stdout);
        assert!(audit.status.success(), "{said}");
    }
}

async fn outcome(answer: Response) -> Outcome {
    match read(answer).await {
        (201, order) => Some(order["id"].as_str().unwrap().to_owned()),
        (409 | 410, _) => None,
        other => panic!("{other:?}"),
    }
}

/// The buyers who have an order, once each.
fn winners<'a>(outcomes: impl Iterator<Item = (&'a Buyer, Outcome)>) -> Vec<(Buyer, String)> {
    let mut known = HashSet::new();
    let won = outcomes.filter_map(|(buyer, order)| Some((buyer.clone(), order?)));
    won.filter(|(_, order)| known.insert(order.clone()))
        .collect()
}

#[actix_web::test]
async fn five_hundred_users_with_two_keys_at_two_processes_buy_fifty_units() {
    let Some(fixture) = Fixture::open().await else {
        return;
    };
    let (one, two) = (fixture.start(), fixture.start());
    let buyers = fixture.buyers(&one.base).await;
    let sale = fixture.sale(&one.base).await;
    // 2,000 claims: each user under each key at each process.
    let mut claims = Vec::new();
    for key in ["first", "other"] {
        for base in [&one.base, &two.base] {
            claims.extend(buyers.iter().map(|buyer| (buyer, key, [base.as_str()])));
        }
    }

    let claims = claims.iter().map(|(buyer, key, bases)| {
        let fixture = &fixture;
        async move { (*buyer, fixture.claim(bases, sale, buyer, key).await) }
    });
    let outcomes: Vec<_> = stream::iter(claims.collect::<Vec<_>>())
        .buffer_unordered(ABREAST)
        .collect()
        .await;

    let won = winners(outcomes.into_iter());
    fixture.all_sold(&two.base, &won).await;
}

#[actix_web::test]
async fn a_process_that_is_killed_in_the_middle_takes_no_order_along() {
    let Some(fixture) = Fixture::open().await else {
        return;
    };
    let (one, two) = (fixture.start(), fixture.start());
    let buyers = fixture.buyers(&one.base).await;
    let sale = fixture.sale(&one.base).await;
    let bases = [two.base.clone(), one.base.clone()];
    let bases = [bases[0].as_str(), bases[1].as_str()];
    let mut two = Some(two);

    let claims = buyers.iter().map(|buyer| {
        let fixture = &fixture;
        async move { (buyer, fixture.claim(&bases, sale, buyer, "key").await) }
    });
    let mut claims = stream::iter(claims.collect::<Vec<_>>()).buffer_unordered(ABREAST);
    let mut outcomes = Vec::new();
    while let Some(outcome) = claims.next().await {
        outcomes.push(outcome);
        if outcomes.len() == UNITS / 2 {
            drop(two.take());
        }
    }

    let won = winners(outcomes.into_iter());
    for (buyer, order) in &won {
        let again = fixture.claim(&[&one.base], sale, buyer, "key").await;
        assert_eq!(again.as_ref(), Some(order), "replayed by the other process");
    }
    fixture.all_sold(&one.base, &won).await;
}
