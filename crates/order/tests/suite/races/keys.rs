//! A key has one effect, from however many connections it comes.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_key_thirty_two_times_at_once_is_one_order() {
    let shop = Shop::open().await;
    let tea = shop.tea(100, 100_000).await;
    for round in 1..=rounds() {
        let buyer = shop.buyer(0).await;
        let key = unique();
        let ask = |num| {
            let order = wants(buyer, items(&[(tea.sku, num)]));
            place(shop.orders.clone(), order, key.clone())
        };

        let answers = at_once((0..32).map(|_| ask(1)).collect()).await;
        let (again, other) = (ask(1).await, ask(2).await);

        let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
        assert_eq!(count(&answers, |answer| !answer.replayed), 1);
        let first = &answers[0].value;
        assert!(answers.iter().all(|answer| answer.value == *first));
        assert!(again.is_ok_and(|answer| answer.replayed && answer.value == *first));
        assert!(reused(&other), "{other:?}");
        let taken = i64::try_from(round).unwrap();
        assert_eq!(shop.stock_of(tea).await, 100_000 - taken);
        shop.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_key_pays_once_from_thirty_two_connections() {
    let shop = Shop::open().await;
    let tea = shop.tea(100, 100_000).await;
    for _ in 0..rounds() {
        let buyer = shop.buyer(1_000).await;
        let id = shop.place(buyer, tea, 1).await.unwrap().id;
        let key = unique();
        let ask = |id| pay(shop.orders.clone(), buyer, id, key.clone());

        let answers = at_once((0..32).map(|_| ask(id)).collect()).await;
        let other = shop.place(buyer, tea, 1).await.unwrap().id;
        let other = ask(other).await;

        let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
        assert_eq!(count(&answers, |answer| !answer.replayed), 1);
        let first = &answers[0].value;
        assert!(answers.iter().all(|answer| answer.value == *first));
        assert!(reused(&other), "{other:?}");
        assert_eq!(shop.balance_of(buyer).await, 900);
        shop.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_answered_is_there_for_everybody() {
    let shop = Shop::open().await;
    let tea = shop.tea(100, 100_000).await;
    let buyer = shop.buyer(100_000).await;
    for _ in 0..rounds() {
        let order = shop.place(buyer, tea, 1).await.unwrap();
        assert_eq!(shop.status_of(order.id).await, OrderStatus::Unpaid);
        let receipt = shop.pay(buyer, order.id).await.unwrap();
        assert_eq!(shop.status_of(order.id).await, OrderStatus::Paid);
        assert_eq!(shop.balance_of(buyer).await, receipt.balance.minor());
        shop.refund(order.id, true).await.unwrap();
        assert_eq!(shop.status_of(order.id).await, OrderStatus::Refunded);
    }
    shop.sound().await;
}

fn reused<T>(answer: &Result<T, OrderError>) -> bool {
    matches!(
        answer,
        Err(OrderError::Idempotency(IdempotencyError::Reused))
    )
}
