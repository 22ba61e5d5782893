//! Orders that a sale books.

use stampede_kernel::{Clock, ImageId};
use stampede_media::{Image, ImageReferences};
use stampede_order::*;

use crate::shop::*;

#[tokio::test]
async fn booked_orders_are_unpaid_at_the_sales_price_and_take_nothing_from_the_stock() {
    let shop = Shop::open().await;
    let tea = shop.tea(500, 9).await;
    let (a, b) = (shop.buyer(99).await, shop.buyer(99).await);

    let orders = shop.book(&[a, b], tea).await;

    assert_eq!(orders.len(), 2);
    assert_eq!(shop.stock_of(tea).await, 9);
    let detail = shop.orders.order(b.id, orders[1].id).await.unwrap();
    assert_eq!(detail.order, orders[1]);
    assert_eq!(detail.order.sale, Some(SALE));
    assert_eq!(detail.order.total, money(99));
    assert_eq!(detail.history[0].actor, Actor::System);
    assert_eq!(shop.jobs("order.booked").await.len(), 1);
    shop.pay(a, orders[0].id).await.unwrap();
    assert_eq!(shop.balance_of(a).await, 0);
}

#[tokio::test]
async fn booking_nobody_books_nothing() {
    let shop = Shop::open().await;
    let before = shop.digest().await;

    assert_eq!(shop.book(&[], shop.tea(5, 5).await).await, []);

    assert_eq!(shop.jobs("order.booked").await.len(), 0);
    assert_eq!(before[0], shop.digest().await[0]);
}

#[tokio::test]
async fn the_units_of_a_cancelled_booking_are_the_sales_business() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(500, 9).await);
    let orders = shop.book(&[buyer], tea).await;

    let cancelled = shop.orders.cancel(buyer.id, orders[0].id).await.unwrap();

    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    assert_eq!(shop.stock_of(tea).await, 9);
}

#[tokio::test]
async fn the_pictures_of_lines_are_shown_and_others_are_not() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(500, 9).await);
    let mut pictured = booking(buyer, tea);
    pictured.line.image = Some(Image {
        id: ImageId(12),
        hash: "ab".repeat(32),
        format: "jpg".to_owned(),
        width: 40,
        height: 30,
    });
    let plain = booking(buyer, tea);
    let tx = shop.db.db.begin_write().await.unwrap();
    let booked = [pictured, plain];
    let now = shop.clock.now();
    let none = DeliveryMethods::default();
    let draft = shop.orders.draft(&booked, &none, now).unwrap();
    shop.orders.book(&tx, draft).await.unwrap();

    let asked = [ImageId(11), ImageId(12)];
    let shown = OrderedImages.referenced(&tx, &asked).await.unwrap();

    assert_eq!(shown.into_iter().collect::<Vec<_>>(), [ImageId(12)]);
}
