//! A gate that comes back older, or takes its time, costs nobody anything.

use std::sync::Arc;
use std::time::Duration;

use stampede_kernel::Money;
use stampede_order::OrderService;
use stampede_seckill::*;

use crate::fixture::*;
use crate::frail::FrailGate;

/// A shop whose gate is frail.
async fn fixture() -> (Fixture, Arc<FrailGate>) {
    let mut fixture = Fixture::open().await;
    let gate = Arc::new(FrailGate::new(fixture.clock.clone()));
    fixture.open = fixture.gateway(gate.clone(), patient());
    (fixture, gate)
}

/// The sold-out mark lets the next stranger ask.
fn probe(fixture: &Fixture) {
    fixture.clock.advance(Duration::from_millis(250));
}

#[tokio::test]
async fn a_gate_that_comes_back_older_sells_nothing_twice() {
    let (fixture, gate) = fixture().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(1, 1).await;
    fixture.win(sale, buyers[0]).await;
    let epoch = fixture.stock_row(sale).await.epoch;

    gate.come_back_older();
    probe(&fixture);
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "ticket lost");

    // It was found out, and is loaded anew.
    fixture.moves_on(sale, epoch).await;
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "sold out");
    assert_eq!(
        (fixture.taken(sale).await, fixture.order_count().await),
        (1, 1)
    );
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_gate_that_comes_back_older_sells_nobody_more_than_one_may_have() {
    let (fixture, gate) = fixture().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(5, 1).await;
    fixture.win(sale, ann).await;
    let epoch = fixture.stock_row(sale).await.epoch;

    gate.come_back_older();
    assert_eq!(ending(&fixture.claim(sale, ann).await), "ticket lost");

    fixture.moves_on(sale, epoch).await;
    assert_eq!(ending(&fixture.claim(sale, ann).await), "limit");
    assert_eq!(
        (fixture.taken(sale).await, fixture.order_count().await),
        (1, 1)
    );
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_key_that_the_gate_forgot_is_still_its_order() {
    let (fixture, gate) = fixture().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(2, 2).await;
    let claim = wants(sale, ann, 1, Some("k"));
    let (order, _) = won(fixture.open.sales.claim(claim.clone()).await);

    gate.come_back_older();
    let (again, replayed) = won(fixture.open.sales.claim(claim).await);

    assert!(replayed && again.id == order.id);
    assert_eq!(
        (fixture.taken(sale).await, fixture.order_count().await),
        (1, 1)
    );
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_gate_that_does_not_know_whose_unit_comes_back_is_loaded_anew() {
    let (fixture, gate) = fixture().await;
    let buyers = fixture.buyers(3).await;
    let sale = fixture.sale(2, 1).await;
    let order = fixture.win(sale, buyers[0]).await;
    fixture.win(sale, buyers[1]).await;
    let orders = &fixture.open.orders;
    orders.cancel(buyers[0].id, order.id).await.unwrap();

    gate.come_back_older();
    fixture.give().await;

    assert_eq!(
        (fixture.open_gives().await, fixture.left(sale).await),
        (0, 1)
    );
    probe(&fixture);
    assert_eq!(ending(&fixture.claim(sale, buyers[2]).await), "won");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_unit_that_comes_back_while_the_gate_is_loaded_waits_for_it() {
    let (fixture, gate) = fixture().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(1, 1).await;
    let order = fixture.win(sale, buyers[0]).await;
    let epoch = fixture.stock_row(sale).await.epoch;
    let flips = gate.flips.lock().await;
    let sales = fixture.open.sales.clone();
    let renamed = SaleChange {
        title: Some("Last chance".into()),
        ..SaleChange::default()
    };
    let editing = tokio::spawn(async move { sales.change(ADMIN, sale, renamed).await });
    fixture.moves_on(sale, epoch).await;

    // What is being loaded was read before.
    let orders = &fixture.open.orders;
    orders.cancel(buyers[0].id, order.id).await.unwrap();
    fixture.give().await;
    assert_eq!(fixture.open_gives().await, 1, "the gate is behind");

    drop(flips);
    editing.await.unwrap().unwrap();
    // The look that is taken each second may have begun another epoch meanwhile, which
    // has the unit; the one of the edit has not. Either way it comes back once.
    fixture.clock.advance(Duration::from_mins(1));
    fixture.give().await;
    assert_eq!(
        (fixture.open_gives().await, fixture.left(sale).await),
        (0, 1)
    );
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "won");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn who_was_admitted_and_hears_of_it_after_the_end_has_not_won() {
    let (fixture, gate) = fixture().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(1, 1).await;
    let epoch = Epoch(fixture.stock_row(sale).await.epoch);
    let verdicts = gate.verdicts.lock().await;
    let sales = fixture.open.sales.clone();
    let claiming = tokio::spawn(async move { sales.claim(wants(sale, ann, 1, Some("k"))).await });
    while gate.dump(sale, epoch).await.unwrap().left > 0 {
        tokio::task::yield_now().await;
    }

    fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    drop(verdicts);

    assert_eq!(ending(&claiming.await.unwrap()), "cancelled");
    assert_eq!(
        (fixture.taken(sale).await, fixture.order_count().await),
        (0, 0)
    );
    assert_eq!(fixture.shelf().await, SHELF);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn who_was_admitted_and_hears_of_it_after_an_edit_is_admitted_anew() {
    let (fixture, gate) = fixture().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(1, 1).await;
    let epoch = fixture.stock_row(sale).await.epoch;
    let verdicts = gate.verdicts.lock().await;
    let (claims, edits) = (fixture.open.sales.clone(), fixture.open.sales.clone());
    let claiming = tokio::spawn(async move { claims.claim(wants(sale, ann, 1, None)).await });
    while gate.dump(sale, Epoch(epoch)).await.unwrap().left > 0 {
        tokio::task::yield_now().await;
    }

    let cheaper = SaleChange {
        price: Some(Money::new(7).unwrap()),
        ..SaleChange::default()
    };
    let editing = tokio::spawn(async move { edits.change(ADMIN, sale, cheaper).await });
    let mut now = epoch;
    while now == epoch || gate.dump(sale, Epoch(now)).await.is_err() {
        now = fixture.stock_row(sale).await.epoch;
    }
    drop(verdicts);

    editing.await.unwrap().unwrap();
    let (order, _) = won(claiming.await.unwrap());
    assert_eq!(
        order.total.minor(),
        7,
        "the price of the epoch that commits"
    );
    fixture.sound(sale).await;
}
