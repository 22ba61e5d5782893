//! Public pages are answered from memory, and never after they have changed.

use std::sync::atomic::Ordering;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use stampede_kernel::Money;
use stampede_persistence::{Change, ChangeBus, Topic};

use crate::fake_products::FakeProducts;
use crate::fakes::ask;
use crate::server::TestShop;

const TEA: &str = "/api/v1/product/1";

fn get(uri: &str) -> TestRequest {
    TestRequest::with_uri(uri)
}

fn as_admin(uri: &str) -> TestRequest {
    get(uri).insert_header(("authorization", "Bearer admin"))
}

#[actix_web::test]
async fn a_page_is_loaded_once_and_every_look_counts() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());

    let requests = (0..3).map(|_| get(TEA)).collect();
    let answers = ask(services, &[], requests).await;

    assert_eq!(shelf.loads(), 1);
    assert_eq!(shelf.views.load(Ordering::SeqCst), 3);
    assert_eq!(answers[0].text, answers[2].text);
    assert_eq!(answers[2].header("cache-control"), "public, max-age=1");
    assert_eq!(answers[2].header("content-language"), "en");
    assert_eq!(answers[2].header("x-content-type-options"), "nosniff");
    assert!(answers[2].header("vary").contains("Accept-Language"));
    assert_eq!(answers[0].header("etag"), answers[2].header("etag"));
    assert!(!answers[2].header("x-request-id").is_empty());
    assert!(answers[0].json()["translations"].is_null());
}

#[actix_web::test]
async fn a_change_is_in_the_next_answer_and_a_look_changes_no_tag() {
    let news = ChangeBus::default();
    let shelf = FakeProducts::new();
    let services = shelf.services(&news);
    let ask = |uri: &str| ask(services.clone(), &[], vec![get(uri)]);

    let first = ask(TEA).await.remove(0);
    let list = ask("/api/v1/products").await.remove(0);
    shelf.tea.lock().unwrap().view += 1;
    news.publish(&Change::Row(Topic::Product, 1));
    let looked_at = ask(TEA).await.remove(0);
    shelf.tea.lock().unwrap().skus[0].price = Money::new(2_999).unwrap();
    news.publish(&Change::Row(Topic::Product, 1));
    let dearer = ask(TEA).await.remove(0);
    let dearer_list = ask("/api/v1/products").await.remove(0);

    assert_eq!(looked_at.json()["view"], 42);
    assert_eq!(looked_at.header("etag"), first.header("etag"));
    assert_eq!(dearer.json()["price"], 2_999);
    assert_ne!(dearer.header("etag"), first.header("etag"));
    assert_eq!(list.json()["items"][0]["price"], 1_999);
    assert_eq!(dearer_list.json()["items"][0]["price"], 2_999);
}

#[actix_web::test]
async fn who_has_the_page_is_not_sent_it_again() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());
    let first = ask(services.clone(), &[], vec![get(TEA)]).await.remove(0);

    let etag = first.header("etag").to_owned();
    let again = |tags: String| get(TEA).insert_header(("if-none-match", tags));
    let requests = vec![again(etag.clone()), again("\"other\"".to_owned())];
    let answers = ask(services, &[], requests).await;

    assert_eq!(answers[0].status, 304);
    assert_eq!(answers[0].text, "");
    assert_eq!(answers[0].header("etag"), etag);
    assert_eq!(answers[1].status, 200);
}

#[actix_web::test]
async fn a_compressed_page_says_so_and_so_does_its_sender() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());

    let packed = || get(TEA).insert_header(("accept-encoding", "gzip"));
    let answers = ask(services, &[], vec![packed(), packed(), get(TEA)]).await;

    assert_eq!(answers[0].header("content-encoding"), "gzip");
    assert_eq!(answers[1].header("content-encoding"), "gzip");
    assert_eq!(answers[2].header("content-encoding"), "");
    assert!(answers[2].text.len() > 2_000);
}

#[actix_web::test]
async fn the_page_speaks_what_the_reader_prefers_or_the_shops_language() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());
    let speaking = |accept: &str| get(TEA).insert_header(("accept-language", accept.to_owned()));

    let requests = vec![
        speaking("fr, zh-CN;q=0.8, en;q=0.5"),
        speaking("fr, ja;q=0.9"),
        get("/api/v1/product/1?lang=zh"),
        get("/api/v1/product/1?lang=klingon"),
    ];
    let answers = ask(services, &[], requests).await;

    assert_eq!(answers[0].json()["name"], "绿茶");
    assert_eq!(answers[0].json()["title"], "First flush");
    assert_eq!(answers[0].header("content-language"), "zh");
    assert_eq!(answers[1].json()["name"], "Green tea");
    assert_eq!(answers[1].header("content-language"), "en");
    assert_eq!(answers[2].json()["name"], "绿茶");
    assert_eq!(answers[3].status, 422);
}

#[actix_web::test]
async fn an_admin_sees_translations_and_what_is_off_sale_and_shares_it_with_nobody() {
    let shelf = FakeProducts::new();
    shelf.tea.lock().unwrap().on_sale = false;
    let services = shelf.services(&ChangeBus::default());

    let customer = || get(TEA).insert_header(("authorization", "Bearer customer"));
    let requests = vec![as_admin(TEA), get(TEA), customer(), as_admin(TEA)];
    let answers = ask(services, &[], requests).await;

    assert_eq!(answers[0].json()["translations"]["zh"]["name"], "绿茶");
    assert_eq!(answers[0].header("cache-control"), "no-store");
    assert_eq!(answers[1].status, 404);
    assert_eq!(answers[2].status, 404);
    assert_eq!(answers[3].status, 200);
}

#[actix_web::test]
async fn what_a_client_makes_up_finds_the_same_page() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());

    let requests = vec![
        get("/api/v1/products?q=tea"),
        get("/api/v1/products?utm=1&q=%74ea&page_num=1"),
        get("/api/v1/products?q=tea&cachebuster=77"),
    ];
    let answers = ask(services, &[], requests).await;

    assert_eq!(shelf.loads(), 1);
    assert!(answers.iter().all(|answer| answer.status == 200));
    assert_eq!(shelf.asked.lock().unwrap()[0].q.as_deref(), Some("tea"));
}

#[actix_web::test]
async fn the_limit_holds_for_pages_from_memory() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());
    let one_a_second = [("STAMPEDE__SERVER__RATE_PER_ADDRESS", "1")];

    let requests = (0..4).map(|_| get(TEA)).collect();
    let answers = ask(services, &one_a_second, requests).await;

    assert_eq!(answers[1].header("ratelimit-limit"), "2");
    assert_eq!(answers[1].header("ratelimit-remaining"), "0");
    assert_eq!(answers[3].status, 429);
}

#[actix_web::test]
async fn a_ready_page_has_every_header_of_one_that_was_just_made() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());
    let shop = [("STAMPEDE__SERVER__CORS", "https://shop.example")];

    let answers = ask(services, &shop, vec![get(TEA), get(TEA)]).await;

    assert_eq!(shelf.loads(), 1);
    let values = |answer: usize, name: &str| -> Vec<String> {
        let values = answers[answer].headers.get_all(name);
        values
            .flat_map(|value| value.to_str().unwrap().split(", "))
            .map(str::to_owned)
            .collect()
    };
    for name in [
        "x-content-type-options",
        "content-security-policy",
        "referrer-policy",
        "x-frame-options",
        "cache-control",
        "etag",
        "content-language",
    ] {
        assert_eq!(values(1, name), values(0, name), "{name}");
    }
    assert!(values(0, "vary").contains(&"Origin".to_owned()));
    assert!(values(1, "vary").contains(&"Origin".to_owned()));
}

#[actix_web::test]
async fn head_is_no_look_at_the_product() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());
    let head = || get(TEA).method(Method::HEAD);

    let answers = ask(services, &[], vec![head(), head(), get(TEA), head()]).await;

    assert!(answers.iter().all(|answer| answer.status == 200));
    assert_eq!(shelf.views.load(Ordering::SeqCst), 1);
}

#[actix_web::test]
async fn a_search_by_post_is_answered_in_full_whatever_the_client_has() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());
    let search = || {
        get("/api/v1/products")
            .method(Method::POST)
            .insert_header(("authorization", "Bearer customer"))
            .insert_header(("if-none-match", "*"))
            .set_json(serde_json::json!({"info": "tea"}))
    };

    for answer in ask(services, &[], vec![search(), search()]).await {
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json()["total"], 1);
    }
}

#[actix_web::test]
async fn languages_that_the_shop_has_not_make_no_pages_of_their_own() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());
    let letters = || (b'a'..=b'z').map(char::from);
    let invented = letters().flat_map(|a| letters().map(move |b| format!("{a}{b},xx;q=0.5")));
    let asking = |accept: String| get(TEA).insert_header(("accept-language", accept));

    let first = vec![asking("zh".to_owned()), get(TEA)];
    ask(services.clone(), &[], first).await;
    let loads = shelf.loads();
    let requests = invented.take(200).map(asking).collect();
    let answers = ask(services, &[], requests).await;

    assert!(answers.iter().all(|answer| answer.status == 200));
    assert_eq!(shelf.loads(), loads, "each was answered from memory");
}

#[actix_web::test]
async fn a_product_that_does_not_exist_is_asked_for_once() {
    let shelf = FakeProducts::new();
    let services = shelf.services(&ChangeBus::default());

    let requests = (0..5).map(|_| get("/api/v1/product/77")).collect();
    let answers = ask(services, &[], requests).await;

    assert!(answers.iter().all(|answer| answer.code() == "not_found"));
    assert_eq!(shelf.loads(), 1);
    let ids: Vec<_> = answers
        .iter()
        .map(|one| one.header("x-request-id"))
        .collect();
    assert_ne!(ids[0], ids[1]);
}

#[actix_web::test]
async fn ready_pages_are_measured_under_their_own_route() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port().to_string();
    drop(free);
    let shop = TestShop::with(&[("STAMPEDE__METRICS__PORT", port.as_str())]).await;
    let categories = || shop.request(reqwest::Method::GET, "/api/v1/categories");

    let first = categories().send().await.unwrap();
    let etag = first.headers()["etag"].clone();
    for _ in 0..2 {
        let again = categories().header("if-none-match", etag.clone());
        assert_eq!(again.send().await.unwrap().status(), 304);
    }

    let page = format!("http://127.0.0.1:{port}/metrics");
    let page = shop.client.get(page).send().await.unwrap();
    let page = page.text().await.unwrap();
    let counted = |name: &str, parts: &[&str]| {
        page.lines()
            .filter(|line| line.starts_with(name))
            .any(|line| parts.iter().all(|part| line.contains(part)))
    };
    let hit = [r#"route="/api/v1/categories""#, r#"cache="hit""#];
    let not_modified = [hit[0], hit[1], r#"status="304""#];
    assert!(
        counted("stampede_http_requests_total", &not_modified),
        "{page}"
    );
    assert!(counted("stampede_http_request_seconds", &hit), "{page}");
}
