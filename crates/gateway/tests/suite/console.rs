//! What the admin console asks: statistics, journals, one order, one user, all sales.

use reqwest::Method;
use serde_json::{Value, json};

use crate::server::read;
use crate::shop_fixture::{PIN, ShopFixture};

const REHEARSAL: &str = "/api/v1/admin/rehearsals/0199a1b2-3c4d-7000-8000-0123456789ab";
const ORDER: &str = "/api/v1/admin/order/0199a1b2-3c4d-7000-8000-0123456789ab";

#[actix_web::test]
async fn nobody_but_an_admin_sees_the_console() {
    let counter = ShopFixture::open().await;
    let ann = counter.shop.customer("ann").await;

    for path in [
        "/api/v1/admin/stats",
        "/api/v1/admin/sku/1/journal",
        "/api/v1/admin/user/1",
        "/api/v1/admin/seckill",
        "/api/v1/admin/audit",
        REHEARSAL,
        ORDER,
    ] {
        let nobody = counter.shop.request(Method::GET, path).send().await;
        assert_eq!(nobody.unwrap().status(), 401, "{path}");
        assert_eq!(ann.get(path).await.status(), 403, "{path}");
    }
    for path in ["/api/v1/admin/audit", "/api/v1/admin/rehearsals"] {
        let body = json!({"users": 9, "stock": 1});
        let nobody = counter.shop.post(path, &body).await;
        assert_eq!(nobody.status(), 401, "{path}");
        let asked = ann.send(Method::POST, path, &body).await;
        assert_eq!(asked.status(), 403, "{path}");
    }
}

#[actix_web::test]
async fn a_process_without_tools_says_so() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let audit = "/api/v1/admin/audit";
    let odd = json!({"repair": true});
    let (status, problem) = read(admin.send(Method::POST, audit, &odd).await).await;
    assert_eq!((status, &problem["code"]), (422, &json!("unknown_field")));

    let begun = admin.request(Method::POST, audit).send().await.unwrap();

    assert_eq!(begun.status(), 202);
    let told = loop {
        let (_, told) = read(admin.get(audit).await).await;
        if told["running"] == false {
            break told;
        }
    };
    assert_eq!(told["last"]["clean"], Value::Null);
    assert_eq!(told["last"]["error"], "this process cannot audit");
    let plan = json!({"users": 9, "stock": 1});
    let plan = admin
        .send(Method::POST, "/api/v1/admin/rehearsals", &plan)
        .await;
    assert_eq!(plan.status(), 404);
    assert_eq!(admin.get(REHEARSAL).await.status(), 404);
}

#[actix_web::test]
async fn what_is_not_there_is_not_found_and_what_makes_no_sense_is_refused() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let own = format!("/api/v1/admin/sku/{}/journal?page_size=1", counter.sku);
    let sell = json!({"delta": -1, "reason": "broken"});
    let stock = format!("/api/v1/sku/{}/stock", counter.sku);
    assert_eq!(admin.send(Method::POST, &stock, &sell).await.status(), 200);
    let cursor = read(admin.get(&own).await).await.1["next_cursor"].clone();
    let cursor = cursor.as_str().unwrap();

    for (path, status, code) in [
        ("sku/9999/journal".to_owned(), 404, "not_found"),
        ("sku/0/journal".to_owned(), 404, "not_found"),
        ("user/9999".to_owned(), 404, "not_found"),
        (
            "order/0199a1b2-3c4d-7000-8000-0123456789ab".to_owned(),
            404,
            "not_found",
        ),
        ("order/7".to_owned(), 404, "not_found"),
        (
            format!("sku/9999/journal?cursor={cursor}"),
            422,
            "bad_cursor",
        ),
        (format!("seckill?cursor={cursor}"), 422, "bad_cursor"),
        ("stats?days=0".to_owned(), 422, "invalid_field"),
        ("stats?days=91".to_owned(), 422, "invalid_field"),
        ("stats?days=-1".to_owned(), 422, "invalid_field"),
        ("orders?q=tea".to_owned(), 422, "invalid_field"),
        ("orders?q=%20".to_owned(), 422, "invalid_field"),
    ] {
        let (told, problem) = read(admin.get(&format!("/api/v1/admin/{path}")).await).await;
        assert_eq!((told, &problem["code"]), (status, &json!(code)), "{path}");
    }
}

#[actix_web::test]
async fn the_figures_of_the_shop_are_those_of_its_orders() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let ann = counter.buyer("ann", 20_000).await;
    let mut orders = Vec::new();
    for (units, key) in [(3, "a"), (1, "b"), (2, "c")] {
        orders.push(ann.place(&counter, units, key).await.1);
    }
    for (order, key) in [(&orders[0], "pa"), (&orders[1], "pb")] {
        assert_eq!(ann.pay(order, key, PIN).await.status(), 200);
    }
    let refund = orders[1]["id"].as_str().unwrap();
    let refund = format!("/api/v1/admin/order/{refund}/refund");
    let body = json!({"restock": false});
    assert_eq!(admin.send(Method::POST, &refund, &body).await.status(), 200);

    let (status, stats) = read(admin.get("/api/v1/admin/stats?days=7").await).await;

    assert_eq!(status, 200, "{stats}");
    let today = |figure: &str| stats[figure][6].clone();
    assert_eq!(stats["orders"].as_array().unwrap().len(), 7);
    assert_eq!(today("orders")["count"], 3);
    assert_eq!(today("users")["count"], 2);
    assert_eq!(today("revenue")["amount"], 3 * 1_999);
    assert_eq!(today("refunds")["amount"], 1_999);
    assert_eq!(
        stats["sums"],
        json!({"users": 2, "orders": 3, "revenue": 3 * 1_999, "refunds": 1_999})
    );
    assert_eq!(
        stats["before"],
        json!({"users": 0, "orders": 0, "revenue": 0, "refunds": 0})
    );
    assert_eq!(stats["units_held"], 2);
    let tea = json!({"id": counter.product, "name": "Tea", "cover": null});
    assert_eq!(
        stats["best_sellers"],
        json!([{"product": tea, "units": 3, "revenue": 3 * 1_999}])
    );
    assert_eq!(
        stats["low_stock"],
        json!([{"sku_id": counter.sku, "options": {}, "num": 4, "product": tea}])
    );
    assert_eq!(stats["sales"], json!([]));
    assert_eq!(stats["currency"], "USD");
    let month = read(admin.get("/api/v1/admin/stats").await).await.1;
    assert_eq!(month["users"].as_array().unwrap().len(), 30);
}

#[actix_web::test]
async fn every_movement_of_a_sku_is_in_its_journal() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let ann = counter.buyer("ann", 0).await;
    let (_, order) = ann.place(&counter, 3, "a").await;
    let stock = format!("/api/v1/sku/{}/stock", counter.sku);
    let found = json!({"delta": 2, "reason": "found behind the shelf"});
    assert_eq!(admin.send(Method::POST, &stock, &found).await.status(), 200);

    let path = format!("/api/v1/admin/sku/{}/journal?page_size=2", counter.sku);
    let (status, page) = read(admin.get(&path).await).await;
    let cursor = page["next_cursor"].as_str().unwrap();
    let (_, rest) = read(admin.get(&format!("{path}&cursor={cursor}")).await).await;

    let short = |row: &Value| {
        json!([
            row["delta"],
            row["reason"],
            row["reference"],
            row["actor_id"]
        ])
    };
    let rows = |page: &Value| {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(short)
            .collect::<Vec<_>>()
    };
    assert_eq!(status, 200);
    assert_eq!(
        rows(&page),
        [
            json!([2, "found behind the shelf", null, admin.id]),
            json!([-3, "order", order["id"], null]),
        ]
    );
    assert_eq!(rows(&rest), [json!([10, "opening", null, admin.id])]);
    assert_eq!(rest["next_cursor"], Value::Null);
}

#[actix_web::test]
async fn an_admin_opens_the_order_and_the_account_of_a_customer() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let ann = counter.buyer("ann", 0).await;
    let (_, order) = ann.place(&counter, 1, "a").await;
    let id = order["id"].as_str().unwrap();

    let (status, whole) = read(admin.get(&format!("/api/v1/admin/order/{id}")).await).await;
    assert_eq!((status, &whole["id"]), (200, &order["id"]));
    assert_eq!(whole["user_id"], ann.user.id);
    assert_eq!(whole["history"][0]["to"], "unpaid");

    let (status, user) = read(
        admin
            .get(&format!("/api/v1/admin/user/{}", ann.user.id))
            .await,
    )
    .await;
    assert_eq!((status, &user["user_name"]), (200, &json!("ann")));

    for (query, found) in [
        (format!("q={id}"), 1),
        (format!("q={}", &id[..8]), 1),
        ("q=00000000".to_owned(), 0),
        (format!("q={id}&user_id={}", admin.id), 0),
        ("seckill_id=1".to_owned(), 0),
    ] {
        let (_, list) = read(admin.get(&format!("/api/v1/admin/orders?{query}")).await).await;
        assert_eq!(list["items"].as_array().unwrap().len(), found, "{query}");
    }
}
