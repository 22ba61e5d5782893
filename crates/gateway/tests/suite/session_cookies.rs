//! Sessions of browsers: the refresh token is a cookie that no script reads.

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::server::{PASSWORD, TestShop, read};

const REFRESH: &str = "/api/v1/user/refresh";

/// The cookies that an answer sets, without their values: name and rules.
fn rules(answer: &Response) -> Vec<String> {
    let cookies = answer.headers().get_all("set-cookie").iter();
    cookies
        .map(|cookie| {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let (_, rules) = rest.split_once("; ").unwrap();
            format!("{name}; {rules}")
        })
        .collect()
}

/// The refresh token in the cookies of an answer.
fn token(answer: &Response) -> String {
    let mut cookies = answer.headers().get_all("set-cookie").iter();
    let cookie = cookies.find_map(|cookie| cookie.to_str().ok()?.strip_prefix("stampede_refresh="));
    cookie.unwrap().split(';').next().unwrap().to_owned()
}

async fn log_in(shop: &TestShop) -> Response {
    let body = json!({"user_name": "root", "password": PASSWORD, "cookie": true});
    shop.post("/api/v1/user/login", &body).await
}

/// A refresh with the cookie, from wherever the headers say.
fn refresh(shop: &TestShop, token: &str, headers: &[(&str, &str)]) -> RequestBuilder {
    let request = shop.request(Method::POST, REFRESH);
    let request = request.header("Cookie", format!("a=b; stampede_refresh={token}"));
    let with =
        |request: RequestBuilder, (name, value): &(&str, &str)| request.header(*name, *value);
    headers.iter().fold(request, with)
}

#[actix_web::test]
async fn a_page_of_another_origin_cannot_use_the_cookie() {
    let shop = TestShop::open().await;
    let cookie = token(&log_in(&shop).await);

    for headers in [
        &[][..],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site")],
        &[("Sec-Fetch-Site", "none")],
        &[("Origin", "https://evil.example")],
        &[("Origin", "null")],
        &[
            ("Sec-Fetch-Site", "cross-site"),
            ("Origin", shop.base.as_str()),
        ],
    ] {
        let answer = refresh(&shop, &cookie, headers).send().await.unwrap();
        let cookies = rules(&answer).len();
        let (status, problem) = read(answer).await;
        assert_eq!(
            (status, &problem["code"]),
            (403, &json!("foreign_origin")),
            "{headers:?}"
        );
        assert_eq!(cookies, 0);
    }
    let without = shop.request(Method::POST, REFRESH);
    let without = without.header("Sec-Fetch-Site", "same-origin").send().await;
    let (status, problem) = read(without.unwrap()).await;
    assert_eq!(
        (status, &problem["errors"][0]["code"]),
        (422, &json!("missing_field"))
    );
    let own = [("Sec-Fetch-Site", "same-origin")];
    let forged = refresh(&shop, "forged", &own).send().await.unwrap();
    assert_eq!(forged.status(), 401);
    let taken_back = rules(&forged);
    assert_eq!(taken_back.len(), 2);
    assert!(taken_back.iter().all(|rules| rules.contains("Max-Age=0;")));
    let (_, problem) = read(forged).await;
    assert_eq!(problem["code"], "bad_refresh_token");
}

#[actix_web::test]
async fn a_browser_keeps_its_refresh_token_where_no_script_reads_it() {
    let shop = TestShop::open().await;

    let logged_in = log_in(&shop).await;
    let month = 30 * 24 * 60 * 60;
    assert_eq!(
        rules(&logged_in),
        [
            format!(
                "stampede_refresh; Path=/api/v1/user; HttpOnly; Max-Age={month}; SameSite=Strict"
            ),
            format!("stampede_session; Path=/; Max-Age={month}; SameSite=Strict"),
        ]
    );
    let first = token(&logged_in);
    let (_, body) = read(logged_in).await;
    assert_eq!(body.get("refresh_token"), None);
    assert_eq!(body["user"]["user_name"], "root");

    let by_origin = [
        ("Origin", shop.base.as_str()),
        ("X-Forwarded-Proto", "https"),
    ];
    let refreshed = refresh(&shop, &first, &by_origin).send().await.unwrap();
    assert_eq!(refreshed.status(), 200);
    assert!(
        rules(&refreshed)
            .iter()
            .all(|rules| rules.ends_with("; Secure"))
    );
    let second = token(&refreshed);
    assert_ne!(second, first);
    let (_, body) = read(refreshed).await;
    assert_eq!(body.get("refresh_token"), None);
    let access = body["access_token"].as_str().unwrap().to_owned();

    let log_out = shop.request(Method::POST, "/api/v1/user/logout");
    let log_out = log_out
        .bearer_auth(&access)
        .header("Cookie", format!("stampede_refresh={second}"))
        .header("Sec-Fetch-Site", "same-origin");
    let ended = log_out.send().await.unwrap();
    assert_eq!(ended.status(), 204);
    assert!(
        rules(&ended)
            .iter()
            .all(|rules| rules.contains("Max-Age=0;"))
    );
    let own = [("Sec-Fetch-Site", "same-origin")];
    let again = refresh(&shop, &second, &own).send().await.unwrap();
    assert_eq!(again.status(), 401);
}

#[actix_web::test]
async fn a_client_without_cookies_goes_on_as_before() {
    let shop = TestShop::open().await;
    let body = json!({"user_name": "root", "password": PASSWORD});

    let answer = shop.post("/api/v1/user/login", &body).await;

    assert_eq!(rules(&answer), [""; 0]);
    let (_, body) = read(answer).await;
    let token: &Value = &body["refresh_token"];
    let answer = shop.post(REFRESH, &json!({"refresh_token": token})).await;
    assert_eq!((answer.status().as_u16(), rules(&answer).len()), (200, 0));
}
