//! Paying.

use stampede_kernel::*;
use stampede_order::*;
use stampede_persistence::idempotency::IdempotencyError;

use crate::shop::*;

async fn refused(shop: &Shop, buyer: Buyer, id: OrderId) -> OrderError {
    let before = shop.digest().await;

    let error = shop.pay(buyer, id).await.unwrap_err();

    assert_eq!(shop.digest().await, before, "{error}");
    error
}

#[tokio::test]
async fn nobody_pays_another_users_order_or_one_that_is_not_there() {
    let shop = Shop::open().await;
    let (buyer, other, tea) = (
        shop.buyer(9).await,
        shop.buyer(9).await,
        shop.tea(5, 5).await,
    );
    let order = shop.place(buyer, tea, 1).await.unwrap();

    for id in [order.id, OrderId::new()] {
        let error = refused(&shop, other, id).await;
        assert!(matches!(error, OrderError::NotFound));
    }
}

#[tokio::test]
async fn a_wrong_pin_pays_nothing() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(9).await, shop.tea(5, 5).await);
    let order = shop.place(buyer, tea, 1).await.unwrap();
    let before = shop.digest().await;

    let (mut payment, key) = payment(buyer, order.id, "k");
    payment.pin = "135790".into();
    let error = shop.orders.pay(payment, key).await.unwrap_err();

    assert!(matches!(error, OrderError::BadPin));
    assert_eq!(shop.digest().await, before);
}

#[tokio::test]
async fn a_balance_that_is_short_by_one_pays_nothing() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(1_999).await, shop.tea(1_000, 5).await);
    let order = shop.place(buyer, tea, 2).await.unwrap();

    let error = refused(&shop, buyer, order.id).await;

    assert!(matches!(error, OrderError::InsufficientFunds));
}

#[tokio::test]
async fn the_time_to_pay_ends_at_the_millisecond_with_or_without_the_timer() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(99).await, shop.tea(5, 5).await);
    let order = shop.place(buyer, tea, 1).await.unwrap();
    shop.pay_time_passes();

    let before = refused(&shop, buyer, order.id).await;
    assert_eq!(shop.expire().await, 1);
    let after = refused(&shop, buyer, order.id).await;

    assert!(matches!(before, OrderError::Expired));
    assert!(matches!(after, OrderError::Expired));
}

#[tokio::test]
async fn a_cancelled_order_cannot_be_paid_nor_a_paid_one_again() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(99).await, shop.tea(5, 5).await);
    let paid = shop.paid(buyer, tea, 1).await;
    let cancelled = shop.place(buyer, tea, 1).await.unwrap();
    shop.orders.cancel(buyer.id, cancelled.id).await.unwrap();

    for id in [paid.id, cancelled.id] {
        let error = refused(&shop, buyer, id).await;
        assert!(matches!(error, OrderError::WrongStatus));
    }
}

#[tokio::test]
async fn the_wallet_pays_the_total_once() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(5_000).await, shop.tea(1_999, 5).await);
    let order = shop.place(buyer, tea, 2).await.unwrap();

    let (one, key) = payment(buyer, order.id, "k");
    let receipt = shop.orders.pay(one, key.clone()).await.unwrap();
    let (two, _) = payment(buyer, order.id, "k");
    let again = shop.orders.pay(two, key).await.unwrap();

    assert_eq!(receipt.value.balance, money(5_000 - 3_998));
    assert_eq!(receipt.value.transfer.amount, money(-3_998));
    assert_eq!(receipt.value.transfer.order_id, Some(order.id));
    assert_eq!(receipt.value.order.status, OrderStatus::Paid);
    assert_eq!(receipt.value.order.paid_at, Some(Timestamp(1_000_000)));
    assert!(again.replayed);
    assert_eq!(again.value, receipt.value);
    assert_eq!(shop.balance_of(buyer).await, 1_002);
    let mails = shop.jobs("mail.order").await;
    let events: Vec<_> = mails.iter().map(|mail| mail["event"].clone()).collect();
    assert_eq!(events, ["placed", "paid"]);
}

#[tokio::test]
async fn a_key_pays_one_order_only() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(99).await, shop.tea(5, 5).await);
    let (a, b) = (
        shop.place(buyer, tea, 1).await.unwrap(),
        shop.place(buyer, tea, 1).await.unwrap(),
    );
    let (one, key) = payment(buyer, a.id, "k");
    shop.orders.pay(one, key).await.unwrap();

    let (other, key) = payment(buyer, b.id, "k");
    let error = shop.orders.pay(other, key).await.unwrap_err();

    assert!(matches!(
        error,
        OrderError::Idempotency(IdempotencyError::Reused)
    ));
    assert_eq!(shop.status_of(b.id).await, OrderStatus::Unpaid);
}

#[tokio::test]
async fn what_a_buyer_had_begun_before_a_ban_has_no_effect_after_it() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(9).await, shop.tea(1, 5).await);
    let order = shop.place(buyer, tea, 1).await.unwrap();
    let sent = shop.paid(buyer, tea, 1).await;
    shop.orders.ship(ADMIN, sent.id, None).await.unwrap();
    shop.carts.put(buyer.id, tea.sku, 1).await.unwrap();
    shop.ban(buyer).await;
    let before = shop.digest().await;

    let errors = [
        shop.pay(buyer, order.id).await.map(|_| ()).unwrap_err(),
        shop.place(buyer, tea, 1).await.map(|_| ()).unwrap_err(),
        shop.orders
            .cancel(buyer.id, order.id)
            .await
            .map(|_| ())
            .unwrap_err(),
        shop.orders
            .receive(buyer.id, sent.id)
            .await
            .map(|_| ())
            .unwrap_err(),
    ];
    let put = shop.carts.put(buyer.id, tea.sku, 2).await;
    let cleared = shop.carts.clear(buyer.id).await;

    for error in errors {
        assert!(matches!(error, OrderError::Banned), "{error}");
    }
    assert!(matches!(put, Err(CartError::Banned)));
    assert!(matches!(cleared, Err(CartError::Banned)));
    assert_eq!(shop.digest().await, before);
    assert_eq!(shop.carts.cart(buyer.id).await.unwrap().items[0].num, 1);
}
