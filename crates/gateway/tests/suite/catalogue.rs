//! What the catalogue refuses before a service is asked.

use actix_web::http::{Method, header};
use actix_web::test::TestRequest;
use serde_json::json;
use stampede_persistence::ChangeBus;

use crate::fake_products::FakeProducts;
use crate::fakes::{Answer, ask};

async fn ask_all(requests: Vec<TestRequest>) -> Vec<Answer> {
    let shelf = FakeProducts::new();
    ask(shelf.services(&ChangeBus::default()), &[], requests).await
}

fn signed(method: Method, uri: &str, token: &str) -> TestRequest {
    let request = TestRequest::with_uri(uri).method(method);
    request.insert_header((header::AUTHORIZATION, format!("Bearer {token}")))
}

#[actix_web::test]
async fn an_id_that_is_no_positive_integer_names_nothing() {
    for uri in [
        "/api/v1/product/abc",
        "/api/v1/product/0",
        "/api/v1/product/-1",
        "/api/v1/product/99999999999999999999",
        "/api/v1/product/2",
        "/api/v1/imgs/-1",
        "/api/v1/imgs/..%2f..%2fconf",
        "/api/v1/product/1'%20OR%20'1'='1",
    ] {
        let answer = ask_all(vec![TestRequest::with_uri(uri)]).await.remove(0);
        assert_eq!(
            (answer.status.as_u16(), answer.code().as_str()),
            (404, "not_found"),
            "{uri}"
        );
    }
}

#[actix_web::test]
async fn a_list_is_asked_for_by_the_rules_or_refused_with_the_field() {
    for (query, field, code) in [
        ("page_size=1000000", "page_size", "out_of_range"),
        ("page_size=-1", "page_size", "out_of_range"),
        ("page_size=1&page_size=100", "page_size", "duplicate_field"),
        ("page_num=1000000000", "page_num", "out_of_range"),
        ("sort=price%3B--", "sort", "unknown_value"),
        ("sort=relevance", "sort", "needs_q"),
        ("q=a%00b", "q", "characters"),
        ("min_price=1.5", "min_price", "wrong_type"),
    ] {
        let uri = format!("/api/v1/products?{query}");
        let answer = ask_all(vec![TestRequest::with_uri(&uri)]).await.remove(0);
        assert_eq!(answer.status, 422, "{query}");
        let first = &answer.json()["errors"][0];
        assert_eq!(
            (&first["field"], &first["code"]),
            (&json!(field), &json!(code)),
            "{query}"
        );
    }
    for literal in ["%27%20OR%201%3D1--", "%25", "_", "%5C"] {
        let uri = format!("/api/v1/products?q={literal}");
        let answer = ask_all(vec![TestRequest::with_uri(&uri)]).await.remove(0);
        assert_eq!(answer.status, 200, "{literal}");
    }
}

#[actix_web::test]
async fn the_search_in_a_body_is_for_those_who_are_signed_in() {
    let search = |token: &str, body| signed(Method::POST, "/api/v1/products", token).set_json(body);
    let answers = ask_all(vec![
        search("nobody", json!({"info": "tea"})),
        search("customer", json!({"info": "tea", "page_size": 0})),
        search("customer", json!({"info": "tea", "price": 1})),
        search("customer", json!({"info": "tea", "page_num": 1})),
    ])
    .await;

    let statuses: Vec<_> = answers
        .iter()
        .map(|answer| answer.status.as_u16())
        .collect();
    assert_eq!(statuses, [401, 422, 422, 200]);
    assert_eq!(answers[3].header("cache-control"), "no-store");
    assert_eq!(answers[3].json()["total"], 1);
}

#[actix_web::test]
async fn a_customer_changes_nothing() {
    for (method, uri) in [
        (Method::POST, "/api/v1/product"),
        (Method::PUT, "/api/v1/product/1"),
        (Method::DELETE, "/api/v1/product/1"),
        (Method::POST, "/api/v1/product/1/images"),
        (Method::PUT, "/api/v1/product/1/images"),
        (Method::DELETE, "/api/v1/product/1/images/1"),
        (Method::POST, "/api/v1/sku/11/stock"),
        (Method::POST, "/api/v1/categories"),
        (Method::PUT, "/api/v1/categories/1"),
        (Method::DELETE, "/api/v1/categories/1"),
        (Method::POST, "/api/v1/carousels"),
        (Method::PUT, "/api/v1/carousels/1"),
        (Method::DELETE, "/api/v1/carousels/1"),
    ] {
        let answers = ask_all(vec![
            signed(method.clone(), uri, "customer"),
            TestRequest::with_uri(uri).method(method.clone()),
        ])
        .await;
        assert_eq!(answers[0].status, 403, "{method} {uri}");
        assert_eq!(answers[1].status, 401, "{method} {uri}");
    }
}

#[actix_web::test]
async fn a_change_of_a_product_knows_its_fields() {
    let change = |body| signed(Method::PUT, "/api/v1/product/1", "admin").set_json(body);
    for (body, field) in [
        (json!({"num": 5}), "num"),
        (json!({"boss_id": 1}), "boss_id"),
        (json!({"price": 1.5}), "price"),
        (json!({"price": 9_223_372_036_854_775_807_u64}), "price"),
        (json!({"skus": [{"id": 11, "price": "1"}]}), "skus[0].price"),
        (
            json!({"translations": {"zh-CN": {"name": "茶"}}}),
            "translations.zh-CN",
        ),
    ] {
        let answer = ask_all(vec![change(body.clone())]).await.remove(0);
        assert_eq!(answer.status, 422, "{body}");
        assert_eq!(answer.json()["errors"][0]["field"], field, "{body}");
    }
}
