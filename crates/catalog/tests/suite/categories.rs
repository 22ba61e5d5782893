//! The category tree.

use stampede_catalog::*;
use stampede_kernel::{CategoryId, ImageId};
use stampede_media::ImageReferences;

use crate::shop::{ADMIN, Shop, named};

fn below(parent: CategoryId, name: &str) -> NewCategory {
    NewCategory {
        parent_id: Some(parent),
        ..named(name)
    }
}

fn moved(parent: Option<CategoryId>) -> CategoryChange {
    CategoryChange {
        parent_id: Some(parent),
        ..CategoryChange::default()
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, CategoryError>) -> &'static str {
    match result.unwrap_err() {
        CategoryError::Invalid(fault) => fault.code,
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
    assert_eq!(code(create(named(" ")).await), "too_short");
    let pictured = NewCategory {
        image: Some(ImageId(999)),
        ..named("x")
    };
    assert_eq!(code(create(pictured).await), "unknown_image");
    for parent in [shop.tea, green, sencha] {
        let below_itself = moved(Some(parent));
        let refused = shop.categories.change(ADMIN, shop.tea, below_itself);
        assert_eq!(code(refused.await), "ring");
    }
    let absent = shop.categories.change(ADMIN, CategoryId(999), moved(None));
    assert!(matches!(absent.await, Err(CategoryError::NotFound)));
}

#[tokio::test]
async fn two_moves_at_once_make_no_ring() {
    let shop = Shop::open().await;
    let cups = shop.categories.create(ADMIN, named("Cups")).await.unwrap();

    for _ in 0..5 {
        let (a, b) = futures::join!(
            shop.categories
                .change(ADMIN, shop.tea, moved(Some(cups.id))),
            shop.categories
                .change(ADMIN, cups.id, moved(Some(shop.tea))),
        );
        assert_eq!(
            usize::from(a.is_ok()) + usize::from(b.is_ok()),
            1,
            "{a:?} {b:?}"
        );
        for id in [shop.tea, cups.id] {
            let root = shop.categories.change(ADMIN, id, moved(None));
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
    let one_category = CategoryError::NotEmpty {
        products: 0,
        categories: 1,
    };
    assert_eq!(not_empty.unwrap_err().to_string(), one_category.to_string());

    shop.categories.delete(ADMIN, green).await.unwrap();
    let again = shop.categories.delete(ADMIN, green).await;
    assert!(matches!(again, Err(CategoryError::NotFound)));
    let tea = shop.product(100, 1).await;
    shop.products.take_off_sale(ADMIN, tea.id).await.unwrap();
    shop.product(100, 1).await;
    let not_empty = shop.categories.delete(ADMIN, shop.tea).await;
    assert!(matches!(
        not_empty,
        Err(CategoryError::NotEmpty {
            products: 2,
            categories: 0
        })
    ));
    assert_eq!(shop.acts("category.delete").await, 1);
}

#[tokio::test]
async fn a_category_whose_goods_are_all_gone_can_be_emptied_and_deleted() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await;
    shop.products.take_off_sale(ADMIN, tea.id).await.unwrap();
    let attic = shop.categories.create(ADMIN, named("Attic")).await.unwrap();
    let left = AdminProductQuery {
        category: Some(shop.tea),
        ..AdminProductQuery::default()
    };

    for product in shop.products.all(left).await.unwrap().items {
        let moved = ProductChange {
            category_id: Some(attic.id),
            ..ProductChange::default()
        };
        let moved = shop.products.change(ADMIN, product.id, moved).await;
        assert!(!moved.unwrap().product.on_sale);
    }

    shop.categories.delete(ADMIN, shop.tea).await.unwrap();
    assert_eq!(shop.now(tea.id).await.category_id, attic.id);
}

#[tokio::test]
async fn what_a_change_of_a_category_leaves_out_stays() {
    let shop = Shop::open().await;
    let image = shop.image(1).await;
    let new = NewCategory {
        image: Some(image),
        ..below(shop.tea, "Green")
    };
    let green = shop.categories.create(ADMIN, new).await.unwrap();
    let change = |change| shop.categories.change(ADMIN, green.id, change);

    let renamed = change(CategoryChange {
        name: Some("Greens".to_owned()),
        ..CategoryChange::default()
    });
    let renamed = renamed.await.unwrap();
    let expected = Category {
        name: "Greens".to_owned(),
        ..green.clone()
    };
    assert_eq!(renamed, expected);
    let same = change(CategoryChange::default()).await.unwrap();
    assert_eq!(same, expected);
    let bare = change(CategoryChange {
        image: Some(None),
        ..moved(None)
    });
    let bare = bare.await.unwrap();
    assert_eq!((bare.parent_id, bare.image), (None, None));
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

#[tokio::test]
async fn pictures_of_categories_products_and_slides_are_shown_and_others_are_not() {
    let shop = Shop::open().await;
    let mut images = Vec::new();
    for n in 1..=4 {
        images.push(shop.image(n).await);
    }
    let category = NewCategory {
        image: Some(images[0]),
        ..named("Pictured")
    };
    shop.categories.create(ADMIN, category).await.unwrap();
    let tea = shop.product(100, 3).await;
    let added = shop.products.add_images(ADMIN, tea.id, vec![images[1]]);
    added.await.unwrap();
    let slide = NewCarousel {
        title: "Spring".to_owned(),
        translations: Texts::new(),
        image: images[2],
        product_id: None,
    };
    shop.carousel.create(ADMIN, slide).await.unwrap();

    let snapshot = shop.db.db.snapshot().await.unwrap();
    let shown = CatalogPictures
        .referenced(&snapshot, &images)
        .await
        .unwrap();

    assert_eq!(shown, images[..3].iter().copied().collect());
}
