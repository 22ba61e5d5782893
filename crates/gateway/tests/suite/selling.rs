//! Flash sales over a real socket and a real database.

use std::time::Duration;

use futures::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};
use stampede_kernel::{Clock, SystemClock};

use crate::server::read;
use crate::shop_fixture::{Buyer, PIN, ShopFixture};

/// An instant so many seconds from now.
fn at(seconds: i64) -> String {
    let now = SystemClock.now();
    let span = Duration::from_secs(seconds.unsigned_abs());
    let at = if seconds < 0 {
        now.minus(span)
    } else {
        now.plus(span)
    };
    at.to_rfc3339()
}

pub(crate) fn wanted(counter: &ShopFixture, units: i64, starts: i64, ends: i64) -> Value {
    json!({
        "sku_id": counter.sku, "title": "Tea time", "price": 99, "stock_total": units,
        "per_user_limit": 1, "starts_at": at(starts), "ends_at": at(ends),
    })
}

pub(crate) async fn sale(counter: &ShopFixture, body: &Value) -> i64 {
    let admin = counter.shop.admin().await;
    let answer = admin
        .send(Method::POST, "/api/v1/admin/seckill", body)
        .await;
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let (status, sale) = read(answer).await;
    assert_eq!(status, 201, "{sale}");
    assert_eq!(location, format!("/api/v1/seckill/{}", sale["id"]));
    sale["id"].as_i64().unwrap()
}

impl Buyer<'_> {
    /// Claims until the shop, which has just begun, is ready to sell.
    pub(crate) async fn claim(
        &self,
        sale: i64,
        key: Option<&str>,
        body: &Value,
    ) -> reqwest::Response {
        loop {
            let path = format!("/api/v1/seckill/{sale}");
            let mut request = self.user.request(Method::POST, &path).json(body);
            if let Some(key) = key {
                request = request.header("Idempotency-Key", key);
            }
            let answer = request.send().await.unwrap();
            let busy = answer.status() == 503 && answer.headers()["retry-after"] == "1";
            if !busy {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn claimed(&self, sale: i64) -> (u16, Value) {
        read(self.claim(sale, None, &json!({})).await).await
    }
}

#[actix_web::test]
async fn nothing_is_sold_before_after_or_that_is_no_sale() {
    let counter = ShopFixture::open().await;
    let ann = counter.buyer("ann", 0).await;
    let early = sale(&counter, &wanted(&counter, 2, 3_600, 7_200)).await;

    let answer = ann.claim(early, None, &json!({})).await;
    let wait: u64 = answer.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    let (status, problem) = read(answer).await;
    assert_eq!(
        (status, &problem["code"]),
        (425, &json!("sale_not_started"))
    );
    assert!((3_500..=3_600).contains(&wait), "{wait}");
    let (_, shown) = read(ann.user.get(&format!("/api/v1/seckill/{early}")).await).await;
    assert_eq!(
        (&shown["state"], &shown["stock_left"]),
        (&json!("scheduled"), &json!(2))
    );

    for path in [
        "/api/v1/seckill/999999",
        "/api/v1/seckill/0",
        "/api/v1/seckill/x",
    ] {
        let (status, problem) = read(ann.user.send(Method::POST, path, &json!({})).await).await;
        assert_eq!(
            (status, &problem["code"]),
            (404, &json!("not_found")),
            "{path}"
        );
    }
    let stranger = counter
        .shop
        .post(&format!("/api/v1/seckill/{early}"), &json!({}))
        .await;
    assert_eq!(stranger.status(), 401);
    let admin = counter.shop.admin().await;
    let cancel = format!("/api/v1/admin/seckill/{early}/cancel");
    let (_, cancelled) = read(admin.send(Method::POST, &cancel, &json!({})).await).await;
    assert_eq!(cancelled["state"], "cancelled");
    let (status, problem) = ann.claimed(early).await;
    assert_eq!((status, &problem["code"]), (410, &json!("sale_cancelled")));
    assert_eq!(counter.units_left().await, 10);
    assert_eq!(ann.orders().await, Vec::<Value>::new());
}

#[actix_web::test]
async fn what_is_wrong_with_a_claim_or_a_sale_is_said() {
    let counter = ShopFixture::open().await;
    let ann = counter.buyer("ann", 0).await;
    let open = sale(&counter, &wanted(&counter, 5, -1, 3_600)).await;
    for (body, code) in [
        (json!({"num": 0}), "invalid_field"),
        (json!({"num": 100}), "invalid_field"),
        (json!({"num": "1"}), "invalid_field"),
        (json!({"num": 1, "price": 1}), "unknown_field"),
        (json!({"boss_id": 1}), "unknown_field"),
    ] {
        let (status, problem) = read(ann.claim(open, None, &body).await).await;
        assert_eq!((status, &problem["code"]), (422, &json!(code)), "{body}");
    }
    let (status, problem) = read(ann.claim(open, Some("a b"), &json!({})).await).await;
    assert_eq!(
        (status, &problem["code"]),
        (400, &json!("idempotency_key_malformed"))
    );
    let foreign = json!({"address_id": 999_999});
    let (status, problem) = read(ann.claim(open, None, &foreign).await).await;
    assert_eq!((status, &problem["code"]), (404, &json!("not_found")));

    let admin = counter.shop.admin().await;
    let good = wanted(&counter, 1, 0, 60);
    for (field, value, status, code) in [
        ("sku_id", json!(999_999), 404, "not_found"),
        ("title", json!(""), 422, "invalid_field"),
        ("price", json!(0), 422, "invalid_field"),
        ("price", json!(i64::MAX), 422, "invalid_field"),
        ("stock_total", json!(0), 422, "invalid_field"),
        ("stock_total", json!(6), 409, "stock_insufficient"),
        ("per_user_limit", json!(100), 422, "invalid_field"),
        ("starts_at", json!("yesterday"), 422, "invalid_field"),
        ("ends_at", json!(at(-5)), 422, "invalid_field"),
        ("state", json!("live"), 422, "unknown_field"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let answer = admin
            .send(Method::POST, "/api/v1/admin/seckill", &body)
            .await;
        let (found, problem) = read(answer).await;
        assert_eq!((found, &problem["code"]), (status, &json!(code)), "{body}");
    }
    let change = format!("/api/v1/admin/seckill/{open}");
    for (body, status, code) in [
        (json!({"sku_id": 999_999}), 422, "invalid_field"),
        (json!({"starts_at": at(60)}), 422, "invalid_field"),
        (json!({"stock_total": 100}), 409, "stock_insufficient"),
    ] {
        let (found, problem) = read(admin.send(Method::PUT, &change, &body).await).await;
        assert_eq!((found, &problem["code"]), (status, &json!(code)), "{body}");
    }
    let (status, _) = read(ann.user.send(Method::PUT, &change, &json!({})).await).await;
    assert_eq!(status, 403);
    assert_eq!(counter.units_left().await, 5);
}

#[actix_web::test]
async fn a_sale_sells_what_there_is_and_says_so() {
    let counter = ShopFixture::open().await;
    let (ann, ben, cid) = (
        counter.buyer("ann", 10_000).await,
        counter.buyer("ben", 0).await,
        counter.buyer("cid", 0).await,
    );
    let open = sale(&counter, &wanted(&counter, 2, -1, 3_600)).await;
    assert_eq!(counter.units_left().await, 8);

    let answer = ann
        .claim(
            open,
            Some("k"),
            &json!({"num": 1, "address_id": ann.address}),
        )
        .await;
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let (status, order) = read(answer).await;
    assert_eq!(
        (status, &order["seckill_id"]),
        (201, &json!(open)),
        "{order}"
    );
    assert_eq!(
        (&order["total"], &order["status"]),
        (&json!(99), &json!("unpaid"))
    );
    assert_eq!(
        location,
        format!("/api/v1/order/{}", order["id"].as_str().unwrap())
    );
    let again = ann
        .claim(
            open,
            Some("k"),
            &json!({"num": 1, "address_id": ann.address}),
        )
        .await;
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(read(again).await, (201, order.clone()));
    let (status, other) = read(ann.claim(open, Some("k"), &json!({"num": 2})).await).await;
    assert_eq!(
        (status, &other["code"]),
        (422, &json!("idempotency_key_reused"))
    );
    let (status, limit) = ann.claimed(open).await;
    assert_eq!((status, &limit["order_ids"]), (409, &json!([order["id"]])));
    assert_eq!(limit["code"], "limit_reached");

    assert_eq!(ben.claimed(open).await.0, 201);
    let (status, sold_out) = cid.claimed(open).await;
    assert_eq!((status, &sold_out["code"]), (410, &json!("sold_out")));
    let shown = counter
        .shop
        .request(Method::GET, &format!("/api/v1/seckill/{open}"));
    let shown = shown.send().await.unwrap();
    assert_eq!(shown.headers()["cache-control"], "public, max-age=1");
    // The tag is of what the sale says, not of when it was asked.
    let known = shown.headers()["etag"].clone();
    let path = format!("/api/v1/seckill/{open}");
    let again = counter.shop.request(Method::GET, &path);
    let again = again.header("If-None-Match", known).send().await.unwrap();
    assert_eq!(again.status(), 304);
    let (_, shown) = read(shown).await;
    assert_eq!(
        (&shown["state"], &shown["stock_left"]),
        (&json!("sold_out"), &json!(0))
    );
    assert_eq!(
        (&shown["list_price"], &shown["product"]["name"]),
        (&json!(1_999), &json!("Tea"))
    );
    let list = counter
        .shop
        .request(Method::GET, "/api/v1/seckill")
        .send()
        .await
        .unwrap();
    assert_eq!(read(list).await.1["items"][0]["id"], open);

    assert_eq!(ann.pay(&order, "p", PIN).await.status(), 200);
    // A unit that is given up is bought by whoever comes next, within a quarter of a second.
    let bens = ben.orders().await;
    let path = format!("/api/v1/order/{}", bens[0]["id"].as_str().unwrap());
    assert_eq!(
        ben.user
            .send(Method::DELETE, &path, &json!({}))
            .await
            .status(),
        200
    );
    while cid.claimed(open).await.0 != 201 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[actix_web::test]
async fn a_ticket_is_its_owners() {
    let counter = ShopFixture::open().await;
    let (ann, ben) = (counter.buyer("ann", 0).await, counter.buyer("ben", 0).await);
    let open = sale(&counter, &wanted(&counter, 2, -1, 3_600)).await;
    ann.claimed(open).await;

    for (who, ticket) in [(&ann, "0199a1b2-0000-8000-8000-000000000000"), (&ben, "x")] {
        let path = format!("/api/v1/seckill/{open}/ticket/{ticket}");
        let (status, problem) = read(who.user.get(&path).await).await;
        assert_eq!((status, &problem["code"]), (404, &json!("not_found")));
    }
}

#[actix_web::test]
async fn an_admin_watches_a_sale_as_it_happens() {
    // No deadline of a connection ends what is being told.
    let counter = ShopFixture::with(&[
        ("STAMPEDE__SERVER__REQUEST_TIMEOUT_SECS", "1"),
        ("STAMPEDE__SERVER__KEEP_ALIVE_SECS", "1"),
        ("STAMPEDE__SERVER__SEND_TIMEOUT_SECS", "1"),
    ])
    .await;
    let ann = counter.buyer("ann", 0).await;
    let open = sale(&counter, &wanted(&counter, 2, -1, 3_600)).await;
    let path = format!("/api/v1/admin/seckill/{open}/live");
    assert_eq!(ann.user.get(&path).await.status(), 403);

    let admin = counter.shop.admin().await;
    let watch = admin.request(Method::GET, &path);
    let answer = watch.header("Accept-Encoding", "gzip").send().await;
    let answer = answer.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    // A compressed event would wait for the next ones.
    assert_eq!(answer.headers()["content-encoding"], "identity");
    let mut events = answer.bytes_stream();
    assert_eq!(ann.claimed(open).await.0, 201);
    let mut won = 0;
    for second in 0.. {
        let event = events.next().await.unwrap().unwrap();
        let event = String::from_utf8(event.to_vec()).unwrap();
        let data = event.strip_prefix("event: second\ndata: ").unwrap();
        let data: Value = serde_json::from_str(data).unwrap();
        assert_ne!(data["books"], "broken", "{data}");
        won += data["claims"]["won"].as_i64().unwrap();
        if won == 1 && second > 3 {
            assert_eq!(
                (&data["stock_left"], &data["stock_taken"]),
                (&json!(1), &json!(1))
            );
            break;
        }
    }
}

#[actix_web::test]
async fn a_product_in_a_sale_that_is_not_over_stays_on_sale() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let page = format!("/api/v1/product/{}", counter.product);
    let off = json!({"on_sale": false});
    let id = sale(&counter, &wanted(&counter, 2, 3_600, 7_200)).await;

    let deleted = admin.request(Method::DELETE, &page).send().await.unwrap();
    assert_eq!(read(deleted).await.1["code"], "in_sale");
    let (status, problem) = read(admin.send(Method::PUT, &page, &off).await).await;
    assert_eq!((status, &problem["code"]), (409, &json!("in_sale")));
    assert_eq!(
        counter
            .shop
            .request(Method::GET, &page)
            .send()
            .await
            .unwrap()
            .status(),
        200
    );

    let cancel = format!("/api/v1/admin/seckill/{id}/cancel");
    let cancelled = admin.send(Method::POST, &cancel, &json!({})).await;
    assert_eq!(cancelled.status(), 200);
    let deleted = admin.request(Method::DELETE, &page).send().await.unwrap();
    assert_eq!(deleted.status(), 204);
}
