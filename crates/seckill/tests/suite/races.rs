//! Many at once; the books afterwards.

use std::sync::Arc;
use std::time::Duration;

use stampede_order::{Expiry, OrderService};
use stampede_seckill::*;
use stampede_test_support::{at_once, rounds};

use crate::crowd::outcome;
use crate::fixture::*;

type Claiming = std::pin::Pin<Box<dyn Future<Output = Result<Claimed, SaleError>> + Send>>;

fn claim(gateway: &Gateway, claim: NewClaim) -> Claiming {
    let sales = gateway.sales.clone();
    Box::pin(async move { sales.claim(claim).await })
}

fn count(answers: &[Result<Claimed, SaleError>], word: &str) -> usize {
    answers.iter().filter(|one| ending(one) == word).count()
}

/// Whether each win is an order, and each order a win or still pending when it was told.
fn between(won: usize, taken: i64, pending: usize) -> bool {
    let taken = usize::try_from(taken).unwrap();
    (won..=won + pending).contains(&taken)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crowd_at_two_gateways_buys_exactly_what_there_is() {
    let fixture = Fixture::open().await;
    let other = fixture.gateway(fixture.open.gate.clone(), patient());
    let buyers = fixture.buyers(40).await;
    for _ in 0..rounds() {
        let sale = fixture.sale(15, 1).await;
        let claims = buyers.iter().enumerate().map(|(place, buyer)| {
            let gateway = if place % 2 == 0 {
                &fixture.open
            } else {
                &other
            };
            claim(gateway, wants(sale, *buyer, 1, None))
        });
        let answers = at_once(claims.collect()).await;

        assert_eq!(
            (count(&answers, "won"), count(&answers, "sold out")),
            (15, 25)
        );
        assert_eq!(fixture.taken(sale).await, 15);
        fixture.sound(sale).await;
        fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_key_at_two_gateways_is_one_order() {
    let fixture = Fixture::open().await;
    let other = fixture.gateway(fixture.open.gate.clone(), patient());
    let ann = fixture.buyer().await;
    for _ in 0..rounds() {
        let sale = fixture.sale(5, 2).await;
        let claims = (0..8).map(|place| {
            let gateway = if place % 2 == 0 {
                &fixture.open
            } else {
                &other
            };
            claim(gateway, wants(sale, ann, 1, Some("k")))
        });
        let answers = at_once(claims.collect()).await;

        let ids: std::collections::HashSet<_> =
            answers.into_iter().map(|answer| won(answer).0.id).collect();
        assert_eq!((ids.len(), fixture.taken(sale).await), (1, 1));
        fixture.sound(sale).await;
        fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_buyer_with_many_keys_gets_no_more_than_one_may() {
    let fixture = Fixture::open().await;
    let other = fixture.gateway(fixture.open.gate.clone(), patient());
    let ann = fixture.buyer().await;
    for _ in 0..rounds() {
        let sale = fixture.sale(20, 2).await;
        let claims = (0..10).map(|place: i32| {
            let gateway = if place % 2 == 0 {
                &fixture.open
            } else {
                &other
            };
            claim(gateway, wants(sale, ann, 1, Some(&place.to_string())))
        });
        let answers = at_once(claims.collect()).await;

        assert_eq!((count(&answers, "won"), count(&answers, "limit")), (2, 8));
        fixture.sound(sale).await;
        fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn gates_that_do_not_know_of_each_other_sell_nothing_twice() {
    let fixture = Fixture::open().await;
    let gate = Arc::new(MemoryGate::new(fixture.clock.clone()));
    let other = fixture.gateway(gate, patient());
    let buyers = fixture.buyers(16).await;
    for _ in 0..rounds() {
        let sale = fixture.sale(8, 1).await;
        let claims = buyers.iter().enumerate().map(|(place, buyer)| {
            let gateway = if place % 2 == 0 {
                &fixture.open
            } else {
                &other
            };
            claim(gateway, wants(sale, *buyer, 1, Some("k")))
        });
        let answers = at_once(claims.collect()).await;

        let sold = count(&answers, "won");
        assert!(sold <= 8, "{sold}");
        let pending = count(&answers, "pending");
        let all = sold + pending + count(&answers, "sold out") + count(&answers, "busy");
        assert_eq!(all, 16, "{answers:?}");
        // Each epoch that one gate opens fences the other, whose claims wait for the
        // next one: under load all may be told to come again.
        let taken = fixture.taken(sale).await;
        assert!(between(sold, taken, pending), "{taken}: {answers:?}");
        fixture.sound(sale).await;
        // Nobody is turned away for good: whoever asks until they know has an answer.
        let mut all_told = 0;
        for buyer in &buyers {
            let claim = wants(sale, *buyer, 1, Some("k"));
            match ending(&outcome(&fixture.open, &claim).await) {
                "won" | "replayed" => all_told += 1,
                other => assert!(["sold out", "ticket lost"].contains(&other), "{other}"),
            }
        }
        assert_eq!(all_told, fixture.taken(sale).await);
        assert_eq!(all_told, 8, "all units are sold at last");
        fixture.sound(sale).await;
        fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn edits_and_rebuilds_under_load_leave_the_books_exact() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(30).await;
    for _ in 0..rounds() {
        let sale = fixture.sale(12, 1).await;
        let sales = fixture.open.sales.clone();
        let editing = tokio::spawn(async move {
            for total in [14, 13, 15, 12, 16] {
                let change = SaleChange {
                    total: Some(total),
                    ..SaleChange::default()
                };
                match sales.change(ADMIN, sale, change).await {
                    Ok(_) | Err(SaleError::BelowTaken) => {}
                    Err(error) => panic!("{error}"),
                }
                sales.maintain().await;
            }
        });
        let claims = buyers
            .iter()
            .map(|buyer| claim(&fixture.open, wants(sale, *buyer, 1, None)));
        let answers = at_once(claims.collect()).await;
        editing.await.unwrap();

        let (won, pending) = (count(&answers, "won"), count(&answers, "pending"));
        let taken = fixture.taken(sale).await;
        assert!(between(won, taken, pending), "{taken}: {answers:?}");
        fixture.sound(sale).await;
        fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_order_ends_once_whoever_ends_it_and_its_unit_comes_back_once() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    for _ in 0..rounds() {
        let sale = fixture.sale(1, 1).await;
        let order = fixture.win(sale, ann).await.id;
        fixture.clock.advance(Duration::from_mins(15));
        let orders = &fixture.open.orders;
        let (a, b, c) = (orders.clone(), orders.clone(), orders.clone());
        let sales = fixture.open.sales.clone();
        let tasks: Vec<std::pin::Pin<Box<dyn Future<Output = ()> + Send>>> = vec![
            Box::pin(async move {
                let _ = a.cancel(ann.id, order).await;
            }),
            Box::pin(async move {
                let _ = b.cancel(ann.id, order).await;
            }),
            Box::pin(async move {
                Expiry::new(c).run_due().await.unwrap();
            }),
            Box::pin(async move {
                sales.maintain().await;
            }),
        ];
        at_once(tasks).await;

        assert_eq!(fixture.taken(sale).await, 0);
        fixture.give().await;
        assert_eq!(fixture.left(sale).await, 1);
        fixture.sound(sale).await;
        fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sale_that_ends_under_load_leaves_nothing_in_between() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(20).await;
    for _ in 0..rounds() {
        let shelf = fixture.shelf().await;
        let sale = fixture.sale(50, 1).await;
        let sales = fixture.open.sales.clone();
        let ending_it = tokio::spawn(async move { sales.cancel(ADMIN, sale).await.unwrap() });
        let claims = buyers
            .iter()
            .map(|buyer| claim(&fixture.open, wants(sale, *buyer, 1, None)));
        let answers = at_once(claims.collect()).await;
        ending_it.await.unwrap();

        let sold = i64::try_from(count(&answers, "won")).unwrap();
        assert_eq!(sold, fixture.taken(sale).await, "{answers:?}");
        assert_eq!(fixture.shelf().await, shelf - sold);
        fixture.sound(sale).await;
    }
}
