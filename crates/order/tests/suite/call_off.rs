//! Calling off what a sale sold.

use stampede_order::*;

use crate::shop::*;

#[tokio::test]
async fn what_is_paid_or_of_everyday_stays_when_a_sale_is_called_off() {
    let shop = Shop::open().await;
    let tea = shop.tea(500, 9).await;
    let (rich, poor) = (shop.buyer(99).await, shop.buyer(0).await);
    let orders = shop.book(&[rich, poor], tea).await;
    let everyday = shop.place(poor, tea, 1).await.unwrap();
    shop.pay(rich, orders[0].id).await.unwrap();

    assert_eq!(shop.orders.cancel_sale_orders(SALE).await.unwrap(), 1);

    assert_eq!(shop.status_of(orders[0].id).await, OrderStatus::Paid);
    assert_eq!(shop.status_of(everyday.id).await, OrderStatus::Unpaid);
    let detail = shop.orders.order(poor.id, orders[1].id).await.unwrap();
    assert_eq!(detail.order.cancel_reason, Some(CancelReason::Admin));
    assert_eq!(detail.history[1].actor, Actor::System);
    assert_eq!(shop.orders.cancel_sale_orders(SALE).await.unwrap(), 0);
    shop.sound().await;
}

#[tokio::test]
async fn more_orders_than_a_batch_holds_are_each_cancelled_once() {
    let shop = Shop::open().await;
    let (tea, buyer) = (shop.tea(500, 9).await, shop.buyer(0).await);
    shop.book(&[buyer; 401], tea).await;

    let (a, b) = tokio::join!(
        shop.orders.cancel_sale_orders(SALE),
        shop.orders.cancel_sale_orders(SALE)
    );

    assert_eq!(a.unwrap() + b.unwrap(), 401);
    let mails = shop.jobs("mail.order").await;
    let told = mails.iter().filter(|mail| mail["event"] == "cancelled");
    assert_eq!(told.count(), 401);
    shop.sound().await;
}
