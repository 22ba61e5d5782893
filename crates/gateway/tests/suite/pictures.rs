//! Avatars, and what is none.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;

use crate::server::{SignedIn, TestShop, read};

/// A white PNG of one pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53,
    0xde, 0x00, 0x00, 0x00, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x08, 0xd7, 0x63, 0xf8, 0xff, 0xff, 0x3f,
    0x00, 0x05, 0xfe, 0x02, 0xfe, 0xdc, 0xcc, 0x59, 0xe7, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

async fn upload(who: &SignedIn<'_>, path: &str, form: Form) -> (u16, serde_json::Value) {
    let request = who.request(Method::POST, path).multipart(form);
    read(request.send().await.unwrap()).await
}

fn file(bytes: Vec<u8>) -> Form {
    Form::new().part("file", Part::bytes(bytes).file_name("../../x.html"))
}

#[actix_web::test]
async fn what_is_no_picture_is_refused() {
    let shop = TestShop::open().await;
    let alice = shop.customer("alice").await;
    let path = "/api/v1/user/avatar";

    for bytes in [
        b"<html><script>alert(1)</script>".to_vec(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
        PNG[..40].to_vec(),
        Vec::new(),
    ] {
        let (status, problem) = upload(&alice, path, file(bytes)).await;
        assert_eq!(
            (status, &problem["code"]),
            (422, &json!("unreadable_image"))
        );
    }
    let (status, problem) = upload(&alice, path, file(vec![0; 10 * 1024 * 1024])).await;
    assert_eq!(
        (status, &problem["code"]),
        (413, &json!("payload_too_large"))
    );
    let with_more = file(PNG.to_vec()).text("user_id", "1");
    let (status, problem) = upload(&alice, path, with_more).await;
    assert_eq!(
        (status, &problem["errors"][0]["field"]),
        (422, &json!("user_id"))
    );
    let (status, problem) = upload(&alice, path, Form::new().text("x", "")).await;
    assert_eq!((status, &problem["code"]), (422, &json!("unknown_field")));
    let json = alice.send(Method::POST, path, &json!({})).await;
    assert_eq!(json.status(), 415);
}

#[actix_web::test]
async fn an_avatar_is_shown_with_its_variants_under_either_spelling() {
    let shop = TestShop::open().await;
    let alice = shop.customer("alice").await;

    for path in ["/api/v1/avater", "/api/v1/user/avatar"] {
        let (status, user) = upload(&alice, path, file(PNG.to_vec())).await;
        assert_eq!(status, 200, "{user}");
        let avatar = &user["avatar"];
        assert!(avatar["url"].as_str().unwrap().starts_with("/media/"));
        assert_eq!(
            (&avatar["width"], &avatar["height"]),
            (&json!(1), &json!(1))
        );
        assert!(avatar["variants"]["thumb"].is_string());
    }
}
