//! `/readyz` says yes when requests are served, no when they are not, and writes nothing.

use std::time::{Duration, Instant};

use reqwest::Method;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, TransactionTrait};
use serde_json::{Value, json};
use stampede_test_support::RedisServer;

use crate::server::{TestShop, read};

async fn ready(shop: &TestShop) -> (u16, Value) {
    read(shop.request(Method::GET, "/readyz").send().await.unwrap()).await
}

async fn connect(shop: &TestShop) -> DatabaseConnection {
    Database::connect(&shop.db.url).await.unwrap()
}

/// Asks until the answer has `status`; the last answer's detail.
async fn until(shop: &TestShop, status: u16) -> String {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let (now, body) = ready(shop).await;
        if now == status {
            return body["detail"].as_str().unwrap_or_default().to_owned();
        }
        assert!(Instant::now() < deadline, "still {now}: {body}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[actix_web::test]
async fn a_shop_that_cannot_judge_tokens_is_not_ready() {
    let shop = TestShop::open().await;
    let alice = shop.customer("alice").await;
    assert_eq!(ready(&shop).await.0, 200);
    assert_eq!(alice.get("/api/v1/user").await.status(), 200);

    let db = connect(&shop).await;
    db.execute_unprepared("DROP TABLE revocation")
        .await
        .unwrap();

    let detail = until(&shop, 503).await;
    assert_eq!(detail, "revocations cannot be read");
    assert_eq!(alice.get("/api/v1/user").await.status(), 503);
}

#[actix_web::test]
async fn a_writer_that_is_held_elsewhere_is_no_matter_of_readiness() {
    let shop = TestShop::open().await;
    let db = connect(&shop).await;
    let writer = db.begin().await.unwrap();
    let update = "UPDATE marker SET value = value";
    writer.execute_unprepared(update).await.unwrap();

    assert_eq!(ready(&shop).await.0, 200);

    writer.rollback().await.unwrap();
}

#[actix_web::test]
async fn a_folder_that_is_not_the_databases_is_named_and_the_answer_is_given_again() {
    let shop = TestShop::open().await;
    assert_eq!(ready(&shop).await.0, 200);

    let media = shop.folder.path().join("data").join("media");
    let moved = shop.folder.path().join("moved");
    std::fs::rename(&media, &moved).unwrap();

    let detail = until(&shop, 503).await;
    assert_eq!(detail, "the media folder is not the one the database knows");
    std::fs::rename(&moved, &media).unwrap();
    until(&shop, 200).await;
}

#[actix_web::test]
async fn a_shop_whose_redis_is_away_is_open_and_says_so() {
    // Nobody listens there.
    let shop = TestShop::with(&[("REDIS_URL", "redis://127.0.0.1:1")]).await;

    let ready = shop.request(Method::GET, "/readyz").send().await.unwrap();

    let (status, ready) = read(ready).await;
    assert_eq!(status, 200);
    assert_eq!(
        ready["warnings"],
        json!(["Redis does not answer: no sale admits anybody"])
    );
}

#[actix_web::test]
async fn a_redis_that_may_evict_what_a_sale_needs_is_warned_of() {
    let Some(redis) = RedisServer::start(&[]) else {
        return;
    };
    let shop = TestShop::with(&[("REDIS_URL", &redis.url())]).await;
    let ready = || async { read(shop.request(Method::GET, "/readyz").send().await.unwrap()).await };

    assert_eq!(ready().await.1["warnings"], json!([]));
    redis.cli(&["CONFIG", "SET", "maxmemory-policy", "volatile-ttl"]);
    // An answer is given again for a second.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let (status, body) = ready().await;
    assert_eq!(status, 200);
    assert!(body["warnings"][0].as_str().unwrap().contains("noeviction"));
}
