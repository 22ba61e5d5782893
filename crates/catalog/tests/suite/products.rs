//! Making and changing products.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use sea_orm::ConnectionTrait;
use stampede_catalog::*;
use stampede_kernel::{
    CategoryId, FieldError, ImageId, Language, PageSize, ProductId, SkuId, Timestamp,
};

use crate::shop::{ADMIN, Shop, money, new_sku};

/// The field and the code of a refusal.
fn refused<T: std::fmt::Debug>(result: Result<T, ProductError>) -> (&'static str, &'static str) {
    match result.unwrap_err() {
        ProductError::Invalid(FieldError {
            field: Cow::Borrowed(field),
            code,
            ..
        }) => (field, code),
        other => panic!("{other:?}"),
    }
}

fn change_of(id: Option<SkuId>) -> SkuChange {
    SkuChange {
        tax_rate: None,
        id,
        options: None,
        price: None,
        discount_price: None,
        num: None,
    }
}

#[tokio::test]
async fn a_product_without_a_category_or_with_strange_pictures_is_not_made() {
    let shop = Shop::open().await;
    let homeless = NewProduct {
        category_id: CategoryId(999),
        ..shop.tea(100, 1)
    };
    let pictured = NewProduct {
        images: vec![ImageId(999)],
        ..shop.tea(100, 1)
    };

    assert_eq!(
        refused(shop.products.create(ADMIN, homeless).await),
        ("category_id", "unknown_category")
    );
    assert_eq!(
        refused(shop.products.create(ADMIN, pictured).await),
        ("file", "unknown_image")
    );
    assert_eq!(shop.acts("product.create").await, 0);
}

#[tokio::test]
async fn num_and_on_sale_of_a_new_product_are_kept_and_its_stock_is_journalled() {
    let shop = Shop::open().await;
    let image = shop.image(1).await;
    let new = NewProduct {
        on_sale: false,
        skus: vec![new_sku(1_999, 7), new_sku(900, 0)],
        images: vec![image, image],
        ..shop.tea(1, 1)
    };

    let made = shop.products.create(ADMIN, new).await.unwrap();

    let product = &made.product;
    assert!(!product.on_sale);
    assert_eq!(product.skus[0].num, 7);
    assert_eq!(product.skus[1].price, money(900));
    assert_eq!(made.images.len(), 1);
    assert_eq!(product.cover.as_ref().map(|cover| cover.id), Some(image));
    assert_eq!(shop.journal(product.skus[0].id).await, [7]);
    assert_eq!(shop.journal(product.skus[1].id).await, [0_i64; 0]);
    assert_eq!(shop.acts("product.create").await, 1);
    assert_eq!(shop.news("product", product.id.0).await, 1);
}

#[tokio::test]
async fn what_is_off_sale_is_absent_for_customers_and_there_for_admins() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await;

    shop.products.take_off_sale(ADMIN, tea.id).await.unwrap();

    let seen = shop.products.product(tea.id, Viewer::Customer).await;
    assert!(matches!(seen, Err(ProductError::NotFound)));
    assert!(!shop.now(tea.id).await.on_sale);
    let absent = shop.products.take_off_sale(ADMIN, ProductId(999)).await;
    assert!(matches!(absent, Err(ProductError::NotFound)));
}

#[tokio::test]
async fn a_discount_above_the_price_in_force_is_refused_whichever_of_the_two_moved() {
    let shop = Shop::open().await;
    let tea = shop.product(1_000, 1).await;
    let discount = |minor: i64| ProductChange {
        discount_price: Some(Some(money(minor))),
        ..ProductChange::default()
    };

    let above = shop.products.change(ADMIN, tea.id, discount(1_001)).await;
    assert_eq!(refused(above), ("discount_price", "above_price"));
    shop.products
        .change(ADMIN, tea.id, discount(800))
        .await
        .unwrap();
    let below = ProductChange {
        price: Some(money(799)),
        ..ProductChange::default()
    };
    assert_eq!(
        refused(shop.products.change(ADMIN, tea.id, below).await),
        ("discount_price", "above_price")
    );

    let now = shop.now(tea.id).await;
    assert_eq!(now.skus[0].price, money(1_000));
    assert_eq!(now.skus[0].discount_price, Some(money(800)));
}

#[tokio::test]
async fn a_change_adds_and_changes_skus_and_leaves_the_others_alone() {
    let shop = Shop::open().await;
    let tea = shop.product(1_000, 3).await;
    let options = BTreeMap::from([("Size".to_owned(), "L".to_owned())]);
    let add = ProductChange {
        discount_price: Some(Some(money(900))),
        skus: vec![SkuChange {
            price: Some(money(2_000)),
            num: Some(5),
            options: Some(options.clone()),
            ..change_of(None)
        }],
        ..ProductChange::default()
    };

    let now = shop.products.change(ADMIN, tea.id, add).await.unwrap();
    let [first, second] = now.product.skus.as_slice() else {
        panic!("{:?}", now.product.skus)
    };
    assert_eq!((first.num, first.pay_price()), (3, money(900)));
    assert_eq!((second.num, &second.options), (5, &options));
    assert_eq!(shop.journal(second.id).await, [5]);

    let clear = ProductChange {
        name: Some("Gyokuro".into()),
        skus: vec![SkuChange {
            discount_price: Some(None),
            ..change_of(Some(first.id))
        }],
        ..ProductChange::default()
    };
    let now = shop.products.change(ADMIN, tea.id, clear).await.unwrap();
    assert_eq!(now.product.name, "Gyokuro");
    assert_eq!(now.product.title, tea.title);
    assert_eq!(now.product.skus[0].discount_price, None);
    assert_eq!(now.product.skus[1].price, money(2_000));
}

#[tokio::test]
async fn a_sku_of_another_product_is_not_changed() {
    let shop = Shop::open().await;
    let tea = shop.product(1_000, 3).await;
    let other = shop.product(500, 3).await;
    let change = ProductChange {
        skus: vec![SkuChange {
            price: Some(money(1)),
            ..change_of(Some(other.skus[0].id))
        }],
        ..ProductChange::default()
    };

    assert_eq!(
        refused(shop.products.change(ADMIN, tea.id, change).await),
        ("skus", "unknown_sku")
    );
    assert_eq!(shop.now(other.id).await.skus[0].price, money(500));
}

#[tokio::test]
async fn two_changes_at_once_lose_nothing() {
    let shop = Shop::open().await;
    let tea = shop.product(10_000, 3).await;
    let discounts = (1..=8).map(|n| ProductChange {
        discount_price: Some(Some(money(n * 1_000))),
        ..ProductChange::default()
    });
    let prices = (1..=8).map(|n| ProductChange {
        price: Some(money(n * 1_000)),
        ..ProductChange::default()
    });

    let changes = discounts
        .zip(prices)
        .flat_map(|(a, b)| [a, b])
        .map(|change| shop.products.change(ADMIN, tea.id, change));
    for result in futures::future::join_all(changes).await {
        assert!(
            matches!(result, Ok(_) | Err(ProductError::Invalid(_))),
            "{result:?}"
        );
    }

    let sku = &shop.now(tea.id).await.skus[0];
    assert!(sku.discount_price.unwrap() <= sku.price);
}

#[tokio::test]
async fn texts_that_a_database_cannot_hold_are_refused_and_all_others_come_back() {
    let shop = Shop::open().await;
    let text = Text {
        name: Some("煎茶 🍵".into()),
        title: None,
        info: Some("%_\\'\"".into()),
    };
    let translated = |name: &str| NewProduct {
        name: name.into(),
        translations: Texts::from([(Language::JA, text.clone())]),
        info: "茶".repeat(20_000),
        ..shop.tea(100, 1)
    };

    assert_eq!(
        refused(shop.products.create(ADMIN, translated("a\0")).await),
        ("name", "characters")
    );
    let made = shop.products.create(ADMIN, translated("Sencha")).await;
    let made = made.unwrap().product;
    assert_eq!(made.translations[&Language::JA], text);
    assert_eq!(made.info.chars().count(), 20_000);
}

#[tokio::test]
async fn pictures_are_at_most_ten_and_their_order_names_each_once() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await;
    let mut images = Vec::new();
    for n in 1..=11 {
        images.push(shop.image(n).await);
    }
    let last = images.pop().unwrap();
    let added = shop.products.add_images(ADMIN, tea.id, images.clone());
    assert_eq!(added.await.unwrap().len(), 10);

    let more = shop.products.add_images(ADMIN, tea.id, vec![last]).await;
    assert!(matches!(more, Err(ProductError::TooManyImages)));
    let short = images[1..].to_vec();
    assert_eq!(
        refused(shop.products.order_images(ADMIN, tea.id, short).await).0,
        "order"
    );
    let strange = shop.products.remove_image(ADMIN, tea.id, last).await;
    assert!(matches!(strange, Err(ProductError::ImageNotFound)));

    images.reverse();
    let placed = shop.products.order_images(ADMIN, tea.id, images.clone());
    let placed: Vec<_> = placed.await.unwrap().iter().map(|image| image.id).collect();
    assert_eq!(placed, images);
    shop.products
        .remove_image(ADMIN, tea.id, images[0])
        .await
        .unwrap();
    let cover = shop.now(tea.id).await.cover.map(|cover| cover.id);
    assert_eq!(cover, Some(images[1]));
}

#[tokio::test]
async fn looks_are_counted_and_are_no_change_of_the_product() {
    let shop = Shop::open().await;
    let (tea, cup) = (shop.product(100, 1).await, shop.product(200, 1).await);
    shop.clock.advance(std::time::Duration::from_secs(9));

    for _ in 0..3 {
        shop.products.count_view(tea.id);
    }
    shop.products.count_view(cup.id);
    shop.products.flush_views().await.unwrap();
    shop.products.flush_views().await.unwrap();

    let now = shop.now(tea.id).await;
    assert_eq!((now.view, now.updated_at), (3, tea.updated_at));
    assert_eq!(shop.now(cup.id).await.view, 1);
}

#[tokio::test]
async fn looks_that_could_not_be_written_are_kept_for_the_next_time() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await;
    shop.products.count_view(tea.id);

    rename(&shop, "product", "product_away").await;
    shop.products.count_view(tea.id);
    assert!(shop.products.flush_views().await.is_err());
    rename(&shop, "product_away", "product").await;
    shop.products.count_view(tea.id);
    shop.products.flush_views().await.unwrap();

    assert_eq!(shop.now(tea.id).await.view, 3);
}

async fn rename(shop: &Shop, from: &str, to: &str) {
    let tx = shop.db.db.begin_write().await.unwrap();
    let sql = format!("ALTER TABLE {from} RENAME TO {to}");
    tx.execute_unprepared(&sql).await.unwrap();
    tx.commit().await.unwrap();
}

/// Says that one SKU is in a sale.
pub(crate) struct OneSale(pub(crate) SkuId);

#[async_trait::async_trait]
impl SaleWatch for OneSale {
    async fn in_sale(
        &self,
        _: &sea_orm::DatabaseTransaction,
        skus: &[SkuId],
        _: Timestamp,
    ) -> Result<bool, sea_orm::DbErr> {
        Ok(skus.contains(&self.0))
    }
}

#[tokio::test]
async fn a_product_in_a_sale_stays_on_sale() {
    let mut shop = Shop::open().await;
    let (tea, cup) = (shop.product(100, 5).await, shop.product(100, 5).await);
    shop.products = shop.products.watching(Arc::new(OneSale(tea.skus[0].id)));
    let off = ProductChange {
        on_sale: Some(false),
        ..ProductChange::default()
    };

    let deleted = shop.products.take_off_sale(ADMIN, tea.id).await;
    let changed = shop.products.change(ADMIN, tea.id, off.clone()).await;
    assert!(matches!(deleted, Err(ProductError::InSale)));
    assert!(matches!(changed, Err(ProductError::InSale)));
    assert!(shop.now(tea.id).await.on_sale);

    shop.products.take_off_sale(ADMIN, cup.id).await.unwrap();
    assert!(!shop.now(cup.id).await.on_sale);
}

#[tokio::test]
async fn an_admin_finds_everything_by_name_id_category_and_whether_it_is_on_sale() {
    let shop = Shop::open().await;
    let named = |name: &str| NewProduct {
        name: name.into(),
        ..shop.tea(100, 1)
    };
    let mut ids = Vec::new();
    for name in ["Sencha 100%", "Sencha_1", "sencha", "Šálek", "Cup"] {
        let made = shop.products.create(ADMIN, named(name)).await.unwrap();
        ids.push(made.product.id);
    }
    shop.products.take_off_sale(ADMIN, ids[2]).await.unwrap();
    let ask = async |query: AdminProductQuery| {
        let page = shop.products.all(query).await.unwrap();
        let found: Vec<_> = page.items.iter().map(|product| product.id).collect();
        assert_eq!(page.total, Some(u64::try_from(found.len()).unwrap()));
        found
    };
    let q = |q: &str| AdminProductQuery {
        q: Some(q.to_owned()),
        ..AdminProductQuery::default()
    };

    assert_eq!(
        ask(AdminProductQuery::default()).await,
        [ids[4], ids[3], ids[2], ids[1], ids[0]]
    );
    assert_eq!(ask(q("SENCHA")).await, [ids[2], ids[1], ids[0]]);
    assert_eq!(ask(q("100%")).await, [ids[0]]);
    assert_eq!(ask(q("a_1")).await, [ids[1]]);
    assert_eq!(ask(q("Šál")).await, [ids[3]]);
    assert_eq!(ask(q(&ids[4].to_string())).await, [ids[4]]);
    assert_eq!(ask(q("'; --")).await, []);
    let on_sale = |on_sale| AdminProductQuery {
        on_sale: Some(on_sale),
        ..q("sencha")
    };
    assert_eq!(ask(on_sale(false)).await, [ids[2]]);
    assert_eq!(ask(on_sale(true)).await, [ids[1], ids[0]]);
    let elsewhere = AdminProductQuery {
        category: Some(CategoryId(999)),
        ..AdminProductQuery::default()
    };
    assert_eq!(ask(elsewhere).await, []);

    let paged = |cursor| AdminProductQuery {
        size: PageSize::new(2).unwrap(),
        cursor,
        ..AdminProductQuery::default()
    };
    let first = shop.products.all(paged(None)).await.unwrap();
    assert_eq!((first.items.len(), first.total), (2, Some(5)));
    let second = shop.products.all(paged(first.next.clone())).await.unwrap();
    assert_eq!(second.items[0].id, ids[2]);
    let other_filters = AdminProductQuery {
        cursor: first.next,
        ..on_sale(true)
    };
    let refused = shop.products.all(other_filters).await;
    assert!(matches!(refused, Err(ProductError::Cursor(_))));
}
