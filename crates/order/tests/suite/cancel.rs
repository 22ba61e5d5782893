//! Cancelling.

use stampede_kernel::*;
use stampede_order::*;

use crate::shop::*;

async fn refused(shop: &Shop, buyer: Buyer, id: OrderId) -> OrderError {
    let before = shop.digest().await;

    let error = shop.orders.cancel(buyer.id, id).await.unwrap_err();

    assert_eq!(shop.digest().await, before, "{error}");
    error
}

#[tokio::test]
async fn nobody_cancels_another_users_order() {
    let shop = Shop::open().await;
    let (buyer, other, tea) = (
        shop.buyer(0).await,
        shop.buyer(0).await,
        shop.tea(5, 5).await,
    );
    let order = shop.place(buyer, tea, 1).await.unwrap();

    for id in [order.id, OrderId::new()] {
        assert!(matches!(
            refused(&shop, other, id).await,
            OrderError::NotFound
        ));
    }
}

#[tokio::test]
async fn an_order_that_was_paid_stays_whatever_came_after() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(99).await, shop.tea(5, 9).await);
    let order = shop.paid(buyer, tea, 1).await;
    let refunded = shop.paid(buyer, tea, 1).await;
    shop.refund(refunded.id, false).await.unwrap();

    assert!(matches!(
        refused(&shop, buyer, order.id).await,
        OrderError::WrongStatus
    ));
    assert!(matches!(
        refused(&shop, buyer, refunded.id).await,
        OrderError::WrongStatus
    ));
    shop.orders.ship(ADMIN, order.id, None).await.unwrap();
    assert!(matches!(
        refused(&shop, buyer, order.id).await,
        OrderError::WrongStatus
    ));
    shop.orders.receive(buyer.id, order.id).await.unwrap();
    assert!(matches!(
        refused(&shop, buyer, order.id).await,
        OrderError::WrongStatus
    ));
}

#[tokio::test]
async fn the_units_go_back_once_even_of_a_product_that_is_off_sale() {
    let shop = Shop::open().await;
    let (buyer, tea, cup) = (
        shop.buyer(0).await,
        shop.tea(5, 5).await,
        shop.tea(5, 5).await,
    );
    let wanted = wants(buyer, items(&[(tea.sku, 2), (cup.sku, 5)]));
    let key = place_key(&wanted, "k");
    let order = shop.orders.place(wanted, key).await.unwrap().value;
    shop.take_off_sale(cup).await;

    let cancelled = shop.orders.cancel(buyer.id, order.id).await.unwrap();
    for _ in 0..10 {
        assert!(matches!(
            refused(&shop, buyer, order.id).await,
            OrderError::WrongStatus
        ));
    }

    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    assert_eq!(cancelled.cancel_reason, Some(CancelReason::Buyer));
    assert_eq!(cancelled.cancelled_at, Some(Timestamp(1_000_000)));
    assert_eq!((shop.stock_of(tea).await, shop.stock_of(cup).await), (5, 5));
    let mail = shop.jobs("mail.order").await.pop().unwrap();
    assert_eq!(
        (&mail["event"], &mail["reason"]),
        (&"cancelled".into(), &"buyer".into())
    );
}
