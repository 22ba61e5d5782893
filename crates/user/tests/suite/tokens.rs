//! Access tokens: what is refused.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::Sha512;
use stampede_kernel::Clock;
use stampede_user::*;

use crate::shop::{Shop, settings};

/// The claims of a good token, to be spoilt.
fn claims(token: &SecretString) -> Value {
    let part = token.expose_secret().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn signed(claims: &Value, typ: &str, secret: &str) -> SecretString {
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(typ.into());
    let key = EncodingKey::from_secret(secret.as_bytes());
    encode(&header, claims, &key).unwrap().into()
}

fn well_signed(claims: &Value) -> SecretString {
    let secret = settings().jwt_secret;
    signed(claims, "at+jwt", secret.expose_secret())
}

/// With the algorithm beside ours, which nothing here can sign with.
fn by_hs512(claims: &Value, secret: &str) -> SecretString {
    let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"at+jwt","alg":"HS512"}"#);
    let body = URL_SAFE_NO_PAD.encode(claims.to_string());
    let mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).unwrap();
    let mac = mac.chain_update(format!("{head}.{body}"));
    let seal = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    format!("{head}.{body}.{seal}").into()
}

/// A15.
#[tokio::test]
async fn a_token_that_is_not_wholly_ours_is_refused() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let good = shop.log_in("alice").await.tokens.access;
    let claims = claims(&good);
    let secret = settings().jwt_secret;
    let secret = secret.expose_secret();

    assert!(shop.verify(&well_signed(&claims)).await.is_ok());
    let [head, body, seal] = good.expose_secret().split('.').collect::<Vec<_>>()[..] else {
        panic!("three parts");
    };
    let none = URL_SAFE_NO_PAD.encode(r#"{"typ":"at+jwt","alg":"none"}"#);
    let mut admin = claims.clone();
    admin["role"] = json!("admin");
    let admin = URL_SAFE_NO_PAD.encode(admin.to_string());
    for bad in [
        String::new(),
        "x".to_owned(),
        format!("{none}.{body}."),
        format!("{none}.{body}.{seal}"),
        format!("{head}.{body}."),
        format!("{head}.{body}"),
        format!("{head}.{admin}.{seal}"),
    ] {
        assert_eq!(shop.verify(&bad.into()).await, Err(AuthError::Invalid));
    }
    for bad in [
        signed(&claims, "at+jwt", "another secret of thirty-two b.."),
        signed(&claims, "JWT", secret),
        signed(&claims, "ev+jwt", secret),
        by_hs512(&claims, secret),
    ] {
        assert_eq!(shop.verify(&bad).await, Err(AuthError::Invalid));
    }
}

#[tokio::test]
async fn every_claim_is_required_and_checked() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let good = claims(&shop.log_in("alice").await.tokens.access);
    let now = shop.clock.now().0 / 1_000;

    for claim in ["iss", "aud", "sub", "exp", "iat", "jti", "sid", "role"] {
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().remove(claim);
        let refused = shop.verify(&well_signed(&bad)).await;
        assert_eq!(refused, Err(AuthError::Invalid), "without {claim}");
    }
    for (claim, value) in [
        ("iss", json!("other")),
        ("aud", json!("other")),
        ("aud", json!(["stampede-api", "other"])),
        ("sub", json!("alice")),
        ("exp", json!(now - 10)),
        ("exp", json!("soon")),
        ("iat", json!(now + 10)),
        ("iat", json!(i64::MAX)),
        ("nbf", json!(now + 10)),
        ("nbf", json!(i64::MAX)),
        ("nbf", json!("soon")),
        ("jti", json!("7b1f4a6e-0000-4000-8000-000000000000")),
        ("role", json!("owner")),
    ] {
        let mut bad = good.clone();
        bad[claim] = value.clone();
        let refused = shop.verify(&well_signed(&bad)).await;
        assert_eq!(refused, Err(AuthError::Invalid), "{claim} = {value}");
    }
}

#[tokio::test]
async fn a_claim_that_may_be_there_is_accepted_when_it_is_right() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let mut claims = claims(&shop.log_in("alice").await.tokens.access);
    let now = shop.clock.now().0 / 1_000;

    for nbf in [0, now - 60, now + 4] {
        claims["nbf"] = json!(nbf);
        assert!(shop.verify(&well_signed(&claims)).await.is_ok(), "{nbf}");
    }
}

#[tokio::test]
async fn a_header_that_asks_for_more_than_is_checked_is_refused() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let claims = claims(&shop.log_in("alice").await.tokens.access);
    let secret = settings().jwt_secret;
    let key = EncodingKey::from_secret(secret.expose_secret().as_bytes());
    let plain = Header {
        typ: Some("at+jwt".into()),
        ..Header::new(Algorithm::HS256)
    };
    let crit = Header {
        crit: Some(vec!["exp".into()]),
        ..plain.clone()
    };
    let kid = Header {
        kid: Some("another key".into()),
        ..plain.clone()
    };
    for (header, good) in [(plain, true), (crit, false), (kid, false)] {
        let token = encode(&header, &claims, &key).unwrap();

        let verdict = shop.verify(&token.into()).await;

        assert_eq!(verdict.is_ok(), good, "{header:?}");
    }
}

#[tokio::test]
async fn a_token_made_after_the_clock_was_set_back_is_accepted() {
    let shop = Shop::open().await;
    let alice = shop.register("alice").await;
    let ahead = shop.clock.now();
    let killed = shop.log_in("alice").await.tokens;
    for act in [AdminAction::Ban { reason: None }, AdminAction::Unban] {
        let admin = stampede_kernel::UserId(0);
        (shop.users.accounts.administer(admin, alice.id, act).await).unwrap();
    }
    shop.clock.set(ahead.minus(Duration::from_hours(2)));

    let tokens = shop.log_in("alice").await.tokens;
    assert!(shop.verify(&tokens.access).await.is_ok());
    let renewed = shop.users.sessions.refresh(tokens.refresh).await.unwrap();
    assert!(shop.verify(&renewed.access).await.is_ok());
    let restarted = shop.another_process().await;
    let access = renewed.access.expose_secret();
    assert!(restarted.tokens.verify(access).is_ok());
    // What was dead stays dead, and nothing lives longer than it would have.
    assert_eq!(shop.verify(&killed.access).await, Err(AuthError::Invalid));
    shop.later(15 * 60_000 + 6_000);
    assert_eq!(shop.verify(&renewed.access).await, Err(AuthError::Invalid));
}

#[tokio::test]
async fn a_ban_is_heard_by_a_process_whose_clock_was_ahead() {
    let shop = Shop::open().await;
    let alice = shop.register("alice").await;
    let now = shop.clock.now();
    let elsewhere = shop.another_process().await;
    shop.clock.advance(Duration::from_hours(2));
    elsewhere.revocations.load().await.unwrap();
    shop.clock.set(now);
    let token = shop.log_in("alice").await.tokens.access;

    let act = AdminAction::Ban { reason: None };
    let admin = stampede_kernel::UserId(0);
    (shop.users.accounts.administer(admin, alice.id, act).await).unwrap();
    shop.clock.advance(Duration::from_hours(2));
    elsewhere.revocations.load().await.unwrap();
    shop.clock.set(now);

    let verdict = elsewhere.tokens.verify(token.expose_secret());
    assert_eq!(verdict, Err(AuthError::Invalid));
}

#[tokio::test]
async fn a_token_lives_for_a_quarter_of_an_hour() {
    let shop = Shop::open().await;
    shop.register("alice").await;
    let token = shop.log_in("alice").await.tokens.access;

    shop.later(15 * 60_000 - 1);
    assert!(shop.verify(&token).await.is_ok());
    shop.later(10_000);
    assert_eq!(shop.verify(&token).await, Err(AuthError::Invalid));
}

#[tokio::test]
async fn a_rehearsal_says_so_in_its_token() {
    let shop = Shop::open().await;
    let caller = Caller {
        user: stampede_kernel::UserId(7),
        session: stampede_kernel::SessionId::new(),
        role: Role::Customer,
        rehearsal: true,
    };

    let token = shop.users.tokens.sign(&caller, shop.clock.now()).unwrap();

    assert_eq!(shop.verify(&token).await, Ok(caller));
    assert_eq!(claims(&token)["rehearsal"], json!(true));
}
