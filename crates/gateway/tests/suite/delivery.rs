//! Delivery methods over a real socket and a real database.

use reqwest::Method;
use serde_json::{Value, json};

use crate::server::read;
use crate::shop_fixture::{PIN, ShopFixture};

const METHODS: &str = "/api/v1/admin/delivery_methods";

#[actix_web::test]
async fn only_an_admin_sees_and_changes_delivery_methods() {
    let counter = ShopFixture::open().await;
    let buyer = counter.buyer("ann", 0).await;
    for (method, path) in [
        (Method::GET, METHODS.to_owned()),
        (Method::POST, METHODS.to_owned()),
        (Method::PUT, format!("{METHODS}/1")),
        (Method::DELETE, format!("{METHODS}/1")),
    ] {
        let answer = buyer.user.send(method.clone(), &path, &json!({})).await;
        assert_eq!(answer.status(), 403, "{method} {path}");
        let stranger = counter.shop.request(method.clone(), &path).json(&json!({}));
        assert_eq!(
            stranger.send().await.unwrap().status(),
            401,
            "{method} {path}"
        );
    }
}

#[actix_web::test]
async fn what_is_wrong_with_a_delivery_method_an_address_or_a_filter_is_said() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    for (body, field) in [
        (json!({"price": 1}), "name"),
        (json!({"name": "x"}), "price"),
        (json!({"name": " ", "price": 1}), "name"),
        (json!({"name": "x", "price": -1}), "price"),
        (json!({"name": "x", "price": 1_u64 << 60}), "price"),
        (
            json!({"name": "x", "price": 1, "free_from": -1}),
            "free_from",
        ),
        (
            json!({"name": "x", "price": 1, "countries": []}),
            "countries",
        ),
        (
            json!({"name": "x", "price": 1, "countries": ["UK"]}),
            "countries",
        ),
        (json!({"name": "x", "price": 1, "id": 7}), "id"),
    ] {
        let (status, problem) = read(admin.send(Method::POST, METHODS, &body).await).await;
        assert_eq!(
            (status, problem["errors"][0]["field"].as_str()),
            (422, Some(field)),
            "{body}"
        );
    }
    for method in [Method::PUT, Method::DELETE] {
        let absent = format!("{METHODS}/999");
        let answer = admin.send(method, &absent, &json!({})).await;
        assert_eq!(answer.status(), 404);
    }
    let buyer = counter.buyer("ann", 0).await;
    for (member, value) in [
        ("country", json!("UK")),
        ("postcode", json!("x".repeat(17))),
    ] {
        let mut body = json!({"name": "Ann", "phone": "12345", "address": "1 Clover Street"});
        body[member] = value;
        let answer = buyer
            .user
            .send(Method::POST, "/api/v1/address", &body)
            .await;
        let (status, problem) = read(answer).await;
        assert_eq!(
            (status, problem["errors"][0]["field"].as_str()),
            (422, Some(member))
        );
    }
    let list = "/api/v1/delivery_methods?country=Germany";
    let answer = counter
        .shop
        .request(Method::GET, list)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 422);
}

#[actix_web::test]
async fn a_delivery_is_offered_chosen_paid_and_kept() {
    let counter = ShopFixture::with(&[("STAMPEDE__SHOP__COUNTRY", "DE")]).await;
    let admin = counter.shop.admin().await;
    let buyer = counter.buyer("ann", 10_000).await;
    let (_, home) = read(
        buyer
            .user
            .get(&format!("/api/v1/address/{}", buyer.address))
            .await,
    )
    .await;
    assert_eq!(
        (&home["country"], &home["postcode"]),
        (&json!("DE"), &Value::Null)
    );
    let (before, _) = buyer.place(&counter, 1, "before").await;
    assert_eq!(before, 201);

    let standard =
        json!({"name": "Standard", "price": 490, "free_from": 5_000, "countries": ["de", "AT"]});
    let answer = admin.send(Method::POST, METHODS, &standard).await;
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let (status, standard) = read(answer).await;
    assert_eq!((status, &standard["enabled"]), (201, &json!(true)));
    assert_eq!(location, format!("{METHODS}/{}", standard["id"]));
    let express = json!({"name": "Express", "price": 1_490});
    let (_, express) = read(admin.send(Method::POST, METHODS, &express).await).await;
    let abroad = json!({"name": "Abroad", "price": 9_900, "countries": ["JP"]});
    let (_, abroad) = read(admin.send(Method::POST, METHODS, &abroad).await).await;

    let list = counter
        .shop
        .request(Method::GET, "/api/v1/delivery_methods?country=AT");
    let list = list.send().await.unwrap();
    assert!(list.headers().contains_key("etag"));
    let (_, list) = read(list).await;
    assert_eq!(
        list["items"][0],
        json!({
            "id": standard["id"], "name": "Standard", "price": 490, "free_from": 5_000,
            "countries": ["AT", "DE"], "enabled": true,
        })
    );
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2));

    let with = |method: &Value, num: i64| {
        json!({
            "items": [{"sku_id": counter.sku, "num": num}], "address_id": buyer.address,
            "delivery_method_id": method,
        })
    };
    let ask = with(&standard["id"], 3);
    let (_, quote) = read(buyer.user.send(Method::POST, "/api/v1/quote", &ask).await).await;
    assert_eq!(quote["delivery_method_id"], standard["id"]);
    assert_eq!(
        quote["delivery_methods"][0]["price"], 0,
        "59.97 is more than 50.00"
    );
    assert_eq!(quote["delivery_methods"][1]["price"], 1_490);
    assert_eq!(quote["totals"]["shipping"], 0);

    for (method, code) in [
        (&Value::Null, "delivery_method_required"),
        (&abroad["id"], "delivery_not_offered"),
        (&json!(999), "delivery_not_offered"),
    ] {
        let refused = buyer.post("/api/v1/order", "k1", &with(method, 1)).await;
        let (status, problem) = read(refused).await;
        assert_eq!((status, problem["code"].as_str()), (422, Some(code)));
        assert_eq!(problem["errors"][0]["field"], "delivery_method_id");
    }
    let (status, placed) = read(
        buyer
            .post("/api/v1/order", "k1", &with(&express["id"], 1))
            .await,
    )
    .await;
    assert_eq!(status, 201);
    let kept = json!({"method_id": express["id"], "name": "Express", "price": 1_490});
    assert_eq!(
        (&placed["delivery"], &placed["total"]),
        (&kept, &json!(3_489))
    );
    assert_eq!(placed["totals"]["shipping"], 1_490);
    assert_eq!(placed["address"]["country"], "DE");

    let one = format!("{METHODS}/{}", express["id"]);
    let dearer = json!({"price": 1_990, "free_from": 9_000, "countries": null});
    let (_, changed) = read(admin.send(Method::PUT, &one, &dearer).await).await;
    assert_eq!(
        (&changed["price"], &changed["name"]),
        (&json!(1_990), &json!("Express"))
    );
    let gone = admin.send(Method::DELETE, &one, &Value::Null).await;
    assert_eq!(gone.status(), 204);
    let pay = json!({"order_id": placed["id"], "key": PIN});
    let (status, receipt) = read(buyer.post("/api/v1/paydown", "k2", &pay).await).await;
    assert_eq!((status, &receipt["order"]["delivery"]), (200, &kept));
    assert_eq!(receipt["balance"], 10_000 - 3_489);
    let (_, all) = read(admin.send(Method::GET, METHODS, &Value::Null).await).await;
    assert_eq!(all["items"].as_array().map(Vec::len), Some(2));

    let (_, log) = read(admin.get("/api/v1/admin/audit_log").await).await;
    let rows = log["items"].as_array().unwrap();
    for action in ["create", "update", "delete"] {
        let action = format!("delivery_method.{action}");
        assert!(rows.iter().any(|row| row["action"] == action), "{action}");
    }
}

#[actix_web::test]
async fn a_claim_of_a_sale_may_name_its_delivery() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let buyer = counter.buyer("ann", 0).await;
    for price in [490, 1_490] {
        let method = json!({"name": "Post", "price": price});
        admin.send(Method::POST, METHODS, &method).await;
    }
    let (_, all) = read(admin.send(Method::GET, METHODS, &Value::Null).await).await;
    let express = &all["items"][1]["id"];
    let sale = crate::selling::wanted(&counter, 5, -1, 3_600);
    let sale = crate::selling::sale(&counter, &sale).await;

    let claim = json!({"delivery_method_id": express});
    let (status, order) = read(buyer.claim(sale, None, &claim).await).await;

    assert_eq!(status, 201, "{order}");
    assert_eq!(&order["delivery"]["method_id"], express);
    assert_eq!(order["total"], 99 + 1_490);
}
