//! Accounts and addresses, over the wire.

use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{PASSWORD, TestShop, read};

#[actix_web::test]
async fn a_client_cannot_give_itself_what_the_server_decides() {
    let shop = TestShop::open().await;
    let alice = shop.customer("alice").await;

    for (field, value) in [
        ("role", json!("admin")),
        ("balance", json!(1_000_000)),
        ("id", json!(1)),
        ("status", json!("active")),
        ("email_verified", json!(true)),
    ] {
        let body = json!({"nick_name": "Al", field: value});
        let (status, problem) = read(alice.send(Method::PUT, "/api/v1/user", &body).await).await;
        assert_eq!(status, 422);
        assert_eq!(problem["errors"][0]["field"], field);
    }
    let (_, me) = read(alice.get("/api/v1/user").await).await;
    assert_eq!(
        (&me["nick_name"], &me["role"]),
        (&json!("alice"), &json!("customer"))
    );
}

#[actix_web::test]
async fn a_name_is_taken_however_it_is_spelled() {
    let shop = TestShop::open().await;
    shop.customer("Straße").await;

    for name in ["straße", "STRASSE", "ＳＴＲＡＳＳＥ"] {
        let body = json!({"user_name": name, "password": PASSWORD, "key": "246810"});
        let (status, problem) = read(shop.post("/api/v1/user/register", &body).await).await;
        assert_eq!(
            (status, &problem["code"]),
            (409, &json!("user_name_taken")),
            "{name}"
        );
    }
}

#[actix_web::test]
async fn names_of_every_script_are_registered_and_log_in() {
    let shop = TestShop::open().await;
    for name in ["İPEK", "ก้อง", "น้ำผึ้ง", "सड़क", "Adékúnlẹ́", "مهدی\u{200C}یار"]
    {
        shop.customer(name).await;
    }

    let body = json!({"user_name": "مهدییار", "password": PASSWORD, "key": "246810"});
    let (status, problem) = read(shop.post("/api/v1/user/register", &body).await).await;
    assert_eq!((status, &problem["code"]), (409, &json!("user_name_taken")));
}

#[actix_web::test]
async fn an_address_has_up_to_four_lines_and_a_number_as_people_write_it() {
    let shop = TestShop::open().await;
    let alice = shop.customer("alice").await;
    let address = |phone: &str, address: &str| json!({"name": "Robin Doe", "phone": phone, "address": address});
    for (body, field, code) in [
        (address("++++++", "1 Tea Street"), "phone", "too_few_digits"),
        (
            address("call me 12345", "1 Tea Street"),
            "phone",
            "characters",
        ),
        (
            address("12345", "1\n2\n3\n4\n5"),
            "address",
            "too_many_lines",
        ),
        (address("12345", "a\u{202E}b"), "address", "characters"),
    ] {
        let (status, problem) =
            read(alice.send(Method::POST, "/api/v1/address", &body).await).await;
        assert_eq!(status, 422);
        assert_eq!(problem["errors"][0]["field"], field);
        assert_eq!(problem["errors"][0]["code"], code);
    }

    let body = address(
        "(555)\u{A0}010\u{2011}1234",
        "Example Road 1\r\n12345 Sampletown",
    );
    let (status, kept) = read(alice.send(Method::POST, "/api/v1/address", &body).await).await;

    assert_eq!(status, 201);
    assert_eq!(kept["phone"], "(555) 010-1234");
    assert_eq!(kept["address"], "Example Road 1\n12345 Sampletown");
}

#[actix_web::test]
async fn an_account_is_registered_renamed_and_shown() {
    let shop = TestShop::open().await;
    let body = json!({"user_name": "爱丽丝", "password": PASSWORD, "key": "246810"});

    let answer = shop.post("/api/v1/user/register", &body).await;
    assert_eq!(answer.headers()["location"], "/api/v1/user");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let (status, user) = read(answer).await;
    assert_eq!(status, 201);
    assert_eq!(user["user_name"], "爱丽丝");
    assert_eq!(user["email"], Value::Null);

    let alice = shop.log_in("爱丽丝").await;
    let body = json!({"nick_name": "<img onerror=alert(1)>"});
    let (status, user) = read(alice.send(Method::PUT, "/api/v1/user", &body).await).await;
    assert_eq!((status, &user["nick_name"]), (200, &body["nick_name"]));
}

#[actix_web::test]
async fn a_foreign_address_and_an_absent_one_are_the_same_404() {
    let shop = TestShop::open().await;
    let (alice, bob) = (shop.customer("alice").await, shop.customer("bob").await);
    let body = json!({"name": "Alice", "phone": "+49 30 1234", "address": "1 Tea Street"});
    let (status, mine) = read(alice.send(Method::POST, "/api/v1/address", &body).await).await;
    assert_eq!((status, &mine["is_default"]), (201, &json!(true)));

    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let mut bodies = Vec::new();
        for id in [mine["id"].as_i64().unwrap(), 999_999] {
            let path = format!("/api/v1/address/{id}");
            let (status, mut problem) = read(bob.send(method.clone(), &path, &body).await).await;
            assert_eq!(status, 404, "{method}");
            problem["request_id"] = Value::Null;
            bodies.push(problem);
        }
        assert_eq!(bodies[0], bodies[1], "{method}");
    }
    let (_, list) = read(bob.get("/api/v1/address").await).await;
    assert_eq!(list, json!({"items": [], "next_cursor": null}));
    let (_, list) = read(alice.get("/api/v1/address").await).await;
    assert_eq!(list["items"][0], mine);
}

#[actix_web::test]
async fn what_an_admin_did_is_in_the_log() {
    let shop = TestShop::open().await;
    let (root, bob) = (shop.admin().await, shop.customer("bob").await);

    let ban = format!("/api/v1/admin/user/{}/ban", bob.id);
    let (status, user) = read(
        root.send(Method::POST, &ban, &json!({"reason": "fraud"}))
            .await,
    )
    .await;
    assert_eq!((status, &user["status"]), (200, &json!("banned")));

    let (_, log) = read(root.get("/api/v1/admin/audit_log?page_size=1").await).await;
    let row = &log["items"][0];
    assert_eq!(row["action"], "user.ban");
    assert_eq!(row["actor_id"], root.id);
    assert_eq!(row["target"], format!("user:{}", bob.id));
    assert_eq!(row["detail"]["reason"], "fraud");

    let (_, users) = read(root.get("/api/v1/admin/users?q=bob").await).await;
    assert_eq!(users["items"][0]["id"], bob.id);
    let (_, stats) = read(root.get("/api/v1/admin/stats").await).await;
    assert_eq!(stats["users"].as_array().unwrap().len(), 30);
    assert_eq!(stats["users"][29]["count"], 2);
}

#[actix_web::test]
async fn a_cursor_of_another_list_is_refused() {
    let shop = TestShop::open().await;
    let root = shop.admin().await;
    for name in ["ann", "ben", "cat"] {
        shop.customer(name).await;
    }

    let (_, page) = read(root.get("/api/v1/admin/users?page_size=2").await).await;
    let cursor = page["next_cursor"].as_str().unwrap();
    let next = format!("/api/v1/admin/users?page_size=2&cursor={cursor}");
    let (_, rest) = read(root.get(&next).await).await;
    assert_eq!(rest["items"].as_array().unwrap().len(), 2);

    for path in [
        format!("/api/v1/admin/users?q=ann&cursor={cursor}"),
        format!("/api/v1/admin/audit_log?cursor={cursor}"),
        "/api/v1/admin/users?cursor=garbage".to_owned(),
    ] {
        let (status, problem) = read(root.get(&path).await).await;
        assert_eq!(
            (status, &problem["code"]),
            (422, &json!("bad_cursor")),
            "{path}"
        );
    }
    for query in [
        "page_size=0",
        "page_size=101",
        "page_size=-1",
        "page_size=1&page_size=100",
    ] {
        let (status, _) = read(root.get(&format!("/api/v1/admin/users?{query}")).await).await;
        assert_eq!(status, 422, "{query}");
    }
}
