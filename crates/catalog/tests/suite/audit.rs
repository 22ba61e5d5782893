//! The audit names what was broken by hand, and nothing else.

use stampede_catalog::*;
use stampede_kernel::{CategoryId, ImageId, ProductId, SkuId};
use stampede_persistence::audit::Breach;
use stampede_persistence::idempotency::Idempotency;
use stampede_test_support::news;

use crate::shop::*;

/// A catalogue with something of everything, on which each break finds a
/// product or a category of its own.
struct Scene {
    shop: Shop,
    products: Vec<Product>,
    categories: Vec<CategoryId>,
    image: ImageId,
}

impl Scene {
    async fn open() -> Self {
        let shop = Shop::open().await;
        let image = shop.image(1).await;
        let user = r#"INSERT INTO "user" (id, user_name, name_key, nick_name, password_hash,
            role, status, language, created_at, updated_at)
            VALUES (7, 'u', 'u', 'u', '', 'customer', 'active', 'en', 1, 1)"#;
        shop.db.by_hand(&[user]).await;
        let mut categories = Vec::new();
        for name in ["Green", "Black", "White"] {
            let below = NewCategory {
                parent_id: Some(shop.tea),
                image: Some(image),
                ..named(name)
            };
            categories.push(shop.categories.create(ADMIN, below).await.unwrap().id);
        }
        let mut products = Vec::new();
        for price in 1..=7 {
            let tea = NewProduct {
                skus: vec![new_sku(price * 100, 5), new_sku(price * 200, 0)],
                images: vec![image],
                ..shop.tea(price * 100, 5)
            };
            products.push(shop.products.create(ADMIN, tea).await.unwrap().product);
        }
        let user = stampede_kernel::UserId(7);
        shop.favorites.add(user, products[0].id).await.unwrap();
        let slide = NewCarousel {
            title: "Tea".into(),
            translations: Texts::new(),
            product_id: Some(products[0].id),
            image,
        };
        shop.carousel.create(ADMIN, slide).await.unwrap();
        bulk::products(&shop.db.db, &categories, 50, stampede_kernel::Timestamp(9))
            .await
            .unwrap();
        Self {
            shop,
            products,
            categories,
            image,
        }
    }

    async fn breaches(&self) -> Vec<Breach> {
        let tx = self.shop.db.db.snapshot().await.unwrap();
        audit(&tx).await.unwrap()
    }

    /// Breaks it and sees just that named.
    async fn breaks(&self, sql: &[&str], invariant: &str, subject: &str) {
        let before = self.breaches().await;
        self.shop.db.by_hand(sql).await;
        let after = self.breaches().await;
        assert_eq!(news(&before, &after), [(invariant, subject)], "{sql:?}");
    }

    fn product(&self, n: usize) -> ProductId {
        self.products[n].id
    }

    fn sku(&self, n: usize) -> SkuId {
        self.products[n].skus[0].id
    }
}

#[tokio::test]
async fn a_furnished_catalogue_is_sound() {
    assert_eq!(Scene::open().await.breaches().await, []);
}

#[tokio::test]
async fn units_that_nobody_moved_are_named() {
    let scene = Scene::open().await;
    let (more, less, gone) = (scene.sku(0), scene.sku(1), scene.sku(2));
    let journal = "INSERT INTO stock_journal (sku_id, delta, reason, created_at) VALUES";

    let sql = format!("UPDATE sku SET num = num + 1 WHERE id = {more}");
    scene.breaks(&[&sql], "I4", &format!("sku {more}")).await;
    // Its journal agrees.
    let sql = [
        format!("UPDATE sku SET num = -1 WHERE id = {less}"),
        format!("{journal} ({less}, -6, 'x', 1)"),
    ];
    let sql = [sql[0].as_str(), &sql[1]];
    scene.breaks(&sql, "I4", &format!("sku {less}")).await;
    let sql = format!("DELETE FROM stock_journal WHERE sku_id = {gone}");
    scene.breaks(&[&sql], "I4", &format!("sku {gone}")).await;
    let sql = format!("{journal} (404, 1, 'x', 1)");
    scene.breaks(&[&sql], "I4", "sku 404").await;
}

#[tokio::test]
async fn a_price_history_that_is_not_the_skus_is_named() {
    let scene = Scene::open().await;
    let (younger, none) = (scene.sku(0), scene.sku(1));
    let history = "INSERT INTO price_history (sku_id, price, since) VALUES";

    let sql = format!("{history} (404, 1, 1)");
    scene.breaks(&[&sql], "I11", "sku 404").await;
    let sql = format!("{history} ({younger}, 1, 9999999999999)");
    scene
        .breaks(&[&sql], "I13", &format!("sku {younger}"))
        .await;
    let sql = format!("DELETE FROM price_history WHERE sku_id = {none}");
    scene.breaks(&[&sql], "I13", &format!("sku {none}")).await;
}

#[tokio::test]
async fn products_and_skus_without_each_other_or_a_category_are_named() {
    let scene = Scene::open().await;
    let (homeless, dear) = (scene.product(0), scene.products[1].skus[1].id);

    let sql = format!("UPDATE product SET category_id = 404 WHERE id = {homeless}");
    let subject = format!("product {homeless}");
    scene.breaks(&[&sql], "I11", &subject).await;
    let sql = format!(
        "INSERT INTO product (id, category_id, name, title, info, on_sale, pay_price,
            created_at, updated_at) VALUES (405, {}, 'x', '', '', FALSE, 1, 1, 1)",
        scene.categories[0]
    );
    scene.breaks(&[&sql], "I11", "product 405").await;
    let sql = "INSERT INTO sku (id, product_id, options, price, num, created_at)
        VALUES (406, 404, '{}', 1, 0, 1)";
    scene.breaks(&[sql], "I11", "sku 406").await;
    let sql = format!("UPDATE sku SET discount_price = price + 1 WHERE id = {dear}");
    scene.breaks(&[&sql], "I11", &format!("sku {dear}")).await;
}

#[tokio::test]
async fn categories_below_nothing_or_below_themselves_are_named() {
    let scene = Scene::open().await;
    let [green, black, white] = scene.categories[..] else {
        panic!("three categories")
    };

    for (id, column, to) in [
        (green, "parent_id", 404),
        (black, "parent_id", black.0),
        (white, "image_id", 404),
    ] {
        let sql = format!("UPDATE category SET {column} = {to} WHERE id = {id}");
        scene
            .breaks(&[&sql], "I11", &format!("category {id}"))
            .await;
    }
}

#[tokio::test]
async fn pictures_slides_and_favourites_of_nothing_are_named() {
    let scene = Scene::open().await;
    let (shown, image) = (scene.product(0), scene.image);
    let picture = "INSERT INTO product_image (product_id, image_id, place) VALUES";
    let slide = "INSERT INTO carousel (id, title, image_id, product_id, created_at) VALUES";
    let favorite = "INSERT INTO favorite (id, user_id, product_id, created_at) VALUES";

    for (sql, subject) in [
        (
            format!("{picture} ({shown}, 404, 9)"),
            format!("product {shown}"),
        ),
        (format!("{picture} (404, {image}, 0)"), "product 404".into()),
        (
            format!("{slide} (501, 'x', 404, NULL, 1)"),
            "carousel slide 501".into(),
        ),
        (
            format!("{slide} (502, 'x', {image}, 404, 1)"),
            "carousel slide 502".into(),
        ),
        (
            format!("{favorite} (503, 7, 404, 1)"),
            "favourite 503".into(),
        ),
        (
            format!("{favorite} (504, 404, {shown}, 1)"),
            "favourite 504".into(),
        ),
    ] {
        scene.breaks(&[&sql], "I11", &subject).await;
    }
}

#[tokio::test]
async fn a_product_that_lists_sort_by_a_stale_price_is_named() {
    let scene = Scene::open().await;
    let stale = scene.product(3);

    let sql = format!("UPDATE product SET pay_price = pay_price + 1 WHERE id = {stale}");

    scene
        .breaks(&[&sql], "I13", &format!("product {stale}"))
        .await;
}

#[tokio::test]
async fn an_answer_of_a_movement_that_never_was_or_was_of_another_key_is_named() {
    let scene = Scene::open().await;
    let sku = scene.sku(0);
    let more = StockMove {
        sku,
        delta: 3,
        reason: "found in the cellar".into(),
    };
    let scope = format!("POST /sku/{sku}/stock");
    // The product was made by the same admin, with units, at an instant of its own.
    scene.shop.clock.advance(std::time::Duration::from_secs(1));
    let key = Idempotency::of(ADMIN, scope, "k1".into(), &more);
    let moved = scene.shop.stock.move_stock(ADMIN, more, Some(key)).await;
    moved.unwrap();
    assert_eq!(scene.breaches().await, []);

    let answer = |name: &str| format!("answer to {name} of user {ADMIN}");
    let again = r#"INSERT INTO idempotency (user_id, scope, "key", fingerprint, answer, created_at)
        SELECT user_id, scope, 'k2', fingerprint, answer, created_at FROM idempotency"#;
    scene.breaks(&[again], "I6", &answer("k2")).await;
    let earlier = r#"UPDATE idempotency SET created_at = created_at - 1 WHERE "key" = 'k1'"#;
    scene.breaks(&[earlier], "I6", &answer("k1")).await;
}
