//! Tokens: forged ones, dead ones, and how they die.

use std::time::{Duration, Instant};

use futures::{StreamExt, stream};
use reqwest::{Body, Method};
use serde_json::json;
use tokio::sync::oneshot;

use crate::server::{PASSWORD, SignedIn, TestShop, read};

/// How long a test waits for what takes five seconds on a machine that is not busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until the token is refused; a ban may take five seconds to arrive.
async fn dies(who: &SignedIn<'_>) {
    let started = Instant::now();
    while who.get("/api/v1/user").await.status() != 401 {
        assert!(started.elapsed() < PATIENCE, "the token lives on");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[actix_web::test]
async fn a_token_that_was_touched_is_no_token() {
    let shop = TestShop::open().await;
    let alice = shop.customer("alice").await;
    let parts: Vec<&str> = alice.token.split('.').collect();
    let [header, payload, signature] = parts[..] else {
        panic!("a JWT has three parts");
    };
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
    let mut touched = payload.to_owned();
    let last = touched.pop().unwrap();
    touched.push(if last == 'A' { 'B' } else { 'A' });

    for token in [
        format!("{none}.{payload}."),
        format!("{none}.{payload}.{signature}"),
        format!("{header}.{payload}."),
        format!("{header}.{payload}"),
        format!("{header}.{touched}.{signature}"),
        format!("{header}.{payload}.{signature}x"),
        alice.refresh.clone(),
    ] {
        let request = shop.request(Method::GET, "/api/v1/user");
        let answer = request.bearer_auth(&token).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{token}");
    }
    let bare = shop.request(Method::GET, "/api/v1/user");
    let answer = bare
        .header("Authorization", &alice.token)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

#[actix_web::test]
async fn whatever_is_wrong_log_in_says_the_same() {
    let shop = TestShop::open().await;
    let bob = shop.customer("bob").await;
    let root = shop.admin().await;
    let ban = format!("/api/v1/admin/user/{}/ban", bob.id);
    root.send(Method::POST, &ban, &json!({})).await;

    let mut bodies = Vec::new();
    for (name, password) in [
        ("nobody", PASSWORD),
        ("root", "wrong horse 9"),
        ("bob", PASSWORD),
    ] {
        let body = json!({"user_name": name, "password": password});
        let (status, mut problem) = read(shop.post("/api/v1/user/login", &body).await).await;
        assert_eq!(status, 401);
        problem["request_id"] = json!(null);
        bodies.push(problem);
    }
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[1], bodies[2]);
}

#[actix_web::test]
async fn a_ban_a_demotion_a_log_out_and_a_new_password_kill_live_tokens() {
    let shop = TestShop::open().await;
    let root = shop.admin().await;
    let banned = shop.customer("ann").await;
    let promoted = shop.customer("ben").await;
    let leaving = shop.customer("cat").await;
    let changing = shop.customer("dan").await;
    let elsewhere = shop.log_in("dan").await;

    let path = |who: &SignedIn<'_>, act: &str| format!("/api/v1/admin/user/{}/{act}", who.id);
    let answer = root
        .send(Method::POST, &path(&banned, "ban"), &json!({}))
        .await;
    assert_eq!(answer.status(), 200);
    let role = json!({"role": "admin"});
    let answer = root
        .send(Method::POST, &path(&promoted, "role"), &role)
        .await;
    assert_eq!(answer.status(), 200);
    let body = json!({"refresh_token": leaving.refresh});
    let answer = leaving
        .send(Method::POST, "/api/v1/user/logout", &body)
        .await;
    assert_eq!(answer.status(), 204);
    let body = json!({"old": PASSWORD, "new": "another horse 7"});
    let answer = changing
        .send(Method::PUT, "/api/v1/user/password", &body)
        .await;
    assert_eq!(answer.status(), 204);

    dies(&banned).await;
    dies(&leaving).await;
    dies(&elsewhere).await;
    let promoted = shop.log_in("ben").await;
    assert_eq!(promoted.get("/api/v1/admin/users").await.status(), 200);
    let role = json!({"role": "customer"});
    root.send(Method::POST, &path(&promoted, "role"), &role)
        .await;
    let started = Instant::now();
    while promoted.get("/api/v1/admin/users").await.status() == 200 {
        assert!(started.elapsed() < PATIENCE, "still an admin");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let refresh = json!({"refresh_token": leaving.refresh});
    assert_eq!(
        shop.post("/api/v1/user/refresh", &refresh).await.status(),
        401
    );
}

#[actix_web::test]
async fn two_tabs_that_refresh_with_one_token_both_stay_signed_in() {
    let shop = TestShop::open().await;
    let alice = shop.customer("alice").await;
    let spent = json!({"refresh_token": alice.refresh});

    for _ in 0..2 {
        let (status, tokens) = read(shop.post("/api/v1/user/refresh", &spent).await).await;
        assert_eq!(status, 200);
        let access = tokens["access_token"].as_str().unwrap();
        let me = shop
            .request(Method::GET, "/api/v1/user")
            .bearer_auth(access);
        assert_eq!(me.send().await.unwrap().status(), 200);
        let renewed = json!({"refresh_token": tokens["refresh_token"]});
        let answer = shop.post("/api/v1/user/refresh", &renewed).await;
        assert_eq!(answer.status(), 200);
    }
}

/// A body that is half sent; the other half follows a word from the test.
fn slow_body(half: &str, rest: &str) -> (Body, oneshot::Receiver<()>, oneshot::Sender<()>) {
    let (begun, has_begun) = oneshot::channel();
    let (go, goes_on) = oneshot::channel::<()>();
    let (half, rest) = (half.to_owned(), rest.to_owned());
    let first = stream::once(async move { Ok::<_, std::io::Error>(half) });
    let second = stream::once(async move {
        // The first half was taken: the head is on its way.
        let _ = begun.send(());
        let _ = goes_on.await;
        Ok(rest)
    });
    (Body::wrap_stream(first.chain(second)), has_begun, go)
}

#[actix_web::test]
async fn a_request_that_began_before_a_ban_and_ends_after_it_does_nothing() {
    let shop = TestShop::open().await;
    let root = shop.admin().await;
    let form = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n";
    for (name, method, path, kind, half, rest) in [
        (
            "ann",
            Method::PUT,
            "/api/v1/user",
            "application/json",
            "{\"nick_name\":",
            "\"late\"}",
        ),
        (
            "ben",
            Method::POST,
            "/api/v1/user/avatar",
            "multipart/form-data; boundary=b",
            form,
            "x\r\n--b--\r\n",
        ),
        (
            "cat",
            Method::POST,
            "/api/v1/avater",
            "multipart/form-data; boundary=b",
            form,
            "x\r\n--b--\r\n",
        ),
        (
            "dan",
            Method::POST,
            "/api/v1/collection",
            "application/json",
            "{\"product_id\":",
            "1}",
        ),
    ] {
        let who = shop.customer(name).await;
        let (body, has_begun, go) = slow_body(half, rest);
        let request = who
            .request(method, path)
            .header("content-type", kind)
            .body(body);
        let answer = tokio::spawn(request.send());
        has_begun.await.unwrap();
        let ban = format!("/api/v1/admin/user/{}/ban", who.id);
        let banned = root.send(Method::POST, &ban, &json!({})).await;
        assert_eq!(banned.status(), 200);

        go.send(()).unwrap();

        let (status, problem) = read(answer.await.unwrap().unwrap()).await;
        assert_eq!(
            (status, &problem["code"]),
            (401, &json!("unauthenticated")),
            "{path}"
        );
    }
    let (_, users) = read(root.get("/api/v1/admin/users?q=ann").await).await;
    assert_eq!(users["items"][0]["nick_name"], "ann");
}

#[actix_web::test]
async fn an_admin_who_is_demoted_in_mid_upload_adds_nothing() {
    let shop = TestShop::open().await;
    let root = shop.admin().await;
    let helper = shop.customer("helper").await;
    let role = format!("/api/v1/admin/user/{}/role", helper.id);
    root.send(Method::POST, &role, &json!({"role": "admin"}))
        .await;
    let helper = shop.log_in("helper").await;
    let (body, has_begun, go) = slow_body("{\"name\":", "\"Late\"}");
    let request = helper.request(Method::POST, "/api/v1/categories");
    let request = request
        .header("content-type", "application/json")
        .body(body);
    let answer = tokio::spawn(request.send());
    has_begun.await.unwrap();
    root.send(Method::POST, &role, &json!({"role": "customer"}))
        .await;

    go.send(()).unwrap();

    assert_eq!(answer.await.unwrap().unwrap().status(), 401);
    let (_, list) = read(
        shop.request(Method::GET, "/api/v1/categories")
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(list["items"], json!([]));
}

#[actix_web::test]
async fn blanks_around_a_user_name_do_not_count_at_log_in() {
    let shop = TestShop::open().await;
    shop.customer("İbrahim").await;

    for name in ["İbrahim ", " ibrahim", "IBRAHIM\u{3000}"] {
        shop.log_in(name).await;
    }
}

#[actix_web::test]
async fn a_refresh_token_is_spent_once() {
    let shop = TestShop::with(&[("STAMPEDE__AUTH__REFRESH_GRACE_SECS", "0")]).await;
    let alice = shop.customer("alice").await;
    let spent = json!({"refresh_token": alice.refresh});

    let (status, tokens) = read(shop.post("/api/v1/user/refresh", &spent).await).await;
    assert_eq!((status, &tokens["token_type"]), (200, &json!("Bearer")));
    assert!(tokens.get("user").is_none());
    let (status, problem) = read(shop.post("/api/v1/user/refresh", &spent).await).await;
    assert_eq!(
        (status, &problem["code"]),
        (401, &json!("bad_refresh_token"))
    );
    let renewed = json!({"refresh_token": tokens["refresh_token"]});
    assert_eq!(
        shop.post("/api/v1/user/refresh", &renewed).await.status(),
        401
    );
}

#[actix_web::test]
async fn a_shop_that_closes_answers_no_more() {
    let shop = TestShop::open().await;
    let ready = shop.request(Method::GET, "/readyz").send().await.unwrap();
    assert_eq!(ready.status(), 200);
    let (base, client) = (shop.base.clone(), shop.client.clone());

    let stopping = tokio::time::timeout(PATIENCE, shop.running.stop());
    stopping.await.expect("idle connections do not hold it up");

    assert!(
        client
            .get(format!("{base}/api/v1/ping"))
            .send()
            .await
            .is_err()
    );
}
