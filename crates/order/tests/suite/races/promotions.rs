//! A promotion is used as often as it may be, however many want it at once.

use std::sync::Arc;

use stampede_promotion::{Kind, Reason, Terms};

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_with_ten_uses_is_used_by_ten_of_fifty_buyers() {
    let shop = Shop::open().await;
    // Each buys something else: nothing but the code is wanted by all of them.
    let mut buyers = Vec::new();
    for _ in 0..50 {
        buyers.push((shop.buyer(0).await, shop.tea(100, 1_000).await));
    }
    for round in 0..rounds() {
        let code = format!("ten-{round}");
        let ten = Terms {
            usage_limit: Some(10),
            ..terms(&code, Kind::Percent(1_000))
        };
        let id = shop.promote(ten).await;
        let tasks = buyers
            .iter()
            .map(|(buyer, tea)| place(shop.orders.clone(), with(*buyer, *tea, &code), unique()));

        let answers = at_once(tasks.collect()).await;

        assert_eq!(count(&answers, Result::is_ok), 10);
        assert_eq!(
            count(&answers, |answer| refused(answer, Reason::UsedUp)),
            40
        );
        assert_eq!(shop.used(id).await, 10);
        shop.sound().await;
        shop.pay_time_passes();
        assert_eq!(shop.expire().await, 10);
        assert_eq!(shop.used(id).await, 0);
    }
    shop.sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_buyer_uses_a_code_of_one_use_each_once() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(100, 100_000).await);
    for round in 0..rounds() {
        let code = format!("each-{round}");
        let each = Terms {
            per_user_limit: Some(1),
            ..terms(&code, Kind::Percent(1_000))
        };
        let id = shop.promote(each).await;
        let tasks = (0..2).map(|_| place(shop.orders.clone(), with(buyer, tea, &code), unique()));

        let answers = at_once(tasks.collect()).await;

        assert_eq!(count(&answers, Result::is_ok), 1);
        assert_eq!(
            count(&answers, |answer| refused(answer, Reason::UserLimit)),
            1
        );
        assert_eq!(shop.used(id).await, 1);
        shop.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_use_comes_back_from_an_expired_order_once_and_is_used_again_once() {
    let shop = Shop::open().await;
    let (first, tea) = (shop.buyer(0).await, shop.tea(100, 100_000).await);
    let (second, third) = (shop.buyer(0).await, shop.buyer(0).await);
    for round in 0..rounds() {
        let code = format!("last-{round}");
        let last = Terms {
            usage_limit: Some(1),
            ..terms(&code, Kind::Percent(1_000))
        };
        let id = shop.promote(last).await;
        let order = shop.place_with(first, tea, 1, &[&code]).await.unwrap();
        let late = Arc::new(ManualClock::at(shop.clock.now()));
        late.advance(Duration::from_mins(15));
        let expiry = Expiry::new(shop.orders_at(late));
        let wanting = |buyer| -> Racer {
            let (orders, new) = (shop.orders.clone(), with(buyer, tea, &code));
            Box::pin(async move { place(orders, new, unique()).await.is_ok() })
        };
        let cancelling: Racer = {
            let orders = shop.orders.clone();
            Box::pin(async move { patient(|| orders.cancel(first.id, order.id)).await.is_ok() })
        };
        let expiring: Racer =
            Box::pin(async move { patient(|| expiry.run_due()).await.unwrap() >= 1 });

        at_once(vec![expiring, cancelling, wanting(second), wanting(third)]).await;

        assert_eq!(shop.status_of(order.id).await, OrderStatus::Cancelled);
        assert!(shop.used(id).await <= 1);
        shop.sound().await;
    }
}

fn with(buyer: Buyer, tea: Tea, code: &str) -> NewOrder {
    NewOrder {
        codes: vec![code.to_owned()],
        ..wants(buyer, items(&[(tea.sku, 1)]))
    }
}

fn refused(answer: &Result<Replayable<Order>, OrderError>, reason: Reason) -> bool {
    match answer {
        Err(OrderError::Rejected(codes)) => codes.iter().all(|code| code.reason == reason),
        _ => false,
    }
}
