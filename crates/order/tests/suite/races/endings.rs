//! An order ends in one way, whoever wants what of it at the same time.

use std::sync::Arc;

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_balance_for_five_orders_pays_five_of_twenty() {
    let shop = Shop::open().await;
    let tea = shop.tea(100, 100_000).await;
    for _ in 0..rounds() {
        let buyer = shop.buyer(500).await;
        let mut tasks = Vec::new();
        for _ in 0..20 {
            let id = shop.place(buyer, tea, 1).await.unwrap().id;
            tasks.push(pay(shop.orders.clone(), buyer, id, unique()));
        }

        let answers = at_once(tasks).await;

        let short = |answer: &Result<_, _>| matches!(answer, Err(OrderError::InsufficientFunds));
        assert_eq!(count(&answers, Result::is_ok), 5);
        assert_eq!(count(&answers, short), 15);
        assert_eq!(shop.balance_of(buyer).await, 0);
        shop.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn paying_or_cancelling_wins_and_cancelling_again_changes_nothing() {
    let (shop, buyer, tea) = open().await;
    for _ in 0..rounds() {
        let id = shop.place(buyer, tea, 1).await.unwrap().id;
        let before = (shop.stock_of(tea).await, shop.balance_of(buyer).await);

        let answers = at_once(vec![paying(&shop, buyer, id), cancelling(&shop, buyer, id)]).await;
        let again = (0..10).map(|_| cancelling(&shop, buyer, id));
        let again = at_once(again.collect()).await;

        assert_eq!(again, [false; 10]);
        ended(&shop, buyer, tea, id, before, &answers).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn paying_cancelling_and_running_out_of_time_end_in_one_way() {
    let (shop, buyer, tea) = open().await;
    for _ in 0..rounds() {
        let id = shop.place(buyer, tea, 1).await.unwrap().id;
        let before = (shop.stock_of(tea).await, shop.balance_of(buyer).await);

        let answers = at_once(vec![
            paying(&shop, buyer, id),
            cancelling(&shop, buyer, id),
            expiring(&shop),
        ])
        .await;

        ended(&shop, buyer, tea, id, before, &answers).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_refunds_at_once_give_the_money_back_once() {
    let (shop, buyer, tea) = open().await;
    for _ in 0..rounds() {
        let before = (shop.stock_of(tea).await, shop.balance_of(buyer).await);
        let id = shop.paid(buyer, tea, 2).await.id;

        let answers = at_once((0..8).map(|_| refunding(&shop, id)).collect()).await;

        assert_eq!(count(&answers, |won| *won), 1);
        assert_eq!(shop.stock_of(tea).await, before.0);
        assert_eq!(shop.balance_of(buyer).await, before.1);
        shop.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_parcel_is_sent_or_the_money_is_back() {
    let (shop, buyer, tea) = open().await;
    for _ in 0..rounds() {
        let before = shop.balance_of(buyer).await;
        let id = shop.paid(buyer, tea, 1).await.id;

        let answers = at_once(vec![refunding(&shop, id), shipping(&shop, id)]).await;

        let (end, price) = match answers[..] {
            [true, false] => (OrderStatus::Refunded, 0),
            [false, true] => (OrderStatus::Shipped, 100),
            _ => panic!("{answers:?}"),
        };
        assert_eq!(shop.status_of(id).await, end);
        assert_eq!(shop.balance_of(buyer).await, before - price);
        shop.sound().await;
    }
}

/// A rich buyer before a full shelf of tea at 100.
async fn open() -> (Shop, Buyer, Tea) {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(1_000_000).await, shop.tea(100, 10_000).await);
    (shop, buyer, tea)
}

/// One of those who wanted an unpaid order, the first of whom paid, got it; the
/// stock and the balance were `before` with one unit reserved.
async fn ended(
    shop: &Shop,
    buyer: Buyer,
    tea: Tea,
    id: OrderId,
    before: (i64, i64),
    answers: &[bool],
) {
    let paid = answers[0];
    assert_eq!(count(answers, |won| *won), 1, "{answers:?}");
    let (end, returned, price) = if paid {
        (OrderStatus::Paid, 0, 100)
    } else {
        (OrderStatus::Cancelled, 1, 0)
    };
    assert_eq!(shop.status_of(id).await, end);
    assert_eq!(shop.stock_of(tea).await, before.0 + returned);
    assert_eq!(shop.balance_of(buyer).await, before.1 - price);
    shop.sound().await;
}

fn paying(shop: &Shop, buyer: Buyer, id: OrderId) -> Racer {
    let orders = shop.orders.clone();
    Box::pin(async move { pay(orders, buyer, id, unique()).await.is_ok() })
}

fn cancelling(shop: &Shop, buyer: Buyer, id: OrderId) -> Racer {
    let orders = shop.orders.clone();
    Box::pin(async move { patient(|| orders.cancel(buyer.id, id)).await.is_ok() })
}

/// The timer of a process whose clock is past every order's time.
fn expiring(shop: &Shop) -> Racer {
    let late = Arc::new(ManualClock::at(shop.clock.now()));
    late.advance(Duration::from_mins(15));
    let expiry = Expiry::new(shop.orders_at(late));
    Box::pin(async move { patient(|| expiry.run_due()).await.unwrap() == 1 })
}

fn refunding(shop: &Shop, id: OrderId) -> Racer {
    let orders = shop.orders.clone();
    let refund = Refund {
        order: id,
        restock: true,
        reason: None,
    };
    Box::pin(async move {
        let answer = patient(|| orders.refund(ADMIN, refund.clone(), None));
        answer.await.is_ok()
    })
}

fn shipping(shop: &Shop, id: OrderId) -> Racer {
    let orders = shop.orders.clone();
    Box::pin(async move { patient(|| orders.ship(ADMIN, id, None)).await.is_ok() })
}
