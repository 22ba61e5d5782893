//! What is sold is there, however many want it.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_units_go_to_ten_of_fifty_buyers_and_again_when_they_do_not_pay() {
    let shop = Shop::open().await;
    let buyers = buyers(&shop, 50).await;
    for _ in 0..rounds() {
        let tea = shop.tea(100, 10).await;
        for _ in 0..2 {
            assert_eq!(rush(&shop, &buyers, tea).await, 10);
            shop.pay_time_passes();
            assert_eq!(shop.expire().await, 10);
            assert_eq!(shop.stock_of(tea).await, 10);
        }
        shop.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_unit_goes_to_one_of_fifty_buyers() {
    let shop = Shop::open().await;
    let buyers = buyers(&shop, 50).await;
    for _ in 0..rounds() {
        let tea = shop.tea(100, 1).await;
        assert_eq!(rush(&shop, &buyers, tea).await, 1);
        shop.sound().await;
    }
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

        assert_eq!(count(&answers, Result::is_ok), 5);
        shop.sound().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn overlapping_orders_in_opposite_order_do_not_lock_each_other_out() {
    let shop = Shop::with(OrderSettings {
        open_per_user: 0,
        ..OrderSettings::default()
    })
    .await;
    let (a, b) = (shop.tea(1, 100_000).await, shop.tea(1, 100_000).await);
    let buyers = buyers(&shop, 16).await;
    for round in 1..=rounds() {
        let task = |(n, buyer): (usize, &Buyer)| {
            let mut wanted = [(a.sku, 1), (b.sku, 1)];
            wanted.rotate_left(n % 2);
            place(shop.orders.clone(), wants(*buyer, items(&wanted)), unique())
        };

        let answers = at_once(buyers.iter().enumerate().map(task).collect()).await;

        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        let taken = i64::try_from(16 * round).unwrap();
        assert_eq!(shop.stock_of(a).await, 100_000 - taken);
        assert_eq!(shop.stock_of(b).await, 100_000 - taken);
        shop.sound().await;
    }
}

async fn buyers(shop: &Shop, number: usize) -> Vec<Buyer> {
    let mut buyers = Vec::new();
    for _ in 0..number {
        buyers.push(shop.buyer(0).await);
    }
    buyers
}

/// Everybody orders one at once until none is left; says how many got one.
async fn rush(shop: &Shop, buyers: &[Buyer], tea: Tea) -> usize {
    let task = |buyer: &Buyer| {
        let order = wants(*buyer, items(&[(tea.sku, 1)]));
        place(shop.orders.clone(), order, unique())
    };

    let answers = at_once(buyers.iter().map(task).collect()).await;

    let short = |answer: &Result<_, _>| matches!(answer, Err(OrderError::Refused(_)));
    let served = count(&answers, Result::is_ok);
    assert_eq!(count(&answers, short), buyers.len() - served);
    assert_eq!(shop.stock_of(tea).await, 0);
    served
}
