//! Who asks too much waits, and nobody can pretend to be somebody else.

use actix_web::test::TestRequest;
use serde_json::json;

use crate::fakes::{ask, services};
use crate::server::TestShop;

#[actix_web::test]
async fn a_burst_of_twice_the_rate_passes_whatever_is_claimed_of_the_sender() {
    let requests = (0..5).map(|n| {
        TestRequest::with_uri("/api/v1/ping")
            .peer_addr("192.0.2.1:4711".parse().unwrap())
            .insert_header(("x-forwarded-for", format!("203.0.113.{n}")))
    });
    let environment = [("STAMPEDE__SERVER__RATE_PER_ADDRESS", "2")];

    let answers = ask(services(), &environment, requests.collect()).await;

    let statuses: Vec<_> = answers
        .iter()
        .map(|answer| answer.status.as_u16())
        .collect();
    assert_eq!(statuses, [200, 200, 200, 200, 429]);
    assert_eq!(answers[0].header("ratelimit-limit"), "4");
    assert_eq!(answers[0].header("ratelimit-remaining"), "3");
    assert_eq!(answers[4].code(), "rate_limited");
    assert_eq!(answers[4].header("retry-after"), "1");
    assert_eq!(answers[4].header("ratelimit-remaining"), "0");
}

#[actix_web::test]
async fn every_path_is_under_a_limit_and_no_spelling_leads_around_it() {
    let environment = [("STAMPEDE__SERVER__RATE_PER_ADDRESS", "1")];
    for (path, limit) in [
        ("/api/v1/ping", "2"),
        ("/%61pi/v1/ping", "2"),
        ("/api/v1/openapi.json", "2"),
        ("/docs", "20"),
        ("/media/nothing.jpg", "20"),
        ("/assets/nothing.js", "20"),
        ("/nowhere", "20"),
        ("/healthz", "20"),
        ("/readyz", "20"),
    ] {
        let request = vec![TestRequest::with_uri(path)];
        let answer = ask(services(), &environment, request).await.remove(0);
        assert_eq!(answer.header("ratelimit-limit"), limit, "{path}");
    }
}

#[actix_web::test]
async fn pictures_in_crowds_leave_the_probes_and_the_api_alone() {
    let environment = [("STAMPEDE__SERVER__RATE_PER_ADDRESS", "1")];
    let paths = [
        ["/media/a.jpg"; 10].as_slice(),
        &["/healthz", "/api/v1/ping"],
    ]
    .concat();
    let requests = paths.iter().map(|path| TestRequest::with_uri(path));

    let answers = ask(services(), &environment, requests.collect()).await;

    assert_eq!(answers[10].header("ratelimit-remaining"), "19");
    assert_eq!(answers[11].header("ratelimit-remaining"), "1");
}

#[actix_web::test]
async fn behind_a_trusted_proxy_each_client_has_its_own_bucket() {
    let requests = (0..5).map(|n| {
        TestRequest::with_uri("/api/v1/ping")
            .peer_addr("10.0.0.1:4711".parse().unwrap())
            .insert_header(("x-forwarded-for", format!("203.0.113.{n}")))
    });
    let environment = [
        ("STAMPEDE__SERVER__RATE_PER_ADDRESS", "2"),
        ("STAMPEDE__SERVER__TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
    ];

    for answer in ask(services(), &environment, requests.collect()).await {
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("ratelimit-remaining"), "3");
    }
}

#[actix_web::test]
async fn wrong_passwords_are_limited_even_where_requests_are_not() {
    let shop = TestShop::open().await;
    shop.customer("mallory").await;
    let wrong = json!({"user_name": "mallory", "password": "wrong horse 9"});

    let mut statuses = Vec::new();
    for n in 0..12 {
        let request = shop.request(reqwest::Method::POST, "/api/v1/user/login");
        let forged = request.header("x-forwarded-for", format!("203.0.113.{n}"));
        statuses.push(forged.json(&wrong).send().await.unwrap().status().as_u16());
    }

    assert_eq!(statuses[..10], [401; 10]);
    assert_eq!(statuses[10..], [429; 2]);
}
