//! What is refused before any service is asked.

use std::sync::Arc;

use actix_web::http::{Method, header};
use actix_web::test::TestRequest;
use async_trait::async_trait;
use secrecy::SecretString;
use stampede_http::services::Services;
use stampede_kernel::{ImageId, Page, UserId};
use stampede_persistence::ChangeBus;
use stampede_user::{
    AccountError, AccountService, AdminAction, ChangePin, NewAccount, PasswordChange, User,
    UserFilter,
};

use crate::fake_products::FakeProducts;
use crate::fakes::{Answer, ask, ask_one, services};

fn log_in(body: impl Into<actix_web::web::Bytes>) -> TestRequest {
    TestRequest::post()
        .uri("/api/v1/user/login")
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .set_payload(body)
}

#[actix_web::test]
async fn a_refusal_is_a_problem_with_the_request_id() {
    let request = log_in(r#"{"user_name":"alice","password":"x","boss_id":1}"#)
        .insert_header(("x-request-id", "trace-1"));
    let answer = ask_one(request).await;

    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("x-request-id"), "trace-1");
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "code": "unknown_field",
      "detail": "`boss_id` is not known here",
      "errors": [
        {
          "code": "unknown_field",
          "detail": "`boss_id` is not known here",
          "field": "boss_id"
        }
      ],
      "request_id": "trace-1",
      "status": 422,
      "title": "A field is not known here",
      "type": "urn:stampede:problem:unknown_field"
    }
    "#);
}

#[actix_web::test]
async fn a_request_id_that_could_forge_a_line_of_the_log_is_replaced() {
    for forged in ["a b", "\"}{", &"x".repeat(65), ""] {
        let request = TestRequest::with_uri("/api/v1/ping").insert_header(("x-request-id", forged));
        let answer = ask_one(request).await;

        assert_ne!(answer.header("x-request-id"), forged);
        assert_eq!(answer.header("x-request-id").len(), 36);
    }
}

#[actix_web::test]
async fn what_is_not_the_json_asked_for_is_refused_by_its_kind() {
    let big = format!(r#"{{"user_name":"{}"}}"#, "x".repeat(3_000_000));
    let deep = "[".repeat(10_000);
    let long = format!("[{}0]", "0,".repeat(30_000));
    for (body, status, code) in [
        ("", 400, "malformed_json"),
        ("{", 400, "malformed_json"),
        (deep.as_str(), 400, "malformed_json"),
        ("{} {}", 400, "malformed_json"),
        ("\u{feff}{}", 422, "invalid_field"),
        (long.as_str(), 422, "invalid_field"),
        (big.as_str(), 413, "payload_too_large"),
        (r#"{"user_name":1,"password":"x"}"#, 422, "invalid_field"),
        (r#"{"user_name":"a"}"#, 422, "invalid_field"),
        (
            r#"{"user_name":"a","user_name":"b","password":"x"}"#,
            422,
            "invalid_field",
        ),
        (
            r#"{"user_name":"\u0000","password":"x"}"#,
            422,
            "invalid_field",
        ),
    ] {
        let answer = ask_one(log_in(body.to_owned())).await;
        let shown: String = body.chars().take(40).collect();
        assert_eq!(
            (answer.status.as_u16(), answer.code().as_str()),
            (status, code),
            "{shown}"
        );
    }
    let not_utf8 = ask_one(log_in(&b"{\"user_name\":\"\xff\"}"[..])).await;
    assert_eq!(not_utf8.code(), "malformed_json");
}

#[actix_web::test]
async fn an_answer_repeats_nothing_that_was_sent() {
    for body in [
        r#"{"user_name":"a","password":81726354}"#,
        r#"{"user_name":{"81726354 ":1},"password":"x"}"#,
        r#"{"81726354 \n":"a"}"#,
        r#""81726354""#,
        r"[81726354]",
        r#"{"user_name":"81726354"#,
        r#"{"user_name":"a","password":"x","81726354`\"<script>":1}"#,
    ] {
        let answer = ask_one(log_in(body)).await;
        assert!(answer.status.is_client_error(), "{body}");
        assert!(!answer.text.contains("81726354"), "{body}: {}", answer.text);
        assert!(!answer.text.contains("LogIn"), "{body}: {}", answer.text);
        assert!(!answer.text.contains("struct"), "{body}: {}", answer.text);
    }
    for uri in [
        "/api/v1/products?page_size=81726354",
        "/api/v1/products?sort=81726354",
        "/api/v1/products?lang=81726354",
        "/api/v1/carousels?lang=81726354",
        "/api/v1/product/81726354x",
        "/81726354",
    ] {
        let shelf = FakeProducts::new().services(&ChangeBus::default());
        let answer = ask(shelf, &[], vec![TestRequest::with_uri(uri)]).await;
        assert!(answer[0].status.is_client_error(), "{uri}");
        assert!(
            !answer[0].text.contains("81726354"),
            "{uri}: {}",
            answer[0].text
        );
    }
}

#[actix_web::test]
async fn only_json_in_utf_8_is_taken() {
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
        "application/merge-patch+json",
        "nonsense",
    ] {
        let request = log_in("{}").insert_header((header::CONTENT_TYPE, kind));
        let answer = ask_one(request).await;
        assert_eq!(answer.code(), "unsupported_media_type", "{kind}");
    }
    let plain = log_in("{}").insert_header((header::CONTENT_ENCODING, "identity"));
    assert_eq!(ask_one(plain).await.status, 422);
    let squeezed = log_in("{}").insert_header((header::CONTENT_ENCODING, "gzip"));
    assert_eq!(ask_one(squeezed).await.status, 415);
    let utf8 =
        log_in("{}").insert_header((header::CONTENT_TYPE, "application/json; charset=UTF-8"));
    assert_eq!(ask_one(utf8).await.status, 422);
}

#[actix_web::test]
async fn an_id_that_is_not_a_positive_integer_names_nothing() {
    for id in [
        "abc",
        "-1",
        "0",
        "07",
        "1.5",
        "99999999999999999999",
        "..%2f..%2fetc",
    ] {
        let request = TestRequest::with_uri(&format!("/api/v1/address/{id}"))
            .insert_header((header::AUTHORIZATION, "Bearer customer"));
        let answer = ask_one(request).await;
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (404, "not_found".into()),
            "{id}"
        );
    }
}

#[actix_web::test]
async fn other_sites_are_told_nothing_unless_they_are_on_the_list() {
    let shop = [("STAMPEDE__SERVER__CORS", "https://shop.example")];
    let from = |origin: &str, method: Method| {
        TestRequest::with_uri("/api/v1/ping")
            .method(method)
            .insert_header((header::ORIGIN, origin))
            .insert_header((header::ACCESS_CONTROL_REQUEST_METHOD, "GET"))
    };
    let allowed = |answer: &Answer| answer.header("access-control-allow-origin").to_owned();

    for origin in [
        "https://evil.example",
        "null",
        "https://shop.example.evil",
        "http://shop.example",
    ] {
        for method in [Method::GET, Method::OPTIONS] {
            for environment in [&[][..], &shop[..]] {
                let request = vec![from(origin, method.clone())];
                let answer = ask(services(), environment, request).await.remove(0);
                assert_eq!(allowed(&answer), "", "{origin} {method}");
            }
        }
    }
    for method in [Method::GET, Method::OPTIONS] {
        let request = vec![from("https://shop.example", method)];
        let answer = ask(services(), &shop, request).await.remove(0);
        assert_eq!(allowed(&answer), "https://shop.example");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
}

#[actix_web::test]
async fn every_answer_keeps_browsers_in_check() {
    for path in ["/api/v1/ping", "/nowhere", "/docs"] {
        let answer = ask_one(TestRequest::with_uri(path)).await;

        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(
            answer
                .header("content-security-policy")
                .contains("default-src 'none'"),
            "{path}"
        );
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
}

#[actix_web::test]
async fn the_reference_loads_nothing_from_other_sites() {
    let page = ask_one(TestRequest::with_uri("/docs")).await;
    let script = ask_one(TestRequest::with_uri("/docs/swagger-initializer.js")).await;

    assert_eq!(page.status, 200);
    assert!(page.text.contains("/docs/swagger-ui-bundle.js"));
    assert!(!page.text.contains("http://") && !page.text.contains("https://"));
    assert!(script.text.contains("/api/v1/openapi.json"));
    assert_eq!(
        ask_one(TestRequest::with_uri("/docs/nothing.js"))
            .await
            .status,
        404
    );
}

#[actix_web::test]
async fn the_reference_and_the_document_are_kept_ready_with_their_tags() {
    for path in [
        "/docs",
        "/docs/swagger-ui-bundle.js",
        "/api/v1/openapi.json",
    ] {
        let plain = ask_one(TestRequest::with_uri(path)).await;
        let packed =
            TestRequest::with_uri(path).insert_header(("accept-encoding", "deflate, gzip"));
        let packed = ask_one(packed).await;
        let deflated = TestRequest::with_uri(path).insert_header(("accept-encoding", "deflate"));
        let deflated = ask_one(deflated).await;
        let etag = plain.header("etag").to_owned();
        let known = TestRequest::with_uri(path).insert_header(("if-none-match", etag.clone()));
        let known = ask_one(known).await;

        assert_eq!(plain.status, 200, "{path}");
        assert!(
            etag.starts_with("W/\"") && !plain.header("cache-control").is_empty(),
            "{path}"
        );
        assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
        assert!(packed.header("vary").contains("Accept-Encoding"), "{path}");
        assert_eq!(deflated.header("content-encoding"), "", "{path}");
        assert_eq!(
            (known.status.as_u16(), known.text.len()),
            (304, 0),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn a_language_that_is_none_is_refused_on_every_route() {
    for (method, path) in [
        (Method::POST, "/api/v1/user/login?lang=klingon"),
        (Method::GET, "/api/v1/products?lang=klingon"),
        (Method::GET, "/api/v1/carousels?lang=klingon"),
    ] {
        let body = r#"{"user_name":"a","password":"b"}"#;
        let shelf = FakeProducts::new().services(&ChangeBus::default());
        let request = vec![as_customer(method, path, body)];
        let answer = ask(shelf, &[], request).await.remove(0);
        assert_eq!(answer.status, 422, "{path}: {}", answer.text);
        assert_eq!(answer.json()["errors"][0]["field"], "lang", "{path}");
    }
}

/// Fails at whatever it is asked.
struct Falling;

#[async_trait]
impl AccountService for Falling {
    async fn register(&self, _: NewAccount) -> Result<User, AccountError> {
        panic!("secret words")
    }

    async fn create_admin(&self, _: &str, _: SecretString) -> Result<User, AccountError> {
        panic!("secret words")
    }

    async fn user(&self, _: UserId) -> Result<User, AccountError> {
        panic!("secret words")
    }

    async fn rename(&self, _: UserId, _: &str) -> Result<User, AccountError> {
        let failed = sea_orm::DbErr::Custom("table user at /var/lib/secret".to_owned());
        Err(AccountError::Database(failed))
    }

    async fn set_avatar(&self, _: UserId, _: ImageId) -> Result<User, AccountError> {
        panic!("secret words")
    }

    async fn change_password(&self, _: PasswordChange) -> Result<(), AccountError> {
        Err(AccountError::TooManyFailures(
            std::time::Duration::from_millis(61_001),
        ))
    }

    async fn change_pin(&self, _: ChangePin) -> Result<(), AccountError> {
        Err(AccountError::Busy)
    }

    async fn users(&self, _: UserFilter) -> Result<Page<User>, AccountError> {
        panic!("secret words")
    }

    async fn administer(&self, _: UserId, _: UserId, _: AdminAction) -> Result<User, AccountError> {
        Err(AccountError::LastAdmin)
    }
}

fn falling() -> Services {
    services().with::<dyn AccountService>(Arc::new(Falling))
}

fn as_customer(method: Method, path: &str, body: &'static str) -> TestRequest {
    TestRequest::with_uri(path)
        .method(method)
        .insert_header((header::AUTHORIZATION, "customer"))
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .set_payload(body)
}

#[actix_web::test]
async fn a_failure_inside_is_a_500_that_says_nothing_and_the_next_request_is_answered() {
    let answers = ask(
        falling(),
        &[],
        vec![
            as_customer(Method::GET, "/api/v1/user", ""),
            as_customer(Method::PUT, "/api/v1/user", r#"{"nick_name":"x"}"#),
            TestRequest::with_uri("/api/v1/ping"),
        ],
    )
    .await;

    for answer in &answers[..2] {
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (500, "internal".into())
        );
        assert!(!answer.text.contains("secret"), "{}", answer.text);
        assert_eq!(answer.json()["request_id"].as_str().unwrap().len(), 36);
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'"
        );
    }
    assert_eq!(answers[2].status, 200);
}

#[actix_web::test]
async fn who_must_wait_is_told_how_long() {
    let answers = ask(
        falling(),
        &[],
        vec![
            as_customer(
                Method::PUT,
                "/api/v1/user/password",
                r#"{"old":"a","new":"b"}"#,
            ),
            as_customer(
                Method::PUT,
                "/api/v1/money/key",
                r#"{"password":"a","key":"b"}"#,
            ),
        ],
    )
    .await;

    assert_eq!(
        (answers[0].status.as_u16(), answers[0].header("retry-after")),
        (429, "62")
    );
    assert_eq!(
        (answers[1].status.as_u16(), answers[1].header("retry-after")),
        (503, "1")
    );
}
