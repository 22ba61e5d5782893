//! Since when a price is in force, and the lowest one of the 30 days before it.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{EntityTrait, QueryOrder};
use stampede_catalog::csv::Importer;
use stampede_catalog::*;
use stampede_kernel::*;
use stampede_persistence::entity::price_history;
use stampede_test_support::{at_once, rounds};

use crate::products::OneSale;
use crate::shop::*;

const DAY: Duration = Duration::from_hours(24);

fn price(minor: i64) -> ProductChange {
    ProductChange {
        price: Some(money(minor)),
        ..ProductChange::default()
    }
}

fn discount(minor: Option<i64>) -> ProductChange {
    ProductChange {
        discount_price: Some(minor.map(money)),
        ..ProductChange::default()
    }
}

impl Shop {
    async fn change(&self, id: ProductId, change: ProductChange) -> Sku {
        let changed = self.products.change(ADMIN, id, change).await.unwrap();
        changed.product.skus[0].clone()
    }

    /// What was ever paid for any SKU, and since when.
    async fn history(&self) -> Vec<(SkuId, i64, Timestamp)> {
        let rows = price_history::Entity::find().order_by_asc(price_history::Column::Id);
        let rows = rows.all(self.db.db.reader()).await.unwrap();
        let row = |row: price_history::Model| (row.sku_id, row.price.minor(), row.since);
        rows.into_iter().map(row).collect()
    }

    async fn sound(&self) {
        let tx = self.db.db.snapshot().await.unwrap();
        assert_eq!(audit(&tx).await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_new_sku_has_its_price_since_it_is_there_and_no_lower_one() {
    let shop = Shop::open().await;
    let new = NewProduct {
        skus: vec![
            NewSku {
                discount_price: Some(money(80)),
                ..new_sku(100, 1)
            },
            new_sku(200, 1),
        ],
        ..shop.tea(1, 1)
    };

    let tea = shop.products.create(ADMIN, new).await.unwrap().product;

    let now = shop.clock.now();
    for sku in &tea.skus {
        assert_eq!((sku.price_since, sku.lowest_30_days), (Some(now), None));
    }
    let ids = [tea.skus[0].id, tea.skus[1].id];
    assert_eq!(
        shop.history().await,
        [(ids[0], 80, now), (ids[1], 200, now)]
    );
}

#[tokio::test]
async fn what_changes_no_price_that_is_paid_leaves_the_history_alone() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await;
    let before = shop.history().await;
    let begun = shop.clock.now();
    shop.clock.advance(DAY);

    shop.change(tea.id, discount(Some(100))).await;
    shop.change(tea.id, price(150)).await;
    shop.change(tea.id, price(150)).await;
    let renamed = ProductChange {
        name: Some("Gyokuro".into()),
        ..ProductChange::default()
    };
    let sku = shop.change(tea.id, renamed).await;

    assert_eq!((sku.price, sku.pay_price()), (money(150), money(100)));
    assert_eq!((sku.price_since, sku.lowest_30_days), (Some(begun), None));
    assert_eq!(shop.history().await, before);
}

#[tokio::test]
async fn a_reduction_says_what_was_the_least_in_the_thirty_days_before_it() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await;
    let shown = |sku: Sku| {
        let lowest = sku.lowest_30_days.map(Money::minor);
        (sku.price_since == Some(shop.clock.now()), lowest)
    };

    shop.clock.advance(DAY * 10);
    assert_eq!(
        shown(shop.change(tea.id, discount(Some(70))).await),
        (true, Some(100))
    );
    shop.clock.advance(DAY * 5);
    // Raised before the next reduction: the lower one still counts.
    assert_eq!(
        shown(shop.change(tea.id, discount(None)).await),
        (true, Some(70))
    );
    shop.clock.advance(DAY * 29);
    assert_eq!(
        shown(shop.change(tea.id, discount(Some(90))).await),
        (true, Some(70))
    );
    // The price that was in force when the thirty days began counts, however old it is.
    shop.clock.advance(DAY * 100);
    assert_eq!(
        shown(shop.change(tea.id, price(95)).await),
        (false, Some(70))
    );
    assert_eq!(
        shown(shop.change(tea.id, discount(Some(60))).await),
        (true, Some(90))
    );
    shop.clock.advance(DAY * 31);
    assert_eq!(
        shown(shop.change(tea.id, discount(Some(50))).await),
        (true, Some(60))
    );

    let paid: Vec<_> = (shop.history().await.iter())
        .map(|(_, price, _)| *price)
        .collect();
    assert_eq!(paid, [100, 70, 100, 90, 60, 50]);
    let list = shop.products.list(everything(Sort::New)).await.unwrap();
    assert_eq!(list.page.items[0].skus[0].lowest_30_days, Some(money(60)));
    shop.sound().await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_turn_the_history_round() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await;
    let begun = shop.clock.now();
    shop.clock.set(begun.minus(DAY));

    let sku = shop.change(tea.id, price(90)).await;

    assert_eq!(
        (sku.price_since, sku.lowest_30_days),
        (Some(begun), Some(money(100)))
    );
    shop.sound().await;
}

#[tokio::test]
async fn a_sheet_and_a_bulk_load_write_the_history_too() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 1).await;
    shop.clock.advance(DAY);
    let importer = Importer::new(
        shop.db.db.clone(),
        shop.clock.clone(),
        Language::EN,
        Arc::new(OneSale(SkuId(0))),
    );
    let sheet = format!("id,name,category,price\n{},,,90\n,Mug,Home,500\n", tea.id);

    importer.import(Cursor::new(sheet), false).await.unwrap();
    bulk::products(&shop.db.db, &[shop.tea], 20, shop.clock.now())
        .await
        .unwrap();

    let now = shop.now(tea.id).await.skus[0].clone();
    assert_eq!(now.price_since, Some(shop.clock.now()));
    assert_eq!(now.lowest_30_days, Some(money(100)));
    let list = shop
        .products
        .all(AdminProductQuery::default())
        .await
        .unwrap();
    let skus = list.items.iter().flat_map(|product| &product.skus);
    assert!(skus.clone().all(|sku| sku.price_since.is_some()));
    let history = shop.history().await.len();
    assert!(history > 22, "{history} rows");
    shop.sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn changes_at_once_are_one_history() {
    for _ in 0..rounds() {
        let shop = Arc::new(Shop::open().await);
        let tea = shop.product(100, 1).await;

        let changes = (1..=6).map(|n| {
            let shop = Arc::clone(&shop);
            async move { shop.change(tea.id, price(n * 10)).await }
        });
        at_once(changes.collect()).await;

        let history = shop.history().await;
        let now = shop.now(tea.id).await.skus[0].clone();
        assert_eq!(history.len(), 7);
        assert_eq!(history.last().map(|row| row.1), Some(now.price.minor()));
        let before = history[..6].iter().map(|row| row.1).min();
        assert_eq!(now.lowest_30_days.map(Money::minor), before);
        shop.sound().await;
    }
}
