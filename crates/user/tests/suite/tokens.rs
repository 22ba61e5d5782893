//! Access tokens: what is refused.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use stampede_kernel::Clock;
use stampede_user::*;

use crate::shop::{Shop, settings};

/// The claims of a good token, to be spoilt.
fn claims(token: &SecretString) -> Value {
    let part = token.expose_secret().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn signed(claims: &Value, typ: &str, algorithm: Algorithm, secret: &str) -> SecretString {
    let mut header = Header::new(algorithm);
    header.typ = Some(typ.into());
    let key = EncodingKey::from_secret(secret.as_bytes());
    encode(&header, claims, &key).unwrap().into()
}

fn well_signed(claims: &Value) -> SecretString {
    let secret = settings().jwt_secret;
    signed(claims, "at+jwt", Algorithm::HS256, secret.expose_secret())
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
        signed(
            &claims,
            "at+jwt",
            Algorithm::HS256,
            "another secret of thirty-two b..",
        ),
        signed(&claims, "JWT", Algorithm::HS256, secret),
        signed(&claims, "ev+jwt", Algorithm::HS256, secret),
        signed(&claims, "at+jwt", Algorithm::HS512, secret),
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
