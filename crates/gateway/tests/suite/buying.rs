//! Buying over a real socket and a real database.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::server::read;
use crate::shop_fixture::{PIN, ShopFixture, path};

const ABSENT: &str = "0199a1b2-0000-7000-8000-000000000000";

/// A refusal as it is the same for everybody.
async fn refusal(answer: Response) -> (u16, Value) {
    let (status, mut problem) = read(answer).await;
    problem["request_id"] = Value::Null;
    (status, problem)
}

#[actix_web::test]
async fn what_is_wrong_with_an_order_is_said_and_nothing_is_reserved() {
    let counter = ShopFixture::open().await;
    let (buyer, other) = (counter.buyer("ann", 0).await, counter.buyer("ben", 0).await);
    let (address, product, sku) = (buyer.address, counter.product, counter.sku);
    let line = |sku: i64, num: i64| json!({"sku_id": sku, "num": num});
    let cases = [
        (
            json!({"address_id": address, "product_id": product, "num": 1, "money": 1}),
            422,
            "unknown_field",
        ),
        (
            json!({"address_id": address, "product_id": product, "num": 1, "price": 0}),
            422,
            "unknown_field",
        ),
        (
            json!({"address_id": address, "product_id": product, "num": -1}),
            422,
            "invalid_field",
        ),
        (
            json!({"address_id": address, "product_id": product, "num": 0}),
            422,
            "invalid_field",
        ),
        (
            json!({"address_id": address, "product_id": product, "num": 100}),
            422,
            "invalid_field",
        ),
        (
            json!({"address_id": address, "product_id": product}),
            422,
            "invalid_field",
        ),
        (
            json!({"address_id": address, "num": 1}),
            422,
            "invalid_field",
        ),
        (json!({"address_id": address}), 422, "invalid_field"),
        (
            json!({"product_id": product, "num": 1}),
            422,
            "invalid_field",
        ),
        (
            json!({"address_id": address, "items": []}),
            422,
            "invalid_field",
        ),
        (
            json!({"address_id": address, "items": [line(sku, 1), line(sku, 1)]}),
            422,
            "invalid_field",
        ),
        (
            json!({"address_id": address, "items": vec![line(sku, 1); 51]}),
            422,
            "invalid_field",
        ),
        (
            json!({"address_id": address, "items": [{"sku_id": sku, "num": 1, "price": 1}]}),
            422,
            "unknown_field",
        ),
        (
            json!({"address_id": address, "items": [line(sku, 1)], "from_cart": true}),
            422,
            "invalid_field",
        ),
        (
            json!({"address_id": address, "product_id": product, "num": 1, "expected_total": i64::MAX}),
            422,
            "invalid_field",
        ),
        (
            json!({"address_id": address, "product_id": product, "num": 1, "expected_total": 1}),
            409,
            "price_changed",
        ),
        (
            json!({"address_id": address, "product_id": product, "num": 11}),
            409,
            "stock_insufficient",
        ),
        (
            json!({"address_id": address, "from_cart": true}),
            409,
            "cart_empty",
        ),
        (
            json!({"address_id": address, "product_id": 999_999, "num": 1}),
            409,
            "not_on_sale",
        ),
        (
            json!({"address_id": address, "items": [line(999_999, 1)]}),
            409,
            "not_on_sale",
        ),
        (
            json!({"address_id": 999_999, "product_id": product, "num": 1}),
            404,
            "not_found",
        ),
        (
            json!({"address_id": other.address, "product_id": product, "num": 1}),
            404,
            "not_found",
        ),
    ];
    for (body, status, code) in cases {
        // One key for all: a refusal frees it.
        let (answered, problem) = read(buyer.post("/api/v1/order", "k", &body).await).await;
        assert_eq!(
            (answered, &problem["code"]),
            (status, &json!(code)),
            "{body}"
        );
    }
    let admin = counter.shop.admin().await;
    let off = json!({"on_sale": false});
    let page = format!("/api/v1/product/{product}");
    assert_eq!(admin.send(Method::PUT, &page, &off).await.status(), 200);
    let (status, problem) = buyer.place(&counter, 1, "k").await;
    assert_eq!((status, &problem["code"]), (409, &json!("not_on_sale")));
    assert_eq!(problem["errors"][0]["field"], "product_id");
    assert_eq!(problem["errors"][0]["sku_id"], sku);
    let line = format!("/api/v1/cart/{sku}");
    assert_eq!(
        admin
            .send(Method::PUT, &page, &json!({"on_sale": true}))
            .await
            .status(),
        200
    );
    let put = buyer
        .user
        .send(Method::PUT, &line, &json!({"num": 2}))
        .await;
    assert_eq!(put.status(), 200);
    assert_eq!(admin.send(Method::PUT, &page, &off).await.status(), 200);
    let cart = json!({"address_id": address, "from_cart": true});
    let (status, problem) = read(buyer.post("/api/v1/order", "k", &cart).await).await;
    assert_eq!((status, &problem["code"]), (409, &json!("not_on_sale")));
    assert_eq!(problem["errors"][0]["field"], format!("cart.{sku}"));
    assert_eq!(problem["errors"][0]["sku_id"], sku);
    let foreign = json!({"address_id": 999_999, "from_cart": true});
    let (status, problem) = read(buyer.post("/api/v1/order", "k", &foreign).await).await;
    assert_eq!((status, &problem["code"]), (404, &json!("not_found")));
    assert_eq!(problem["errors"][0]["field"], "address_id");
    let on = json!({"on_sale": true});
    assert_eq!(admin.send(Method::PUT, &page, &on).await.status(), 200);

    assert!(buyer.orders().await.is_empty());
    assert_eq!(counter.units_left().await, 10);
}

#[actix_web::test]
async fn an_order_needs_a_key_and_a_key_is_for_one_order() {
    let counter = ShopFixture::open().await;
    let buyer = counter.buyer("ann", 0).await;
    let body = json!({"address_id": buyer.address, "product_id": counter.product, "num": 2});

    let without = buyer.user.send(Method::POST, "/api/v1/order", &body).await;
    assert_eq!(refusal(without).await.1["code"], "idempotency_key_required");
    let malformed = buyer.post("/api/v1/order", "a key", &body).await;
    assert_eq!(
        refusal(malformed).await.1["code"],
        "idempotency_key_malformed"
    );
    let first = buyer.post("/api/v1/order", "one", &body).await;
    assert_eq!(first.status(), 201);
    assert!(!first.headers().contains_key("idempotency-replayed"));
    let location = first.headers()["location"].to_str().unwrap().to_owned();
    let order = read(first).await.1;
    assert_eq!(location, path(&order));
    let again = buyer.post("/api/v1/order", "one", &body).await;
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(read(again).await, (201, order));
    let (status, problem) = buyer.place(&counter, 3, "one").await;
    assert_eq!(
        (status, &problem["code"]),
        (422, &json!("idempotency_key_reused"))
    );

    assert_eq!(buyer.orders().await.len(), 1);
    assert_eq!(counter.units_left().await, 8);
}

#[actix_web::test]
async fn somebody_elses_order_is_no_order() {
    let counter = ShopFixture::open().await;
    let (ann, ben) = (
        counter.buyer("ann", 9_999).await,
        counter.buyer("ben", 9_999).await,
    );
    let (_, order) = ann.place(&counter, 1, "k").await;
    let nothing = json!({ "id": ABSENT });

    for (theirs, absent) in [
        (
            ben.user.get(&path(&order)).await,
            ben.user.get(&path(&nothing)).await,
        ),
        (
            ben.user
                .request(Method::DELETE, &path(&order))
                .send()
                .await
                .unwrap(),
            ben.user
                .request(Method::DELETE, &path(&nothing))
                .send()
                .await
                .unwrap(),
        ),
        (
            ben.pay(&order, "a", PIN).await,
            ben.pay(&nothing, "b", PIN).await,
        ),
        (
            ben.post(&format!("{}/receive", path(&order)), "c", &json!({}))
                .await,
            ben.post(&format!("{}/receive", path(&nothing)), "d", &json!({}))
                .await,
        ),
    ] {
        let theirs = refusal(theirs).await;
        assert_eq!(theirs.0, 404, "{theirs:?}");
        assert_eq!(theirs, refusal(absent).await);
    }
    assert!(ben.orders().await.is_empty());
    assert_eq!(ann.orders().await[0]["status"], "unpaid");
}

#[actix_web::test]
async fn a_wrong_pin_is_counted_and_moves_nothing() {
    let counter = ShopFixture::open().await;
    let buyer = counter.buyer("ann", 5_000).await;
    let (_, order) = buyer.place(&counter, 1, "k").await;
    let money = "/api/v1/money";
    let unknown = json!({"key": PIN, "user_id": 1});
    let (status, problem) = refusal(buyer.user.send(Method::POST, money, &unknown).await).await;
    assert_eq!((status, &problem["code"]), (422, &json!("unknown_field")));
    let own = buyer
        .user
        .send(Method::POST, money, &json!({"key": PIN}))
        .await;
    assert_eq!(own.headers()["cache-control"], "no-store");
    assert_eq!(
        read(own).await.1,
        json!({"balance": 5_000, "currency": "USD"})
    );

    for turn in 0..5 {
        let wrong = match turn % 2 {
            0 => buyer.pay(&order, "p", "000000").await,
            _ => {
                buyer
                    .user
                    .send(Method::POST, money, &json!({"key": "000000"}))
                    .await
            }
        };
        assert_eq!(refusal(wrong).await.1["code"], "bad_pin");
    }
    let right = buyer.pay(&order, "p", PIN).await;
    assert!(right.headers().contains_key("retry-after"));
    assert_eq!(refusal(right).await.1["code"], "too_many_failures");

    assert_eq!(buyer.orders().await[0]["status"], "unpaid");
    let (_, statement) = read(buyer.user.get("/api/v1/wallet/transfers").await).await;
    assert_eq!(statement["items"][0]["balance_after"], 5_000);
}

#[actix_web::test]
async fn an_order_is_paid_shipped_and_received() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let buyer = counter.buyer("ann", 5_000).await;
    let (_, order) = buyer.place(&counter, 2, "k").await;
    assert_eq!(
        (&order["status"], &order["total"]),
        (&json!("unpaid"), &json!(3_998))
    );
    assert_eq!(order["address"]["name"], "ann");
    let ship = format!("/api/v1/admin/order/{}/ship", order["id"].as_str().unwrap());
    let early = admin.send(Method::POST, &ship, &json!({})).await;
    assert_eq!(refusal(early).await.1["code"], "wrong_status");

    let paid = buyer.pay(&order, "p", PIN).await;
    assert_eq!(paid.headers()["cache-control"], "no-store");
    let (status, receipt) = read(paid).await;
    assert_eq!((status, &receipt["balance"]), (200, &json!(1_002)));
    assert_eq!(receipt["transfer"]["amount"], -3_998);
    let again = buyer.pay(&order, "p", PIN).await;
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(read(again).await.1, receipt);
    let twice = buyer.pay(&order, "q", PIN).await;
    assert_eq!(refusal(twice).await.1["code"], "wrong_status");
    let cancel = buyer
        .user
        .request(Method::DELETE, &path(&order))
        .send()
        .await;
    assert_eq!(cancel.unwrap().status(), 409);
    let tracking = json!({"tracking": "1Z-7"});
    let (_, shipped) = read(admin.send(Method::POST, &ship, &tracking).await).await;
    assert_eq!(
        (&shipped["status"], &shipped["tracking"]),
        (&json!("shipped"), &json!("1Z-7"))
    );
    let receive = format!("{}/receive", path(&order));
    assert_eq!(buyer.post(&receive, "r", &json!({})).await.status(), 200);

    let (_, whole) = read(buyer.user.get(&path(&order)).await).await;
    let steps: Vec<_> = whole["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["to"].clone())
        .collect();
    assert_eq!(steps, ["unpaid", "paid", "shipped", "completed"]);
    let (_, statement) = read(buyer.user.get("/api/v1/wallet/transfers").await).await;
    let kinds: Vec<_> = statement["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["kind"].clone())
        .collect();
    assert_eq!(kinds, ["payment", "top_up"]);
    let (_, stats) = read(admin.get("/api/v1/admin/stats").await).await;
    assert_eq!(stats["orders"][29]["count"], 1);
    assert_eq!(stats["revenue"][29]["amount"], 3_998);
}

#[actix_web::test]
async fn a_refund_gives_the_money_and_the_units_back_once() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let buyer = counter.buyer("ann", 5_000).await;
    let (_, order) = buyer.place(&counter, 1, "k").await;
    let refund = format!(
        "/api/v1/admin/order/{}/refund",
        order["id"].as_str().unwrap()
    );
    let body = json!({"restock": true, "reason": "broken"});
    let early = admin.send(Method::POST, &refund, &body).await;
    assert_eq!(refusal(early).await.1["code"], "wrong_status");
    assert_eq!(buyer.pay(&order, "p", PIN).await.status(), 200);
    let ask = || {
        let request = admin.request(Method::POST, &refund).json(&body);
        request.header("Idempotency-Key", "back").send()
    };

    let (status, refunded) = read(ask().await.unwrap()).await;
    let again = ask().await.unwrap();

    assert_eq!((status, &refunded["status"]), (200, &json!("refunded")));
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    let twice = admin.send(Method::POST, &refund, &body).await;
    assert_eq!(twice.status(), 409);
    assert_eq!(counter.units_left().await, 10);
    let balance = json!({"key": PIN});
    let (_, balance) = read(
        buyer
            .user
            .send(Method::POST, "/api/v1/money", &balance)
            .await,
    )
    .await;
    assert_eq!(balance["balance"], 5_000);
    let log = admin.get("/api/v1/admin/audit_log").await;
    assert_eq!(read(log).await.1["items"][0]["action"], "order.refund");
    let filter = format!(
        "/api/v1/admin/orders?status=refunded&user_id={}",
        buyer.user.id
    );
    assert_eq!(
        read(admin.get(&filter).await).await.1["items"][0]["id"],
        order["id"]
    );
}

#[actix_web::test]
async fn a_wallet_pays_no_more_than_it_holds() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let buyer = counter.buyer("ann", 1_998).await;
    let (_, order) = buyer.place(&counter, 1, "k").await;
    let top_up = format!("/api/v1/admin/user/{}/top_up", buyer.user.id);
    let ask = |key: &'static str, body: Value| {
        let request = admin.request(Method::POST, &top_up).json(&body);
        request.header("Idempotency-Key", key).send()
    };

    let (status, problem) = refusal(buyer.pay(&order, "p", PIN).await).await;
    assert_eq!(
        (status, &problem["code"]),
        (402, &json!("insufficient_balance"))
    );
    for amount in [
        json!(0),
        json!(-1),
        json!(1.5),
        json!(9_007_199_254_740_992_i64),
    ] {
        let body = json!({"amount": amount, "reason": "x"});
        let refused = ask("wrong", body).await.unwrap();
        assert_eq!(refused.status(), 422, "{amount}");
    }
    let most = json!({"amount": 9_007_199_254_740_991_i64, "reason": "x"});
    assert_eq!(ask("most", most).await.unwrap().status(), 422);
    let cent = || json!({"amount": 1, "reason": "found"});
    let (_, first) = read(ask("cent", cent()).await.unwrap()).await;
    let again = ask("cent", cent()).await.unwrap();
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(read(again).await.1, first);
    assert_eq!(first["balance_after"], 1_999);
    let nobody = "/api/v1/admin/user/999999/top_up";
    let absent = admin.send(Method::POST, nobody, &cent()).await;
    assert_eq!(absent.status(), 404);
    // The refused payment freed its key.
    let (_, receipt) = read(buyer.pay(&order, "p", PIN).await).await;
    assert_eq!(receipt["balance"], 0);
}

#[actix_web::test]
async fn a_cart_is_priced_as_of_now_and_goes_with_its_order() {
    let counter = ShopFixture::open().await;
    let buyer = counter.buyer("ann", 0).await;
    let line = format!("/api/v1/cart/{}", counter.sku);
    let put = |path: String, num: i64| {
        let request = buyer.user.request(Method::PUT, &path);
        request.json(&json!({"num": num})).send()
    };
    for (path, num, status) in [
        (line.clone(), 100, 422),
        (line.clone(), -1, 422),
        ("/api/v1/cart/999999".to_owned(), 1, 404),
        ("/api/v1/cart/abc".to_owned(), 1, 404),
    ] {
        let refused = put(path.clone(), num).await.unwrap();
        assert_eq!(refused.status(), status, "{path} {num}");
    }

    let cart = put(line.clone(), 3).await.unwrap();
    let tag = cart.headers()["etag"].clone();
    let (_, cart) = read(cart).await;
    assert_eq!(
        (&cart["total"], &cart["items"][0]["num"]),
        (&json!(5_997), &json!(3))
    );
    assert_eq!(cart["items"][0]["product"]["name"], "Tea");
    let same = buyer.user.request(Method::GET, "/api/v1/cart");
    let same = same.header("If-None-Match", &tag).send().await.unwrap();
    assert_eq!(same.status(), 304);
    let (_, full) = read(put(line.clone(), 11).await.unwrap()).await;
    assert_eq!(
        (&full["items"][0]["available"], &full["total"]),
        (&json!(false), &json!(0))
    );
    put(line, 2).await.unwrap();
    let body = json!({"address_id": buyer.address, "from_cart": true, "expected_total": 3_998});
    let (status, order) = read(buyer.post("/api/v1/order", "k", &body).await).await;
    assert_eq!((status, &order["lines"][0]["num"]), (201, &json!(2)));
    let changed = buyer.user.request(Method::GET, "/api/v1/cart");
    let changed = changed.header("If-None-Match", &tag).send().await.unwrap();
    assert_eq!(read(changed).await.1["items"], json!([]));
    let clear = buyer
        .user
        .request(Method::DELETE, "/api/v1/cart")
        .send()
        .await;
    assert_eq!(read(clear.unwrap()).await.1["total"], 0);
}

#[actix_web::test]
async fn who_does_not_pay_loses_the_order_and_may_not_hoard() {
    let counter = ShopFixture::with(&[
        ("STAMPEDE__ORDER__PAY_WITHIN_SECS", "1"),
        ("STAMPEDE__ORDER__OPEN_PER_USER", "2"),
    ])
    .await;
    let buyer = counter.buyer("ann", 50_000).await;
    let (_, order) = buyer.place(&counter, 1, "a").await;
    buyer.place(&counter, 1, "b").await;
    let (status, problem) = buyer.place(&counter, 1, "c").await;
    assert_eq!(
        (status, &problem["code"]),
        (409, &json!("too_many_open_orders"))
    );

    // The timer of the shop itself; slow machines may take their time.
    while buyer
        .orders()
        .await
        .iter()
        .any(|order| order["status"] == "unpaid")
    {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let late = refusal(buyer.pay(&order, "p", PIN).await).await;
    assert_eq!((late.0, &late.1["code"]), (409, &json!("order_expired")));
    let (_, order) = read(buyer.user.get(&path(&order)).await).await;
    assert_eq!(
        (&order["cancel_reason"], &order["history"][1]["actor"]),
        (&json!("unpaid"), &json!("system"))
    );
    assert_eq!(counter.units_left().await, 10);
}

#[actix_web::test]
async fn a_list_of_orders_turns_its_pages_and_keeps_to_its_filters() {
    let counter = ShopFixture::open().await;
    let buyer = counter.buyer("ann", 0).await;
    for key in ["a", "b", "c"] {
        buyer.place(&counter, 1, key).await;
    }
    let cancelled = buyer.orders().await.remove(1);
    buyer
        .user
        .request(Method::DELETE, &path(&cancelled))
        .send()
        .await
        .unwrap();

    let (_, first) = read(buyer.user.get("/api/v1/orders?page_size=2").await).await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let (_, second) = read(
        buyer
            .user
            .get(&format!("/api/v1/orders?page_size=2&cursor={cursor}"))
            .await,
    )
    .await;
    let (status, problem) = read(
        buyer
            .user
            .get(&format!("/api/v1/orders?status=paid&cursor={cursor}"))
            .await,
    )
    .await;
    let (_, gone) = read(buyer.user.get("/api/v1/orders?status=cancelled").await).await;

    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
    assert_eq!(second["next_cursor"], Value::Null);
    assert_eq!((status, &problem["code"]), (422, &json!("bad_cursor")));
    assert_eq!(gone["items"][0]["id"], cancelled["id"]);
    for query in ["status=open", "page_size=0", "page_size=101", "cursor=x"] {
        let refused = buyer.user.get(&format!("/api/v1/orders?{query}")).await;
        assert_eq!(refused.status(), 422, "{query}");
    }
    assert_eq!(counter.units_left().await, 8);
}
