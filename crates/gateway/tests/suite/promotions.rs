//! Promotions and quotes over a real socket and a real database.

use reqwest::Method;
use serde_json::{Value, json};

use crate::server::read;
use crate::shop_fixture::{PIN, ShopFixture};

const PROMOTIONS: &str = "/api/v1/admin/promotions";

#[actix_web::test]
async fn only_an_admin_sees_and_changes_promotions() {
    let counter = ShopFixture::open().await;
    let buyer = counter.buyer("ann", 0).await;
    for (method, path) in [
        (Method::GET, PROMOTIONS.to_owned()),
        (Method::POST, PROMOTIONS.to_owned()),
        (Method::GET, format!("{PROMOTIONS}/1")),
        (Method::PUT, format!("{PROMOTIONS}/1")),
        (Method::DELETE, format!("{PROMOTIONS}/1")),
    ] {
        let answer = buyer.user.send(method.clone(), &path, &json!({})).await;
        assert_eq!(answer.status(), 403, "{method} {path}");
    }
    let stranger = counter.shop.request(Method::POST, "/api/v1/quote");
    let answer = stranger
        .json(&json!({"from_cart": true}))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 401);
}

#[actix_web::test]
async fn what_is_wrong_with_a_promotion_is_said() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    for (body, field) in [
        (json!({"name": "x", "kind": "percent"}), "value"),
        (
            json!({"name": "x", "kind": "percent", "value": 10_001}),
            "value",
        ),
        (json!({"name": "x", "kind": "amount", "value": 0}), "value"),
        (json!({"name": "x", "kind": "buy_x_get_y", "buy": 2}), "get"),
        (json!({"name": " ", "kind": "free_shipping"}), "name"),
        (
            json!({"name": "x", "kind": "free_shipping", "code": "a b"}),
            "code",
        ),
        (
            json!({"name": "x", "kind": "free_shipping", "used": 1}),
            "used",
        ),
        (
            json!({"name": "x", "kind": "free_shipping", "product_ids": [0]}),
            "product_ids",
        ),
        (
            json!({"name": "x", "kind": "free_shipping", "category_ids": []}),
            "category_ids",
        ),
        (
            json!({"name": "x", "kind": "free_shipping", "usage_limit": 0}),
            "usage_limit",
        ),
        (
            json!({"name": "x", "kind": "free_shipping", "ends_at": "soon"}),
            "ends_at",
        ),
    ] {
        let (status, problem) = read(admin.send(Method::POST, PROMOTIONS, &body).await).await;
        assert_eq!(
            (status, problem["errors"][0]["field"].as_str()),
            (422, Some(field)),
            "{body}"
        );
    }
    let absent = admin
        .send(Method::GET, &format!("{PROMOTIONS}/999"), &Value::Null)
        .await;
    assert_eq!(absent.status(), 404);
}

#[actix_web::test]
async fn a_promotion_is_made_quoted_ordered_and_paid_and_an_admin_reads_of_it() {
    let counter = ShopFixture::open().await;
    let admin = counter.shop.admin().await;
    let buyer = counter.buyer("ann", 10_000).await;
    let body = json!({
        "name": "Spring", "code": "SPRING", "kind": "percent", "value": 1_000,
        "usage_limit": 2, "product_ids": [counter.product],
    });
    let (status, made) = read(admin.send(Method::POST, PROMOTIONS, &body).await).await;
    assert_eq!(
        (status, made["used"].as_i64(), &made["enabled"]),
        (201, Some(0), &json!(true))
    );
    let (status, problem) = read(admin.send(Method::POST, PROMOTIONS, &body).await).await;
    assert_eq!((status, &problem["code"]), (409, &json!("code_taken")));

    let ask = json!({
        "items": [{"sku_id": counter.sku, "num": 2}], "address_id": buyer.address,
        "codes": ["spring", "summer"],
    });
    let (status, quote) = read(buyer.user.send(Method::POST, "/api/v1/quote", &ask).await).await;
    assert_eq!(status, 200);
    assert_eq!(
        quote["rejected_codes"],
        json!([{"code": "summer", "reason": "unknown"}])
    );
    let totals = json!({
        "items": 3_998, "discount": 400, "shipping": 0, "tax": 0, "total": 3_598, "currency": "USD",
    });
    assert_eq!(quote["totals"], totals);
    assert_eq!(
        (
            &quote["lines"][0]["discount"],
            &quote["lines"][0]["available"]
        ),
        (&json!(400), &json!(true))
    );

    let order = |codes: Value| {
        json!({
            "items": [{"sku_id": counter.sku, "num": 2}], "address_id": buyer.address,
            "codes": codes, "expected_total": 3_598,
        })
    };
    let refused = buyer
        .post("/api/v1/order", "k1", &order(json!(["spring", "summer"])))
        .await;
    let (status, problem) = read(refused).await;
    assert_eq!(
        (status, &problem["code"]),
        (409, &json!("promotion_rejected"))
    );
    assert_eq!(
        problem["codes"],
        json!([{"code": "summer", "reason": "unknown"}])
    );
    assert_eq!(counter.units_left().await, 10);

    let placed = buyer
        .post("/api/v1/order", "k1", &order(json!(["spring"])))
        .await;
    let (status, placed) = read(placed).await;
    assert_eq!(
        (status, &placed["total"], &placed["totals"]),
        (201, &json!(3_598), &totals)
    );
    let applied = json!([{"id": made["id"], "name": "Spring", "code": "SPRING", "discount": 400}]);
    assert_eq!(placed["promotions"], applied);
    assert_eq!(placed["lines"][0]["discount"], 400);
    let pay = json!({"order_id": placed["id"], "key": PIN});
    let (status, receipt) = read(buyer.post("/api/v1/paydown", "k2", &pay).await).await;
    assert_eq!(
        (status, receipt["balance"].as_i64()),
        (200, Some(10_000 - 3_598))
    );

    let one = format!("{PROMOTIONS}/{}", made["id"]);
    let (_, now) = read(admin.send(Method::GET, &one, &Value::Null).await).await;
    assert_eq!(now["used"], 1);
    let raise = json!({"usage_limit": 5, "per_user_limit": null});
    let (status, now) = read(admin.send(Method::PUT, &one, &raise).await).await;
    assert_eq!(
        (status, now["usage_limit"].as_i64(), &now["value"]),
        (200, Some(5), &json!(1_000))
    );
    let (_, list) = read(admin.send(Method::GET, PROMOTIONS, &Value::Null).await).await;
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        admin
            .send(Method::DELETE, &one, &Value::Null)
            .await
            .status(),
        204
    );
    let (_, now) = read(admin.send(Method::GET, &one, &Value::Null).await).await;
    assert_eq!(now["enabled"], false);
    let (_, log) = read(
        admin
            .send(Method::GET, "/api/v1/admin/audit_log", &Value::Null)
            .await,
    )
    .await;
    let actions: Vec<_> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["action"])
        .collect();
    for action in ["promotion.create", "promotion.update", "promotion.delete"] {
        assert!(actions.contains(&&json!(action)), "{action}");
    }
}
