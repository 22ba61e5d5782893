//! The catalogue over a real socket and a real database.

use std::path::Path;

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::server::{SignedIn, TestShop, read};

/// A picture of the demo shop.
fn picture(name: &str) -> Part {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/demo");
    let bytes = std::fs::read(folder.join(name)).unwrap();
    Part::bytes(bytes).file_name(name.to_owned())
}

async fn category(admin: &SignedIn<'_>, name: &str) -> i64 {
    let body = json!({"name": name});
    let made = admin.send(Method::POST, "/api/v1/categories", &body).await;
    let (status, category) = read(made).await;
    assert_eq!(status, 201, "{category}");
    category["id"].as_i64().unwrap()
}

fn sofa(category: i64) -> Form {
    let chinese = json!({"zh": {"name": "皮沙发", "title": "可坐三人"}});
    Form::new()
        .text("name", "Leather sofa")
        .text("title", "Seats three")
        .text("info", "Full-grain leather.")
        .text("category_id", category.to_string())
        .text("price", "89900")
        .text("discount_price", "79900")
        .text("num", "4")
        .text("translations", chinese.to_string())
}

async fn add(admin: &SignedIn<'_>, form: Form) -> (u16, Value) {
    let request = admin.request(Method::POST, "/api/v1/product");
    read(request.multipart(form).send().await.unwrap()).await
}

#[actix_web::test]
async fn a_product_with_two_pictures_is_found_in_chinese() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;
    let form = sofa(category(&admin, "Furniture").await)
        .part("file", picture("leather-sofa.jpg"))
        .part("file", picture("leather-sofa-2.jpg"));

    let (status, made) = add(&admin, form).await;
    let found = shop
        .request(Method::GET, "/api/v1/products?q=%E6%B2%99%E5%8F%91&lang=zh")
        .send()
        .await
        .unwrap();

    assert_eq!(status, 201, "{made}");
    assert_eq!(found.headers()["content-language"], "zh");
    let (_, list) = read(found).await;
    assert_eq!(list["total"], 1);
    let sofa = &list["items"][0];
    assert_eq!(sofa["name"], "皮沙发");
    assert_eq!(sofa["info"], "Full-grain leather.");
    assert_eq!((&sofa["price"], &sofa["num"]), (&json!(89_900), &json!(4)));
    let page = format!("/api/v1/product/{}", sofa["id"]);
    let (_, page) = read(shop.request(Method::GET, &page).send().await.unwrap()).await;
    assert_eq!(page["images"].as_array().map(Vec::len), Some(2));
    let url = page["cover"]["variants"]["small"].as_str().unwrap();
    let picture = shop.request(Method::GET, url).send().await.unwrap();
    assert_eq!(picture.status(), 200);
    assert_eq!(picture.headers()["content-type"], "image/jpeg");
    assert_eq!(picture.headers()["x-content-type-options"], "nosniff");
    assert!(
        picture.headers()["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    assert!(
        picture.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("sandbox")
    );
}

#[actix_web::test]
async fn a_form_that_breaks_a_rule_leaves_nothing_behind() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;
    let home = category(&admin, "Home").await;
    let eleven = (0..11).fold(sofa(home), |form, _| {
        form.part("file", picture("side-table.jpg"))
    });
    let skus = json!([{"price": 5, "num": 1, "boss_id": 3}]).to_string();
    for (form, status, field) in [
        (sofa(home).text("boss_id", "1"), 422, "boss_id"),
        (sofa(home).text("price", "1"), 422, "price"),
        (sofa(home).text("skus", "[]"), 422, "skus"),
        (sofa(home).text("on_sale", "perhaps"), 422, "on_sale"),
        (sofa(home + 99), 422, "category_id"),
        (Form::new().text("name", "x"), 422, "category_id"),
        (eleven, 422, "file"),
        (priced("0"), 422, "price"),
        (priced("-1"), 422, "price"),
        (priced("1.5"), 422, "price"),
        (priced("9223372036854775808"), 422, "price"),
        (priced("9007199254740992"), 422, "price"),
        (bare(home).text("skus", skus), 422, "skus[0].boss_id"),
        (bare(home), 422, "price"),
    ] {
        let (answered, problem) = add(&admin, form).await;
        assert_eq!(answered, status, "{problem}");
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
    let large = Part::bytes(vec![0; 9 * 1024 * 1024]).file_name("large.png");
    let (status, _) = add(&admin, sofa(home).part("file", large)).await;
    assert_eq!(status, 413);
    let script = Part::bytes(b"<script>".to_vec()).file_name("x.png");
    let (status, problem) = add(&admin, sofa(home).part("file", script)).await;
    assert_eq!(
        (status, &problem["code"]),
        (422, &json!("unreadable_image"))
    );

    let list = shop.request(Method::GET, "/api/v1/products").send().await;
    let (_, list) = read(list.unwrap()).await;
    assert_eq!(list["total"], 0);
}

fn bare(category: i64) -> Form {
    Form::new()
        .text("name", "Lamp")
        .text("title", "")
        .text("info", "")
        .text("category_id", category.to_string())
}

fn priced(price: &'static str) -> Form {
    bare(1).text("price", price).text("num", "1")
}

#[actix_web::test]
async fn stock_moves_once_per_key_and_never_below_nothing() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;
    let (_, made) = add(&admin, sofa(category(&admin, "Home").await)).await;
    let path = format!("/api/v1/sku/{}/stock", made["skus"][0]["id"]);
    let with_key = |body: &Value| {
        let request = admin.request(Method::POST, &path).json(body);
        request.header("Idempotency-Key", "delivery-7").send()
    };

    let ten = json!({"delta": 10, "reason": "delivery"});
    let (_, first) = read(with_key(&ten).await.unwrap()).await;
    let again = with_key(&ten).await.unwrap();
    let other = with_key(&json!({"delta": 11, "reason": "delivery"}))
        .await
        .unwrap();
    let too_many = json!({"delta": -15, "reason": "broken"});
    let (refused, problem) = read(admin.send(Method::POST, &path, &too_many).await).await;

    assert_eq!(first["num"], 14);
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(read(again).await.1, first);
    assert_eq!(read(other).await.1["code"], "idempotency_key_reused");
    assert_eq!(
        (refused, &problem["code"]),
        (409, &json!("stock_insufficient"))
    );
    let page = format!("/api/v1/product/{}", made["id"]);
    let (_, page) = read(shop.request(Method::GET, &page).send().await.unwrap()).await;
    assert_eq!(page["num"], 14);
}

#[actix_web::test]
async fn what_an_admin_changes_is_in_the_next_answer() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;
    let (_, made) = add(&admin, sofa(category(&admin, "Home").await)).await;
    let path = format!("/api/v1/product/{}", made["id"]);
    let seen = || async { read(shop.request(Method::GET, &path).send().await.unwrap()).await };

    assert_eq!(seen().await.1["discount_price"], 79_900);
    let clear = json!({"name": "Sofa", "discount_price": null});
    assert_eq!(admin.send(Method::PUT, &path, &clear).await.status(), 200);
    let (_, changed) = seen().await;
    assert_eq!(
        (&changed["name"], &changed["discount_price"]),
        (&json!("Sofa"), &Value::Null)
    );
    let list = shop.request(Method::GET, "/api/v1/products").send().await;
    assert_eq!(read(list.unwrap()).await.1["items"][0]["name"], "Sofa");
    assert_eq!(
        admin
            .request(Method::DELETE, &path)
            .send()
            .await
            .unwrap()
            .status(),
        204
    );
    assert_eq!(seen().await.0, 404);
    assert_eq!(admin.get(&path).await.status(), 200);
    let list = shop.request(Method::GET, "/api/v1/products").send().await;
    assert_eq!(read(list.unwrap()).await.1["total"], 0);
}

#[actix_web::test]
async fn a_favourite_is_kept_once_and_is_nobody_elses() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;
    let (_, made) = add(&admin, sofa(category(&admin, "Home").await)).await;
    let (alice, bob) = (shop.customer("alice").await, shop.customer("bob").await);
    let body = json!({"product_id": made["id"]});
    let path = "/api/v1/collection";
    let by_query = format!("{path}?product_id={}", made["id"]);

    assert_eq!(alice.send(Method::POST, path, &body).await.status(), 201);
    assert_eq!(alice.send(Method::POST, path, &body).await.status(), 200);
    assert_eq!(
        alice
            .send(Method::POST, path, &json!({"product_id": 99}))
            .await
            .status(),
        404
    );
    assert_eq!(
        alice.send(Method::POST, path, &json!({})).await.status(),
        422
    );
    assert_eq!(
        bob.request(Method::DELETE, &by_query)
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
    let (_, list) = read(alice.get(path).await).await;
    assert_eq!(list["items"][0]["product"]["name"], "Leather sofa");
    assert_eq!(
        alice
            .request(Method::DELETE, &by_query)
            .send()
            .await
            .unwrap()
            .status(),
        204
    );
    assert_eq!(alice.send(Method::DELETE, path, &body).await.status(), 404);
}

#[actix_web::test]
async fn a_slide_is_shown_and_a_category_with_goods_stays() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;
    let home = category(&admin, "Home").await;
    add(&admin, sofa(home)).await;
    let form = Form::new()
        .text("title", "Calm")
        .part("file", picture("banner-home.jpg"));

    let request = admin
        .request(Method::POST, "/api/v1/carousels")
        .multipart(form);
    let (status, slide) = read(request.send().await.unwrap()).await;
    let shown = shop.request(Method::GET, "/api/v1/carousels").send().await;
    let path = format!("/api/v1/categories/{home}");
    let kept = admin.request(Method::DELETE, &path).send().await.unwrap();

    assert_eq!(status, 201, "{slide}");
    assert_eq!(read(shown.unwrap()).await.1["items"][0]["title"], "Calm");
    assert_eq!(kept.status(), 409);
    let path = format!("/api/v1/carousels/{}", slide["id"]);
    assert_eq!(
        admin
            .request(Method::DELETE, &path)
            .send()
            .await
            .unwrap()
            .status(),
        204
    );
}

#[actix_web::test]
async fn pictures_are_added_arranged_and_taken_away() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;
    let (_, made) = add(&admin, sofa(category(&admin, "Home").await)).await;
    let path = format!("/api/v1/product/{}/images", made["id"]);
    let two = Form::new()
        .part("file", picture("leather-sofa.jpg"))
        .part("file", picture("leather-sofa-2.jpg"));

    let request = admin.request(Method::POST, &path).multipart(two);
    let (status, added) = read(request.send().await.unwrap()).await;
    assert_eq!(status, 201, "{added}");
    let ids = [&added["items"][0]["id"], &added["items"][1]["id"]];
    let turned = json!({"order": [ids[1], ids[0]]});
    let (_, arranged) = read(admin.send(Method::PUT, &path, &turned).await).await;
    assert_eq!(&arranged["items"][0]["id"], ids[1]);
    let short = json!({"order": [ids[1]]});
    assert_eq!(admin.send(Method::PUT, &path, &short).await.status(), 422);
    let one = format!("{path}/{}", ids[1]);
    assert_eq!(
        admin
            .request(Method::DELETE, &one)
            .send()
            .await
            .unwrap()
            .status(),
        204
    );
    assert_eq!(
        admin
            .request(Method::DELETE, &one)
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
    let imgs = format!("/api/v1/imgs/{}", made["id"]);
    let (_, left) = read(shop.request(Method::GET, &imgs).send().await.unwrap()).await;
    assert_eq!(left["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(&left["items"][0]["id"], ids[0]);
}

#[actix_web::test]
async fn only_a_pictures_own_path_is_served() {
    let shop = TestShop::open().await;
    for path in [
        "/media/",
        "/media/..%2f..%2fsecrets.toml",
        "/media/ab/../../x",
        "/media/.stampede-media",
        "/assets/demo/catalogue.json",
        "/assets/docs/index.html",
        "/assets/..%2fCargo.toml",
    ] {
        let answer = shop.request(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
}

#[actix_web::test]
async fn an_admin_finds_what_is_off_sale_and_empties_its_category() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;
    let (home, attic) = (
        category(&admin, "Home").await,
        category(&admin, "Attic").await,
    );
    let (_, made) = add(&admin, sofa(home)).await;
    let product = format!("/api/v1/product/{}", made["id"]);
    let gone = admin
        .request(Method::DELETE, &product)
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), 204);
    let path = format!("/api/v1/categories/{home}");

    let kept = admin.request(Method::DELETE, &path).send().await.unwrap();
    let (status, problem) = read(kept).await;
    assert_eq!(
        (status, &problem["code"]),
        (409, &json!("category_not_empty"))
    );
    assert!(
        problem["detail"].as_str().unwrap().contains("1 products"),
        "{problem}"
    );
    let list = format!("/api/v1/admin/products?on_sale=false&category_id={home}&q=sofa");
    let (status, found) = read(admin.get(&list).await).await;
    assert_eq!((status, &found["total"]), (200, &json!(1)), "{found}");
    assert_eq!(found["items"][0]["id"], made["id"]);
    assert_eq!(found["items"][0]["on_sale"], false);
    let wrong = admin.get("/api/v1/admin/products?on_sale=maybe").await;
    assert_eq!(wrong.status(), 422);

    let moved = json!({"category_id": attic});
    assert_eq!(
        admin.send(Method::PUT, &product, &moved).await.status(),
        200
    );
    let gone = admin.request(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(gone.status(), 204);
}

#[actix_web::test]
async fn a_category_that_is_renamed_stays_where_it_is() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;
    let home = category(&admin, "Home").await;
    let body = json!({"name": "Sofas", "parent_id": home});
    let made = admin.send(Method::POST, "/api/v1/categories", &body).await;
    let (_, sofas) = read(made).await;
    let path = format!("/api/v1/categories/{}", sofas["id"]);

    let (status, renamed) = read(
        admin
            .send(Method::PUT, &path, &json!({"name": "Couches"}))
            .await,
    )
    .await;
    assert_eq!(
        (status, &renamed["parent_id"]),
        (200, &json!(home)),
        "{renamed}"
    );
    let (_, root) = read(
        admin
            .send(Method::PUT, &path, &json!({"parent_id": null}))
            .await,
    )
    .await;
    assert_eq!(
        (&root["name"], &root["parent_id"]),
        (&json!("Couches"), &json!(null))
    );
    let null = admin
        .send(Method::PUT, &path, &json!({"image_id": null}))
        .await;
    assert_eq!(null.status(), 200);
}

#[actix_web::test]
async fn no_picture_is_stored_for_a_product_that_is_refused() {
    let shop = TestShop::open().await;
    let admin = shop.admin().await;
    let not_a_picture = Part::bytes(b"no picture at all".as_slice()).file_name("x.jpg");

    let form = sofa(999_999).part("file", not_a_picture);
    let (status, problem) = add(&admin, form).await;

    assert_eq!(status, 422, "{problem}");
    assert_eq!(problem["errors"][0]["field"], "category_id");
}
