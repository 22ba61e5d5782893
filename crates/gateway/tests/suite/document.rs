//! The OpenAPI document says what there is, and who may.

use actix_web::http::{Method, header};
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use stampede_gateway::routes;

use crate::fakes::{Answer, ask, services};
use crate::server::TestShop;

/// One operation of the document.
struct Operation {
    method: Method,
    path: String,
    signed_in: bool,
    admin: bool,
    body: bool,
}

/// Every operation; ids are those of things that exist nowhere.
fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(routes::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let mut all = Vec::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            let tags = operation["tags"].to_string();
            all.push(Operation {
                method: method.to_uppercase().parse().unwrap(),
                path: with_ids(path, operation),
                signed_in: operation["security"].is_array(),
                admin: tags.contains("\"admin"),
                body: operation["requestBody"].is_object(),
            });
        }
    }
    all
}

fn with_ids(path: &str, operation: &Value) -> String {
    let parts = path.split('/').map(|part| {
        let name = part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'));
        name.map_or(part, |name| absent(operation, name))
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The id of nothing, of the kind that the parameter `name` is.
fn absent(operation: &Value, name: &str) -> &'static str {
    let parameters = operation["parameters"].as_array().unwrap();
    let parameter = parameters.iter().find(|one| one["name"] == name).unwrap();
    match parameter["schema"]["format"].as_str() {
        Some("uuid") => "0199a1b2-0000-7000-8000-000000000000",
        _ => "999999",
    }
}

async fn ask_each(operations: &[Operation], authorization: Option<&str>) -> Vec<Answer> {
    let requests = operations.iter().map(|operation| {
        let request = TestRequest::with_uri(&operation.path).method(operation.method.clone());
        match authorization {
            Some(value) => request.insert_header((header::AUTHORIZATION, value)),
            None => request,
        }
    });
    ask(services(), &[], requests.collect()).await
}

#[actix_web::test]
async fn every_protected_route_refuses_what_is_no_token() {
    let mut protected = operations();
    protected.retain(|operation| operation.signed_in);
    assert!(protected.len() > 15);

    for authorization in [
        None,
        Some(""),
        Some("Bearer"),
        Some("Bearer "),
        Some("Bearer x"),
        Some("Basic YWxpY2U6cGFzc3dvcmQ="),
        Some("Bearer customer extra"),
    ] {
        for (operation, answer) in protected
            .iter()
            .zip(ask_each(&protected, authorization).await)
        {
            let what = format!("{} {} {authorization:?}", operation.method, operation.path);
            assert_eq!(answer.status, 401, "{what}");
            assert_eq!(answer.header("www-authenticate"), "Bearer", "{what}");
            assert_eq!(answer.code(), "unauthenticated", "{what}");
        }
    }
}

#[actix_web::test]
async fn nobody_is_let_in_while_revocations_cannot_be_read() {
    let mut protected = operations();
    protected.retain(|operation| operation.signed_in);

    for answer in ask_each(&protected, Some("Bearer blind")).await {
        assert_eq!(answer.status, 503);
        assert_eq!(answer.code(), "auth_unavailable");
        assert!(!answer.header("retry-after").is_empty());
    }
}

#[actix_web::test]
async fn admin_routes_are_for_admins_alone() {
    let all = operations();

    for (operation, answer) in all
        .iter()
        .zip(ask_each(&all, Some("Bearer customer")).await)
    {
        let what = format!("{} {}", operation.method, operation.path);
        assert_eq!(answer.status == 403, operation.admin, "{what}");
    }
    for (operation, answer) in all.iter().zip(ask_each(&all, Some("Bearer admin")).await) {
        let what = format!("{} {}", operation.method, operation.path);
        assert!(answer.status != 403 && answer.status != 401, "{what}");
    }
}

#[actix_web::test]
async fn every_route_of_the_document_is_served_and_only_with_its_methods() {
    let all = operations();
    let served = |answer: &Answer| answer.status != 405 && answer.code() != "not_found";

    for (operation, answer) in all.iter().zip(ask_each(&all, Some("Bearer admin")).await) {
        let known_absent = operation.path.starts_with("/docs/");
        let what = format!("{} {}", operation.method, operation.path);
        assert!(served(&answer) || known_absent, "{what}");
    }
    for path in ["/api/v1/ping", "/api/v1/user/login", "/api/v1/address/7"] {
        let patch = TestRequest::with_uri(path).method(Method::PATCH);
        let answer = ask(services(), &[], vec![patch]).await.remove(0);
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (405, "method_not_allowed".into())
        );
        assert!(!answer.header("allow").is_empty());
    }
}

#[test]
fn every_refusal_in_the_document_is_a_problem() {
    let document = serde_json::to_value(routes::document()).unwrap();

    assert_eq!(document["openapi"], "3.1.0");
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for (status, answer) in operation["responses"].as_object().unwrap() {
                let schema = &answer["content"]["application/problem+json"]["schema"]["$ref"];
                let refused = status.as_str() >= "400";
                let what = format!("{method} {path} {status}");
                assert_eq!(schema == "#/components/schemas/Problem", refused, "{what}");
            }
            let what = format!("{method} {path}");
            assert!(operation["responses"]["503"].is_object(), "{what}");
            assert!(operation["tags"].is_array(), "{what}");
            assert!(operation["summary"].is_string(), "{what}");
        }
    }
}

#[test]
fn a_query_parameter_that_may_be_absent_may_be_empty() {
    let document = serde_json::to_value(routes::document()).unwrap();
    let may_be_empty = |path: &str, name: &str| {
        let parameters = document["paths"][path]["get"]["parameters"].as_array();
        let named = |parameter: &&Value| parameter["name"] == name;
        let parameter = parameters.unwrap().iter().find(named).unwrap();
        parameter["allowEmptyValue"] == true
    };

    assert!(may_be_empty("/api/v1/products", "min_price"));
    assert!(may_be_empty("/api/v1/orders", "cursor"));
    assert!(!may_be_empty("/api/v1/products/suggest", "q"));
    assert!(!may_be_empty("/api/v1/product/{id}", "id"));
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref") {
                    found.push(reference.clone());
                }
                members.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = serde_json::to_value(routes::document()).unwrap();
    let mut found = Vec::new();
    references(&document, &mut found);

    assert!(found.len() > 50);
    for reference in found {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

/// On a real shop, as an admin, with bodies of the wrong shape: whatever comes
/// back, it is an answer that somebody thought of.
#[actix_web::test]
async fn nonsense_never_breaks_a_route() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;

    for operation in operations() {
        let mut request = admin.request(
            operation.method.clone().as_str().parse().unwrap(),
            &operation.path,
        );
        if operation.body {
            request = request.json(&json!({"nonsense": [1, null, {"deep": true}]}));
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let what = format!("{} {} → {status}", operation.method, operation.path);
        assert!(status < 500 && status != 405 && status != 401, "{what}");
        if operation.body {
            assert!((400..500).contains(&status), "{what}");
        }
        if status >= 400 {
            assert_eq!(
                answer.headers()["content-type"],
                "application/problem+json",
                "{what}"
            );
        }
    }
}

#[actix_web::test]
async fn head_says_what_get_says_without_the_body() {
    let shop = TestShop::open().await;
    for path in ["/api/v1/ping", "/docs", "/", "/healthz"] {
        let answer = shop
            .request(reqwest::Method::HEAD, path)
            .send()
            .await
            .unwrap();

        assert_eq!(answer.status(), 200, "{path}");
        assert!(answer.headers().contains_key("content-type"), "{path}");
        assert!(answer.bytes().await.unwrap().is_empty(), "{path}");
    }
}
