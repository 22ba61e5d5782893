//! What holds when many ask at once. `STAMPEDE_RACE_ROUNDS` says how often.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{DbErr, EntityTrait, PaginatorTrait};
use stampede_kernel::*;
use stampede_order::*;
use stampede_payment::{Account, Kind, NewTransfer, Posting, WalletError, post};
use stampede_persistence::entity::order;
use stampede_persistence::idempotency::IdempotencyError;
use stampede_persistence::retrying;
use tokio::sync::Barrier;

use crate::shop::*;

fn rounds() -> usize {
    let rounds = std::env::var("STAMPEDE_RACE_ROUNDS");
    rounds.map_or(5, |rounds| rounds.parse().unwrap())
}

/// Runs all at once and gives their answers in order.
async fn at_once<T, F>(tasks: Vec<F>) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let barrier = Arc::new(Barrier::new(tasks.len()));
    let running: Vec<_> = tasks
        .into_iter()
        .map(|task| {
            let barrier = barrier.clone();
            tokio::spawn(async move {
                barrier.wait().await;
                task.await
            })
        })
        .collect();
    let mut answers = Vec::new();
    for task in running {
        answers.push(task.await.unwrap());
    }
    answers
}

/// A client that asks again while the shop has no connection free or is still at it.
async fn patient<T, F>(mut ask: impl FnMut() -> F) -> Result<T, OrderError>
where
    F: Future<Output = Result<T, OrderError>>,
{
    loop {
        match ask().await {
            Err(
                OrderError::Database(DbErr::ConnectionAcquire(_))
                | OrderError::Idempotency(IdempotencyError::InFlight),
            ) => tokio::time::sleep(Duration::from_millis(20)).await,
            answer => return answer,
        }
    }
}

async fn place(
    orders: DbOrders,
    order: NewOrder,
    key: String,
) -> Result<Answered<Order>, OrderError> {
    patient(|| orders.place(order.clone(), place_key(&order, &key))).await
}

async fn pay(
    orders: DbOrders,
    buyer: Buyer,
    id: OrderId,
    key: String,
) -> Result<Answered<Receipt>, OrderError> {
    patient(|| {
        let (payment, key) = payment(buyer, id, &key);
        orders.pay(payment, key)
    })
    .await
}

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

        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 5);
        let short = |answer: &&Result<_, _>| matches!(answer, Err(OrderError::InsufficientFunds));
        assert_eq!(answers.iter().filter(short).count(), 15);
        assert_eq!(shop.balance_of(buyer).await, 0);
    }
    shop.sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_key_thirty_two_times_at_once_is_one_order() {
    let shop = Shop::open().await;
    let tea = shop.tea(100, 100_000).await;
    let buyer = shop.buyer(0).await;
    for round in 1..=rounds() {
        let order = wants(buyer, items(&[(tea.sku, 1)]));
        let key = unique();
        let task = || place(shop.orders.clone(), order.clone(), key.clone());

        let answers = at_once((0..32).map(|_| task()).collect()).await;

        let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
        assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
        assert!(
            answers
                .iter()
                .all(|answer| answer.value == answers[0].value)
        );
        let taken = i64::try_from(round).unwrap();
        assert_eq!(shop.stock_of(tea).await, 100_000 - taken);
    }
    shop.sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_key_pays_once_from_thirty_two_connections() {
    let shop = Shop::open().await;
    let tea = shop.tea(100, 100_000).await;
    for _ in 0..rounds() {
        let buyer = shop.buyer(1_000).await;
        let id = shop.place(buyer, tea, 1).await.unwrap().id;
        let key = unique();
        let task = || pay(shop.orders.clone(), buyer, id, key.clone());

        let answers = at_once((0..32).map(|_| task()).collect()).await;

        let fresh = answers
            .iter()
            .filter(|answer| !answer.as_ref().unwrap().replayed);
        assert_eq!(fresh.count(), 1);
        assert_eq!(shop.balance_of(buyer).await, 900);
    }
    shop.sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_units_go_to_ten_of_fifty_buyers_and_again_when_they_do_not_pay() {
    let shop = Shop::open().await;
    let mut buyers = Vec::new();
    for _ in 0..50 {
        buyers.push(shop.buyer(0).await);
    }
    for _ in 0..rounds() {
        let tea = shop.tea(100, 10).await;
        for _ in 0..2 {
            let task = |buyer: &Buyer| {
                let order = wants(*buyer, items(&[(tea.sku, 1)]));
                place(shop.orders.clone(), order, unique())
            };

            let answers = at_once(buyers.iter().map(task).collect()).await;

            assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 10);
            let short = |answer: &&Result<_, _>| matches!(answer, Err(OrderError::Insufficient(_)));
            assert_eq!(answers.iter().filter(short).count(), 40);
            assert_eq!(shop.stock_of(tea).await, 0);
            shop.pay_time_passes();
            assert_eq!(shop.expire().await, 10);
            assert_eq!(shop.stock_of(tea).await, 10);
        }
    }
    shop.sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn paying_cancelling_and_running_out_of_time_end_in_one_way() {
    let shop = Shop::open().await;
    let tea = shop.tea(100, 1_000).await;
    let buyer = shop.buyer(1_000_000).await;
    for _ in 0..rounds() {
        let (stock, balance) = (shop.stock_of(tea).await, shop.balance_of(buyer).await);
        let id = shop.place(buyer, tea, 1).await.unwrap().id;
        let orders = shop.orders.clone();
        let cancelling = shop.orders.clone();
        let late = Arc::new(ManualClock::at(shop.clock.now()));
        late.advance(Duration::from_mins(15));
        let expiry = Expiry::new(shop.orders_at(late));
        let (paid, cancelled, expired) = tokio::join!(
            tokio::spawn(pay(orders, buyer, id, unique())),
            tokio::spawn(async move { cancelling.cancel(buyer.id, id).await }),
            tokio::spawn(async move { expiry.run_due().await.unwrap() }),
        );

        let paid = paid.unwrap().is_ok();
        let ways = [paid, cancelled.unwrap().is_ok(), expired.unwrap() == 1];
        assert_eq!(ways.iter().filter(|way| **way).count(), 1, "{ways:?}");
        let status = shop.status_of(id).await;
        assert_eq!(status == OrderStatus::Paid, paid);
        let (units, price) = if paid { (1, 100) } else { (0, 0) };
        assert_eq!(shop.stock_of(tea).await, stock - units);
        assert_eq!(shop.balance_of(buyer).await, balance - price);
        assert!(shop.orders.cancel(buyer.id, id).await.is_err());
    }
    shop.sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_cap_of_five_unpaid_orders_holds_against_twenty_at_once() {
    let shop = Shop::with(OrderSettings {
        open_per_user: 5,
        ..OrderSettings::default()
    })
    .await;
    let tea = shop.tea(100, 100_000).await;
    for _ in 0..rounds() {
        let buyer = shop.buyer(0).await;
        let order = wants(buyer, items(&[(tea.sku, 1)]));
        let task = || place(shop.orders.clone(), order.clone(), unique());

        let answers = at_once((0..20).map(|_| task()).collect()).await;

        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 5);
    }
    shop.sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn overlapping_orders_in_opposite_order_do_not_lock_each_other_out() {
    let shop = Shop::open().await;
    let (a, b) = (shop.tea(1, 100_000).await, shop.tea(1, 100_000).await);
    let mut buyers = Vec::new();
    for _ in 0..16 {
        buyers.push(shop.buyer(0).await);
    }
    for _ in 0..rounds() {
        let task = |(n, buyer): (usize, &Buyer)| {
            let lines = [(a.sku, 1), (b.sku, 1)];
            let wanted = if n % 2 == 0 {
                lines
            } else {
                [lines[1], lines[0]]
            };
            place(shop.orders.clone(), wants(*buyer, items(&wanted)), unique())
        };

        let answers = at_once(buyers.iter().enumerate().map(task).collect()).await;

        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    }
    let placed = order::Entity::find()
        .count(shop.db.db.reader())
        .await
        .unwrap();
    assert_eq!(placed, u64::try_from(16 * rounds()).unwrap());
    shop.sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn payments_in_opposite_directions_do_not_lock_each_other_out() {
    let shop = Shop::open().await;
    let (a, b) = (shop.buyer(1_000).await, shop.buyer(1_000).await);
    for _ in 0..rounds() {
        let db = &shop.db.db;
        let tasks = (0..16).map(|n| {
            let (from, to) = if n % 2 == 0 { (a, b) } else { (b, a) };
            let db = db.clone();
            async move {
                retrying(|| async {
                    let tx = db.begin_write().await?;
                    let side = |of: Buyer, amount| Posting {
                        account: Account::User(of.id),
                        amount: money(amount),
                    };
                    let sides = [side(from, -10), side(to, 10)];
                    let kind = NewTransfer::plain(Kind::TopUp);
                    post(&tx, kind, &sides, Timestamp(1)).await?;
                    Ok::<_, WalletError>(tx.commit().await?)
                })
                .await
            }
        });

        let answers = at_once(tasks.collect()).await;

        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        assert_eq!(
            (shop.balance_of(a).await, shop.balance_of(b).await),
            (1_000, 1_000)
        );
    }
}
