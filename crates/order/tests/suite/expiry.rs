//! Running out of time.

use std::time::Duration;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use stampede_order::*;
use stampede_persistence::entity::{order, stock_journal};

use crate::shop::*;

#[tokio::test]
async fn what_is_paid_or_has_time_left_stays() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(99).await, shop.tea(5, 9).await);
    shop.paid(buyer, tea, 1).await;
    shop.clock.advance(Duration::from_millis(1));
    let late = shop.place(buyer, tea, 1).await.unwrap();
    shop.clock
        .advance(Duration::from_millis(15 * 60 * 1_000 - 1));

    assert_eq!(shop.expire().await, 0);

    shop.clock.advance(Duration::from_millis(1));
    assert_eq!(shop.expire().await, 1);
    assert_eq!(shop.status_of(late.id).await, OrderStatus::Cancelled);
    assert_eq!(shop.expire().await, 0);
}

#[tokio::test]
async fn every_overdue_order_is_cancelled_once_and_its_units_return() {
    let shop = Shop::open().await;
    let buyer = shop.buyer(0).await;
    let (tea, cup) = (shop.tea(5, 500).await, shop.tea(7, 500).await);
    for n in 0..60 {
        let wanted = items(&[(tea.sku, 1), (cup.sku, 1 + n % 2)]);
        let order = wants(buyer, wanted);
        let key = place_key(&order, &unique());
        shop.orders.place(order, key).await.unwrap();
    }
    shop.pay_time_passes();

    let (a, b, c) = tokio::join!(shop.expire(), shop.expire(), shop.expire());

    assert_eq!(a + b + c + shop.expire().await, 60);
    assert_eq!(
        (shop.stock_of(tea).await, shop.stock_of(cup).await),
        (500, 500)
    );
    let rows = order::Entity::find()
        .all(shop.db.db.reader())
        .await
        .unwrap();
    assert!(
        rows.iter()
            .all(|row| row.cancel_reason == Some(CancelReason::Unpaid))
    );
    let returned = stock_journal::Entity::find()
        .filter(stock_journal::Column::Reason.eq("expiry"))
        .all(shop.db.db.reader())
        .await
        .unwrap();
    assert_eq!(returned.len(), 120, "one row per order and SKU");
    let mails = shop.jobs("mail.order").await;
    let told = mails.iter().filter(|mail| mail["reason"] == "unpaid");
    assert_eq!(told.count(), 60);
}

#[tokio::test]
async fn an_order_that_cannot_be_cancelled_holds_no_other_up() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(5, 9).await);
    let stuck = shop.book(&[buyer], tea).await;
    let order = shop.place(buyer, tea, 1).await.unwrap();
    shop.pay_time_passes();

    let without_sales = shop.orders_with(|dependencies| {
        dependencies.sales = std::sync::Arc::new(NoSale);
    });
    let cancelled = Expiry::new(without_sales).run_due().await.unwrap();

    assert_eq!(cancelled, 1);
    assert_eq!(shop.status_of(order.id).await, OrderStatus::Cancelled);
    assert_eq!(shop.status_of(stuck[0].id).await, OrderStatus::Unpaid);
    assert_eq!(shop.expire().await, 1);
    assert_eq!(shop.stock_of(tea).await, 9);
}
