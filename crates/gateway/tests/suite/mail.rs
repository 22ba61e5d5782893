//! Proofs by e-mail, as a newcomer follows them: through the demo shop's mailbox.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{PASSWORD, TestShop, read};
use crate::shop_fixture::{PIN, ShopFixture};

async fn mailbox(shop: &TestShop) -> Vec<Value> {
    let request = shop.request(Method::GET, "/dev/mailbox");
    let request = request.header("Accept", "application/json");
    let (_, mails) = read(request.send().await.unwrap()).await;
    mails.as_array().unwrap().clone()
}

/// All `count` mails, newest first, once they have come.
async fn mails(shop: &TestShop, count: usize) -> Vec<Value> {
    for _ in 0..100 {
        let mails = mailbox(shop).await;
        if mails.len() == count {
            return mails;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{count} mails did not come");
}

/// The token in the newest of `count` mails.
async fn token(shop: &TestShop, count: usize) -> String {
    let mails = mails(shop, count).await;
    let text = mails[0]["text"].as_str().unwrap();
    let long = |word: &&str| word.len() > 30 && !word.contains('/');
    text.split_whitespace().find(long).unwrap().to_owned()
}

#[actix_web::test]
async fn outside_the_demo_shop_there_is_no_mailbox() {
    let shop = TestShop::open().await;

    let answer = shop.request(Method::GET, "/dev/mailbox").send().await;

    assert_eq!(answer.unwrap().status(), 404);
}

#[actix_web::test]
async fn an_address_is_bound_by_the_token_that_was_mailed_to_it_once() {
    let shop = TestShop::with(&[("STAMPEDE__DEMO", "true")]).await;
    let (alice, bob) = (shop.customer("carol").await, shop.customer("dave").await);
    let bind = json!({"operation_type": 1, "email": "carol@example.com"});
    let path = "/api/v1/user/sending_email";

    assert_eq!(alice.send(Method::POST, path, &bind).await.status(), 202);
    let again = alice.send(Method::POST, path, &bind).await;
    assert_eq!(again.status(), 429);
    assert!(again.headers().contains_key("retry-after"));

    let body = json!({"token": token(&shop, 1).await});
    let path = "/api/v1/user/valid_email";
    let (status, problem) = read(bob.send(Method::POST, path, &body).await).await;
    assert_eq!((status, &problem["code"]), (400, &json!("bad_email_token")));
    let (status, user) = read(alice.send(Method::POST, path, &body).await).await;
    assert_eq!((status, &user["email_verified"]), (200, &json!(true)));
    assert_eq!(user["email"], "carol@example.com");
    assert_eq!(alice.send(Method::POST, path, &body).await.status(), 400);

    let forgot = json!({"email": "carol@example.com"});
    let path = "/api/v1/user/forgot_password";
    assert_eq!(shop.post(path, &forgot).await.status(), 202);
    let nobody = json!({"email": "nobody@example.com"});
    assert_eq!(shop.post(path, &nobody).await.status(), 202);
    let body = json!({"token": token(&shop, 2).await, "password": "brand new horse 5"});
    let answer = shop.post("/api/v1/user/reset_password", &body).await;
    assert_eq!(answer.status(), 204);
    let old = json!({"user_name": "carol", "password": PASSWORD});
    assert_eq!(shop.post("/api/v1/user/login", &old).await.status(), 401);

    let page = shop
        .request(Method::GET, "/dev/mailbox")
        .send()
        .await
        .unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
    assert!(page.text().await.unwrap().contains("carol@example.com"));
}

#[actix_web::test]
async fn what_is_no_mailbox_or_no_operation_is_refused() {
    let shop = TestShop::open().await;
    let alice = shop.customer("alice").await;

    for body in [
        json!({"operation_type": 0}),
        json!({"operation_type": 1}),
        json!({"operation_type": 3}),
        json!({"operation_type": 1, "email": "a@example.com\r\nBcc: b@example.com"}),
        json!({"operation_type": 1, "email": "a@example.com, b@example.com"}),
        json!({"operation_type": 1, "email": format!("{}@example.com", "a".repeat(255))}),
    ] {
        let answer = alice
            .send(Method::POST, "/api/v1/user/sending_email", &body)
            .await;
        assert_eq!(answer.status(), 422, "{body}");
    }
    let unbind = json!({"operation_type": 2});
    let (status, problem) = read(
        alice
            .send(Method::POST, "/api/v1/user/sending_email", &unbind)
            .await,
    )
    .await;
    assert_eq!(
        (status, &problem["code"]),
        (409, &json!("no_verified_email"))
    );
}

#[actix_web::test]
async fn page_cart_order_and_letters_speak_the_language_of_the_buyer() {
    let counter = ShopFixture::with(&[("STAMPEDE__DEMO", "true")]).await;
    let product = format!("/api/v1/product/{}", counter.product);
    let chinese = json!({"translations": {"zh": {"name": "茶叶"}, "fr": {"name": "Thé"}}});
    let admin = counter.shop.admin().await;
    let changed = admin.send(Method::PUT, &product, &chinese).await;
    assert_eq!(changed.status(), 200);
    let buyer = counter.buyer("carol", 9_999).await;
    let bind = json!({"operation_type": 1, "email": "carol@example.com"});
    let sending = "/api/v1/user/sending_email";
    assert_eq!(
        buyer.user.send(Method::POST, sending, &bind).await.status(),
        202
    );
    let body = json!({"token": token(&counter.shop, 1).await});
    let valid = buyer
        .user
        .send(Method::POST, "/api/v1/user/valid_email", &body);
    assert_eq!(valid.await.status(), 200);

    let line = format!("/api/v1/cart/{}", counter.sku);
    for (languages, name) in [
        ("de, fr;q=0.5", "Thé"),
        ("de", "Tea"),
        ("zh-CN, en;q=0.5", "茶叶"),
    ] {
        let request = buyer
            .user
            .request(Method::PUT, &line)
            .json(&json!({"num": 2}));
        let request = request.header("Accept-Language", languages);
        let (_, cart) = read(request.send().await.unwrap()).await;
        assert_eq!(cart["items"][0]["product"]["name"], name, "{languages}");
        let page = counter.shop.request(Method::GET, &product);
        let page = page.header("Accept-Language", languages).send().await;
        assert_eq!(read(page.unwrap()).await.1["name"], name, "{languages}");
    }
    let body = json!({"address_id": buyer.address, "from_cart": true});
    let request = buyer.user.request(Method::POST, "/api/v1/order");
    let request = request.header("Accept-Language", "zh-CN, en;q=0.5");
    let request = request.header("Idempotency-Key", "k").json(&body);
    let (status, order) = read(request.send().await.unwrap()).await;
    assert_eq!(status, 201);
    assert_eq!(order["lines"][0]["name"], "茶叶");
    let placed = mails(&counter.shop, 2).await.remove(0);
    assert_eq!(buyer.pay(&order, "k", PIN).await.status(), 200);
    let paid = mails(&counter.shop, 3).await.remove(0);

    for mail in [&placed, &paid] {
        assert_eq!(mail["to"], "carol@example.com");
        let text = mail["text"].as_str().unwrap();
        assert!(text.contains(order["id"].as_str().unwrap()), "{text}");
        assert!(text.contains("39.98"), "{text}");
        assert!(text.contains("茶叶") && !text.contains("Tea"), "{text}");
    }
    assert!(placed["subject"].as_str().unwrap().contains("订单"));
    assert!(paid["subject"].as_str().unwrap().contains("付款"));
}
