//! The category tree.

use stampede_catalog::*;
use stampede_kernel::{CategoryId, ImageId};

use crate::shop::{ADMIN, Shop, named};

fn below(parent: CategoryId, name: &str) -> NewCategory {
    NewCategory {
        parent_id: Some(parent),
        ..named(name)
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, CategoryError>) -> &'static str {
    match result.unwrap_err() {
        CategoryError::Invalid { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_category_stands_below_one_that_exists_and_never_below_itself() {
    let shop = Shop::open().await;
    let create = |new| shop.categories.create(ADMIN, new);
    let green = create(below(shop.tea, "Green")).await.unwrap().id;
    let sencha = create(below(green, "Sencha")).await.unwrap().id;

    assert_eq!(
        code(create(below(CategoryId(999), "x")).await),
        "unknown_category"
    );
    assert_eq!(code(create(named(" ")).await), "required");
    let pictured = NewCategory {
        image: Some(ImageId(999)),
        ..named("x")
    };
    assert_eq!(code(create(pictured).await), "unknown_image");
    for parent in [shop.tea, green, sencha] {
        let moved = shop
            .categories
            .change(ADMIN, shop.tea, below(parent, "Tea"));
        assert_eq!(code(moved.await), "ring");
    }
    let absent = shop.categories.change(ADMIN, CategoryId(999), named("x"));
    assert!(matches!(absent.await, Err(CategoryError::NotFound)));
}

#[tokio::test]
async fn two_moves_at_once_make_no_ring() {
    let shop = Shop::open().await;
    let cups = shop.categories.create(ADMIN, named("Cups")).await.unwrap();

    for _ in 0..5 {
        let (a, b) = futures::join!(
            shop.categories
                .change(ADMIN, shop.tea, below(cups.id, "Tea")),
            shop.categories
                .change(ADMIN, cups.id, below(shop.tea, "Cups")),
        );
        assert_eq!(
            usize::from(a.is_ok()) + usize::from(b.is_ok()),
            1,
            "{a:?} {b:?}"
        );
        for id in [(shop.tea, "Tea"), (cups.id, "Cups")] {
            let root = shop.categories.change(ADMIN, id.0, named(id.1));
            root.await.unwrap();
        }
    }
}

#[tokio::test]
async fn only_an_empty_category_is_deleted() {
    let shop = Shop::open().await;
    let green = shop.categories.create(ADMIN, below(shop.tea, "Green"));
    let green = green.await.unwrap().id;
    let not_empty = shop.categories.delete(ADMIN, shop.tea).await;
    assert!(matches!(not_empty, Err(CategoryError::NotEmpty)));

    shop.categories.delete(ADMIN, green).await.unwrap();
    let again = shop.categories.delete(ADMIN, green).await;
    assert!(matches!(again, Err(CategoryError::NotFound)));
    shop.product(100, 1).await;
    let not_empty = shop.categories.delete(ADMIN, shop.tea).await;
    assert!(matches!(not_empty, Err(CategoryError::NotEmpty)));
    assert_eq!(shop.acts("category.delete").await, 1);
}

#[tokio::test]
async fn a_product_made_while_its_category_is_deleted_is_not_orphaned() {
    let shop = Shop::open().await;
    for _ in 0..5 {
        let new = shop.categories.create(ADMIN, named("Short-lived")).await;
        let id = new.unwrap().id;
        let product = NewProduct {
            category_id: id,
            ..shop.tea(100, 1)
        };

        let (made, deleted) = futures::join!(
            shop.products.create(ADMIN, product),
            shop.categories.delete(ADMIN, id),
        );

        assert_ne!(made.is_ok(), deleted.is_ok(), "{made:?} {deleted:?}");
    }
}
