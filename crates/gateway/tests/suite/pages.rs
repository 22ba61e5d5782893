//! Pages for people: what their heads say, what their scripts begin with, and that both are true.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use stampede_kernel::{Clock, SystemClock};

use crate::server::{TestShop, read};
use crate::shop_fixture::ShopFixture;

/// A page as it came.
pub(crate) struct PageAnswer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

impl PageAnswer {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// The contents of all elements that begin with `open`.
    pub(crate) fn all(&self, open: &str, close: &str) -> Vec<&str> {
        let parts = self.html.split(open).skip(1);
        parts
            .map(|part| part.split_once(close).unwrap().0)
            .collect()
    }

    pub(crate) fn one(&self, open: &str, close: &str) -> &str {
        let all = self.all(open, close);
        assert_eq!(all.len(), 1, "{open}");
        all[0]
    }

    fn title(&self) -> &str {
        self.one("<title>", "</title>")
    }

    fn first_data(&self) -> Value {
        let script = r#"<script type="application/json" id="first-data">"#;
        serde_json::from_str(self.one(script, "</script>")).unwrap()
    }

    /// The facts for search engines, by their type.
    fn facts(&self, kind: &str) -> Value {
        let script = r#"<script type="application/ld+json">"#;
        let facts = self.all(script, "</script>").into_iter();
        let mut facts = facts.map(|text| serde_json::from_str::<Value>(text).unwrap());
        facts.find(|facts| facts["@type"] == kind).unwrap()
    }

    fn language(&self) -> &str {
        self.one("<html lang=\"", "\"")
    }
}

pub(crate) async fn send(request: RequestBuilder) -> PageAnswer {
    let answer = request.send().await.unwrap();
    PageAnswer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        html: answer.text().await.unwrap(),
    }
}

pub(crate) async fn open(shop: &TestShop, path: &str) -> PageAnswer {
    let request = shop.request(Method::GET, path);
    send(request.header("accept", "text/html,*/*;q=0.8")).await
}

/// A sale of the fixture's tea that runs, or that begins in an hour.
async fn sale(counter: &ShopFixture, runs: bool) -> i64 {
    let now = SystemClock.now();
    let hour = Duration::from_hours(1);
    let starts_at = if runs {
        now.minus(Duration::from_secs(1))
    } else {
        now.plus(hour)
    };
    let ends_at = now.plus(hour * 2);
    let body = json!({
        "sku_id": counter.sku, "title": "Tea time", "price": 99, "stock_total": 2,
        "per_user_limit": 1, "starts_at": starts_at.to_rfc3339(), "ends_at": ends_at.to_rfc3339(),
    });
    let admin = counter.shop.admin().await;
    let made = admin
        .send(Method::POST, "/api/v1/admin/seckill", &body)
        .await;
    let (status, made) = read(made).await;
    assert_eq!(status, 201, "{made}");
    made["id"].as_i64().unwrap()
}

async fn change_product(counter: &ShopFixture, change: &Value) {
    let admin = counter.shop.admin().await;
    let path = format!("/api/v1/product/{}", counter.product);
    let changed = admin.send(Method::PUT, &path, change).await;
    assert_eq!(changed.status(), 200);
}

const ORDER: &str = "0199a1b2-0000-7000-8000-000000000000";

#[actix_web::test]
async fn every_address_that_people_bookmark_is_a_page() {
    let counter = ShopFixture::open().await;
    let sale = sale(&counter, true).await;
    let (_, categories) = read(
        counter
            .shop
            .request(Method::GET, "/api/v1/categories")
            .send()
            .await
            .unwrap(),
    )
    .await;
    let category = &categories["items"][0]["id"];
    let product = counter.product;

    for path in [
        "/".to_owned(),
        "/c".to_owned(),
        format!("/c/{category}"),
        format!("/p/{product}"),
        "/sales".to_owned(),
        format!("/sale/{sale}"),
    ] {
        let page = open(&counter.shop, &path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.html.contains("Tea"), "{path} shows goods");
        assert!(!page.html.contains("noindex"), "{path}");
        assert!(
            page.first_data()["/api/v1/categories"].is_object(),
            "{path}"
        );
        let policy = page.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' 'sha256-"),
            "{path}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(page.header("cache-control"), "no-cache", "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
    }
    for path in [
        "/cart",
        "/checkout",
        "/orders",
        &format!("/order/{ORDER}"),
        "/favorites",
        "/addresses",
        "/wallet",
        "/account",
        "/login?next=/cart",
        "/register",
        "/verify-email",
        "/reset-password",
        "/admin",
        "/admin/products",
        "/admin/products/new",
        "/admin/products/1",
        "/admin/categories",
        "/admin/carousel",
        "/admin/orders",
        &format!("/admin/orders/{ORDER}"),
        "/admin/sales",
        "/admin/sales/new",
        "/admin/sales/1",
        "/admin/sales/1/live",
        "/admin/promotions",
        "/admin/promotions/new",
        "/admin/promotions/1",
        "/admin/users",
        "/admin/users/1",
        "/admin/audit",
        "/admin/webhooks",
        "/admin/delivery",
    ] {
        let page = open(&counter.shop, path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(
            page.html
                .contains(r#"<meta name="robots" content="noindex">"#),
            "{path}"
        );
        assert_eq!(page.first_data(), json!({}), "{path}");
        assert!(
            page.title().contains(" – Stampede"),
            "{path}: {}",
            page.title()
        );
    }
    let found = open(&counter.shop, "/search?q=tea").await;
    assert_eq!(found.status, 200);
    assert!(found.html.contains("noindex") && found.html.contains("First flush"));
}

#[actix_web::test]
async fn a_page_begins_with_what_the_api_answers() {
    let counter = ShopFixture::open().await;
    let sale = sale(&counter, false).await;
    let product = counter.product;

    for path in [
        "/?lang=zh".to_owned(),
        "/c?sort=price&page_num=1".to_owned(),
        "/search?q=tea".to_owned(),
        format!("/p/{product}"),
        format!("/sale/{sale}"),
    ] {
        let page = open(&counter.shop, &path).await;
        let language = page.language();
        let first_data = page.first_data();
        let answers = first_data.as_object().unwrap();
        assert!(answers.len() >= 3, "{path}");
        for (address, shown) in answers {
            let request = counter.shop.request(Method::GET, address);
            let request = request.header("accept-language", language.to_owned());
            let body = request.send().await.unwrap().text().await.unwrap();
            // Sales tell the time, which goes on.
            if address.contains("seckill") {
                let mut answer: Value = serde_json::from_str(&body).unwrap();
                let mut shown = shown.clone();
                without_time(&mut answer);
                without_time(&mut shown);
                assert_eq!(shown, answer, "{path} {address}");
            } else {
                let body = body.replace('<', "\\u003c");
                assert!(page.html.contains(&body), "{path} {address}");
            }
        }
    }
    let refused = open(&counter.shop, "/c?sort=up").await;
    assert_eq!((refused.status, refused.first_data()), (422, json!({})));
    assert_eq!(refused.title(), "All goods – Stampede");
    let list = open(&counter.shop, "/c?sort=price&utm=x&page_num=1").await;
    let asked = "/api/v1/products?sort=price&page_size=24";
    assert_eq!(list.first_data()[asked]["total"], 1);
}

fn without_time(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("server_time");
            members.values_mut().for_each(without_time);
        }
        Value::Array(items) => items.iter_mut().for_each(without_time),
        _ => {}
    }
}

#[actix_web::test]
async fn what_does_not_exist_is_404_as_a_page_for_people_and_a_problem_for_programs() {
    let shop = TestShop::open().await;

    for path in [
        "/p/1",
        "/p/0",
        "/p/99999999999999999999",
        "/c/9",
        "/sale/9",
        "/sale/99999999999999999999",
        "/order/7",
        "/admin/users/x",
        "/nowhere",
        "/p/1/nowhere",
    ] {
        let page = open(&shop, path).await;
        assert_eq!(page.status, 404, "{path}");
        assert_eq!(
            page.header("content-type"),
            "text/html; charset=utf-8",
            "{path}"
        );
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert!(page.html.contains("noindex"), "{path}");
        assert!(page.html.contains("There is no such page"), "{path}");
    }
    for path in [
        "/api/v1/nowhere",
        "/%61pi/v1/nowhere",
        "/api",
        "/media/x.jpg",
        "/docs/x",
    ] {
        let refused = open(&shop, path).await;
        assert_eq!(refused.status, 404, "{path}");
        assert_eq!(
            refused.header("content-type"),
            "application/problem+json",
            "{path}"
        );
    }
    let program = shop.request(Method::GET, "/nowhere");
    let (status, problem) = read(program.send().await.unwrap()).await;
    assert_eq!((status, &problem["code"]), (404, &json!("not_found")));
    let posted = shop.request(Method::POST, "/nowhere");
    let posted = send(posted.header("accept", "text/html")).await;
    assert_eq!(posted.header("content-type"), "application/problem+json");
}

#[actix_web::test]
async fn no_text_of_a_product_becomes_markup() {
    let counter = ShopFixture::open().await;
    let evil = r#"</script><script>alert(1)</script><!-- "&' <img src=x onerror=alert(2)>"#;
    change_product(
        &counter,
        &json!({"name": evil, "title": evil, "info": evil}),
    )
    .await;

    for path in [
        format!("/p/{}", counter.product),
        "/".to_owned(),
        "/c".to_owned(),
    ] {
        let page = open(&counter.shop, &path).await;
        for markup in ["<script>alert", "<img src=x", "<!--"] {
            assert!(!page.html.contains(markup), "{path} {markup}");
        }
        let shown = page.first_data().to_string();
        assert!(shown.contains("</script><script>alert(1)"), "{path}");
    }
    let query = "/search?q=%3C/script%3E%3Cscript%3Ealert(1)&sort=%3Cb%3E";
    let page = open(&counter.shop, query).await;
    assert!(!page.html.contains("<script>alert") && !page.html.contains("<b>"));
    let page = open(&counter.shop, "/search?q=%3Cscript%3Ealert(1)").await;
    assert!(!page.html.contains("<script>alert"));
}

#[actix_web::test]
async fn search_engines_hear_what_a_product_costs_and_for_how_long() {
    let counter =
        ShopFixture::with(&[("STAMPEDE__SERVER__PUBLIC_URL", "https://tea.example")]).await;
    let path = format!("/p/{}", counter.product);

    let page = open(&counter.shop, &path).await;
    let product = page.facts("Product");
    assert_eq!(product["name"], "Tea");
    assert_eq!(product["url"], format!("https://tea.example{path}"));
    assert_eq!(product["offers"][0]["price"], "19.99");
    assert_eq!(product["offers"][0]["priceCurrency"], "USD");
    assert_eq!(
        product["offers"][0]["availability"],
        "https://schema.org/InStock"
    );
    let trail = page.facts("BreadcrumbList")["itemListElement"].clone();
    assert_eq!(trail[1]["name"], "Home");
    assert_eq!(
        trail[2],
        json!({"@type": "ListItem", "position": 3, "name": "Tea"})
    );

    let sale = sale(&counter, true).await;
    let product = open(&counter.shop, &path).await.facts("Product");
    let offer = &product["offers"][0];
    assert_eq!(offer["price"], "0.99");
    assert_eq!(offer["url"], format!("https://tea.example/sale/{sale}"));
    assert_eq!(offer["priceValidUntil"], offer["validThrough"]);
    assert!(offer["validThrough"].as_str().unwrap().ends_with('Z'));
    assert_eq!(
        product["offers"][1],
        Value::Null,
        "the sale's SKU has one price"
    );
    let page = open(&counter.shop, &format!("/sale/{sale}")).await;
    assert_eq!(page.facts("Product")["offers"][0]["price"], "0.99");
    let home = open(&counter.shop, "/").await;
    let search = &home.facts("WebSite")["potentialAction"]["target"]["urlTemplate"];
    assert_eq!(search, "https://tea.example/search?q={search_term_string}");
}

#[actix_web::test]
async fn a_product_in_several_variants_names_each_with_its_price() {
    let counter = ShopFixture::open().await;
    let skus = json!([{"options": {"Size": "100 g", "Tin": "Red"}, "price": 3_100, "num": 4}]);
    change_product(&counter, &json!({"skus": skus})).await;

    let page = open(&counter.shop, &format!("/p/{}", counter.product)).await;

    assert!(page.html.contains("<b>100 g, Red</b>"));
    let offers = page.facts("Product")["offers"].clone();
    assert_eq!(offers[1]["price"], "31.00");
    assert_eq!(offers[1]["name"], "100 g, Red");
}

#[actix_web::test]
async fn a_page_says_where_it_is_in_each_language() {
    let counter = ShopFixture::open().await;
    let path = format!("/p/{}", counter.product);
    let base = &counter.shop.base;

    let page = open(&counter.shop, &path).await;
    for (lang, query) in [
        ("en", "?lang=en"),
        ("zh-Hans", "?lang=zh"),
        ("ja", "?lang=ja"),
        ("x-default", ""),
    ] {
        let link =
            format!(r#"<link rel="alternate" hreflang="{lang}" href="{base}{path}{query}">"#);
        assert!(page.html.contains(&link), "{lang}");
    }
    for line in [
        &format!(r#"<link rel="canonical" href="{base}{path}">"#),
        &format!(r#"<meta property="og:url" content="{base}{path}">"#),
        r#"<meta property="og:type" content="product">"#,
        r#"<meta name="description" content="First flush">"#,
    ] {
        assert!(page.html.contains(line), "{line}");
    }
    assert_eq!(page.title(), "Tea – Stampede");

    let asked = open(&counter.shop, &format!("{path}?lang=ja&utm=x")).await;
    let canonical = format!(r#"<link rel="canonical" href="{base}{path}?lang=ja">"#);
    assert!(asked.html.contains(&canonical));
    let list = open(&counter.shop, "/c?sort=price&in_stock=true&page_num=2").await;
    let canonical = format!(r#"<link rel="canonical" href="{base}/c?page_num=2">"#);
    assert!(
        list.html.contains(&canonical),
        "filters make no page of their own"
    );
    let forged = counter.shop.request(Method::GET, &path);
    let forged = send(forged.header("host", "\"><script>.example")).await;
    assert!(!forged.html.contains(".example"));
}

#[actix_web::test]
async fn the_query_beats_the_cookie_and_the_cookie_the_browser() {
    let counter = ShopFixture::open().await;
    let translated = json!({"translations": {"zh": {"name": "绿茶"}}});
    change_product(&counter, &translated).await;
    let path = format!("/p/{}", counter.product);

    for (query, cookie, accepted, spoken, name) in [
        ("", "", "", "en", "Tea"),
        ("", "", "fr, ja;q=0.9, zh;q=0.8", "ja", "Tea"),
        (
            "",
            "a=b; stampede_language=zh; c=d",
            "ja",
            "zh-Hans",
            "绿茶",
        ),
        ("?lang=en", "stampede_language=zh", "ja", "en", "Tea"),
        (
            "?lang=klingon",
            "stampede_language=xx",
            "zh-TW",
            "zh-Hans",
            "绿茶",
        ),
        ("?lang=fr", "stampede_language=ja", "", "ja", "Tea"),
    ] {
        let request = counter.shop.request(Method::GET, &format!("{path}{query}"));
        let mut headers = HeaderMap::new();
        for (name, value) in [("cookie", cookie), ("accept-language", accepted)] {
            if !value.is_empty() {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
        let page = send(request.headers(headers)).await;
        let case = format!("{query} {cookie} {accepted}");
        assert_eq!(page.language(), spoken, "{case}");
        assert_eq!(page.header("content-language"), spoken, "{case}");
        assert!(page.title().starts_with(name), "{case}");
        assert!(page.header("vary").contains("Cookie"), "{case}");
    }
}

#[actix_web::test]
async fn a_change_is_in_the_next_page() {
    let counter = ShopFixture::open().await;
    let path = format!("/p/{}", counter.product);
    let shows = async |path: &str, price: &str| {
        let page = open(&counter.shop, path).await;
        assert!(page.html.contains(price), "{path} {price}");
        page.header("etag").to_owned()
    };

    let mut tags = Vec::new();
    for (price, shown) in [(1_999, "$19.99"), (2_500, "$25<"), (1_250, "$12.50")] {
        change_product(&counter, &json!({"price": price})).await;
        tags.push(shows(&path, shown).await);
        shows("/", shown).await;
        shows("/c", shown).await;
    }
    assert!(tags[0] != tags[1] && tags[1] != tags[2]);

    let sale = sale(&counter, true).await;
    let page = format!("/sale/{sale}");
    shows(&page, "2 of 2 left").await;
    shows("/", "Flash sale, open now").await;
    let pause = format!("/api/v1/admin/seckill/{sale}/pause");
    let admin = counter.shop.admin().await;
    assert_eq!(
        admin.send(Method::POST, &pause, &json!({})).await.status(),
        200
    );
    shows(&page, "Paused by the shop").await;
    shows("/", "Flash sale, paused").await;
    let cancel = format!("/api/v1/admin/seckill/{sale}/cancel");
    assert_eq!(
        admin.send(Method::POST, &cancel, &json!({})).await.status(),
        200
    );
    shows(&page, "The sale was called off").await;
    change_product(&counter, &json!({"on_sale": false})).await;
    assert_eq!(open(&counter.shop, &path).await.status, 404);
}

#[actix_web::test]
async fn who_has_the_page_is_told_so_and_a_view_is_counted_once() {
    let counter = ShopFixture::open().await;
    let path = format!("/p/{}", counter.product);
    let first = open(&counter.shop, &path).await;
    let etag = first.header("etag").to_owned();

    let again = counter.shop.request(Method::GET, &path);
    let again = send(again.header("if-none-match", &etag)).await;
    assert_eq!((again.status, again.html.as_str()), (304, ""));
    assert_eq!(again.header("etag"), etag);
    // The middleware of CORS adds its own to an answer that is not from the cache.
    for answer in [&first, &again] {
        let vary = answer.header("vary");
        assert!(vary.starts_with("Accept-Language, Accept-Encoding, Cookie"));
    }
    let head = send(counter.shop.request(Method::HEAD, &path)).await;
    assert_eq!((head.status, head.html.as_str()), (200, ""));
    assert_eq!(head.header("etag"), etag);
    assert_eq!(head.header("content-type"), "text/html; charset=utf-8");
    let chinese = open(&counter.shop, &format!("{path}?lang=zh")).await;
    assert_ne!(chinese.header("etag"), etag);
    let packed = counter.shop.request(Method::GET, &path);
    let packed = packed
        .header("accept-encoding", "gzip, br")
        .send()
        .await
        .unwrap();
    let codings: Vec<_> = packed
        .headers()
        .get_all("content-encoding")
        .iter()
        .collect();
    assert_eq!(codings, ["gzip"]);
}

#[actix_web::test]
async fn a_page_is_the_same_whoever_asks() {
    let counter = ShopFixture::open().await;
    let ann = counter.buyer("ann", 5_000).await;
    let admin = counter.shop.admin().await;
    let translated = json!({"translations": {"zh": {"name": "绿茶"}}});
    change_product(&counter, &translated).await;
    let path = format!("/p/{}", counter.product);
    let cookies = format!("stampede_refresh={}; stampede_session=1", ann.user.refresh);

    for path in [
        path.as_str(),
        "/",
        "/cart",
        "/orders",
        "/account",
        "/admin/users",
    ] {
        let stranger = open(&counter.shop, path).await;
        for token in [&ann.user.token, &admin.token] {
            let request = counter.shop.request(Method::GET, path);
            let request = request.bearer_auth(token).header("cookie", &cookies);
            let page = send(request).await;
            assert_eq!(page.html, stranger.html, "{path}");
            assert!(!page.headers.contains_key("set-cookie"), "{path}");
            for secret in [token, &ann.user.refresh, &"translations".to_owned()] {
                assert!(!page.html.contains(secret.as_str()), "{path}");
            }
        }
    }
}

#[actix_web::test]
async fn pages_with_goods_are_limited_as_calls_are() {
    let limits = [("STAMPEDE__SERVER__RATE_PER_ADDRESS", "5")];
    let shop = TestShop::with(&limits).await;

    for (path, limit) in [
        ("/", "10"),
        ("/search?q=a", "10"),
        ("/c", "10"),
        ("/login", "100"),
    ] {
        let page = open(&shop, path).await;
        assert_eq!(page.header("ratelimit-limit"), limit, "{path}");
        let ready = open(&shop, path).await;
        assert_eq!(ready.header("ratelimit-limit"), limit, "{path}");
    }
    let refused = async { (0..12).map(|_| open(&shop, "/")) };
    let answers = futures::future::join_all(refused.await).await;
    assert!(answers.iter().any(|page| page.status == 429));
}

#[actix_web::test]
async fn search_engines_find_every_public_page() {
    let counter =
        ShopFixture::with(&[("STAMPEDE__SERVER__PUBLIC_URL", "https://tea.example")]).await;
    let sale = sale(&counter, false).await;
    let product = counter.product;

    let map = open(&counter.shop, "/sitemap.xml").await;
    assert_eq!(map.header("content-type"), "application/xml; charset=utf-8");
    for path in [
        "/",
        "/c",
        "/sales",
        &format!("/p/{product}"),
        &format!("/sale/{sale}"),
    ] {
        assert!(
            map.html
                .contains(&format!("<loc>https://tea.example{path}</loc>")),
            "{path}"
        );
    }
    let alternate = format!(
        r#"<xhtml:link rel="alternate" hreflang="zh-Hans" href="https://tea.example/p/{product}?lang=zh"/>"#
    );
    assert!(map.html.contains(&alternate));
    assert_eq!(map.html.matches("<loc>").count(), 6);
    let admin = counter.shop.admin().await;
    let cancel = format!("/api/v1/admin/seckill/{sale}/cancel");
    let cancelled = admin.send(Method::POST, &cancel, &json!({})).await;
    assert_eq!(cancelled.status(), 200);
    change_product(&counter, &json!({"on_sale": false})).await;
    let map = open(&counter.shop, "/sitemap.xml?page=1").await;
    assert!(!map.html.contains(&format!("/p/{product}<")));
    for beyond in ["2", "0", "-1"] {
        let path = format!("/sitemap.xml?page={beyond}");
        assert_eq!(open(&counter.shop, &path).await.status, 404, "{beyond}");
    }

    let robots = open(&counter.shop, "/robots.txt").await;
    assert!(
        robots
            .html
            .contains("Sitemap: https://tea.example/sitemap.xml")
    );
    for path in ["/account", "/admin", "/checkout", "/cart"] {
        assert!(
            robots.html.contains(&format!("Disallow: {path}\n")),
            "{path}"
        );
    }
}
