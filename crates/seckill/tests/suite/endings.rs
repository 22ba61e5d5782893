//! Units that come back: unpaid, cancelled, refunded; while the sale runs and afterwards.

use std::time::Duration;

use stampede_order::{Expiry, OrderError, OrderService, OrderStatus, Refund};
use stampede_seckill::*;

use crate::fixture::*;

#[tokio::test]
async fn a_unit_that_nobody_pays_for_is_sold_again_once() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(3).await;
    let sale = fixture.sale(1, 1).await;
    let order = fixture.win(sale, buyers[0]).await;
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "sold out");

    fixture.clock.advance(Duration::from_mins(15));
    let expiry = Expiry::new(fixture.open.orders.clone());
    assert_eq!(expiry.run_due().await.unwrap(), 1);
    assert_eq!(expiry.run_due().await.unwrap(), 0);
    assert_eq!(fixture.taken(sale).await, 0);
    fixture.give().await;
    fixture.give().await;

    // The sold-out mark falls within a quarter of a second.
    fixture.clock.advance(Duration::from_millis(250));
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "won");
    fixture.clock.advance(Duration::from_millis(250));
    assert_eq!(ending(&fixture.claim(sale, buyers[2]).await), "sold out");
    // Too late, and no second sale of the unit.
    let late = fixture.pay(buyers[0], order.id).await;
    assert!(matches!(late, Err(OrderError::Expired)), "{late:?}");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn who_finds_out_that_units_are_back_opens_the_door_to_everybody() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(4).await;
    let sale = fixture.sale(2, 2).await;
    let both = fixture
        .open
        .sales
        .claim(wants(sale, buyers[0], 2, None))
        .await;
    let (order, _) = won(both);
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "sold out");
    let orders = &fixture.open.orders;
    orders.cancel(buyers[0].id, order.id).await.unwrap();
    fixture.give().await;

    fixture.clock.advance(Duration::from_millis(250));
    for (buyer, ends) in buyers[1..].iter().zip(["won", "won", "sold out"]) {
        assert_eq!(ending(&fixture.claim(sale, *buyer).await), ends);
    }
    fixture.sound(sale).await;
}

#[tokio::test]
async fn who_cancels_may_buy_again() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(5, 2).await;
    let first = fixture.win(sale, ann).await;
    let second = fixture.win(sale, ann).await;
    assert_eq!(ending(&fixture.claim(sale, ann).await), "limit");

    fixture.open.orders.cancel(ann.id, first.id).await.unwrap();
    assert!(fixture.open.orders.cancel(ann.id, first.id).await.is_err());
    fixture.give().await;

    assert_eq!(ending(&fixture.claim(sale, ann).await), "won");
    assert_eq!(ending(&fixture.claim(sale, ann).await), "limit");
    fixture.pay(ann, second.id).await.unwrap();
    assert_eq!(fixture.taken(sale).await, 2);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_refund_puts_the_unit_back_only_when_it_says_so() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(2, 1).await;
    for (buyer, restock) in buyers.iter().zip([false, true]) {
        let order = fixture.win(sale, *buyer).await;
        fixture.pay(*buyer, order.id).await.unwrap();
        let refund = Refund {
            order: order.id,
            restock,
            reason: None,
        };
        let refunded = fixture
            .open
            .orders
            .refund(ADMIN, refund, None)
            .await
            .unwrap();
        assert_eq!(refunded.value.status, OrderStatus::Refunded);
    }

    assert_eq!(fixture.taken(sale).await, 1);
    fixture.give().await;
    assert_eq!(fixture.left(sale).await, 1);
    // Only the unit that is back may be bought again.
    assert_eq!(ending(&fixture.claim(sale, buyers[0]).await), "limit");
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "won");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn what_is_unsold_goes_back_to_the_shelf_when_the_sale_is_over() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(10, 1).await;
    let order = fixture.win(sale, buyers[0]).await;
    fixture.win(sale, buyers[1]).await;
    assert_eq!(fixture.shelf().await, SHELF - 10);

    fixture.clock.advance(Duration::from_hours(1));
    fixture.open.sales.maintain().await;
    assert_eq!(
        fixture.shelf().await,
        SHELF - 10,
        "what was admitted may still commit"
    );
    fixture.clock.advance(Duration::from_secs(2));
    fixture.open.sales.maintain().await;
    fixture.open.sales.maintain().await;

    let over = fixture.open.sales.sale(sale).await.unwrap();
    assert_eq!(
        (over.status, over.total, over.left),
        (SaleStatus::Ended, 2, 0)
    );
    assert_eq!(fixture.shelf().await, SHELF - 2);
    fixture.sound(sale).await;

    // A unit that comes back later is the shelf's, not the sale's.
    let expiry = Expiry::new(fixture.open.orders.clone());
    assert_eq!(expiry.run_due().await.unwrap(), 2);
    assert_eq!(fixture.shelf().await, SHELF);
    assert_eq!(
        (fixture.taken(sale).await, fixture.open_gives().await),
        (0, 0)
    );
    assert_eq!(ending(&fixture.claim(sale, buyers[0]).await), "ended");
    assert!(fixture.pay(buyers[0], order.id).await.is_err());
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_sale_whose_end_was_put_off_is_not_closed_by_who_has_not_heard_of_it() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(2, 1).await;
    fixture.win(sale, buyers[0]).await;
    // An edit at another gateway, whose news is on its way.
    let sql = format!("UPDATE sale SET ends_at = ends_at + 3600000 WHERE id = {sale}");
    fixture.db.by_hand(&[&sql]).await;

    fixture.clock.advance(Duration::from_hours(1));
    fixture.clock.advance(Duration::from_secs(2));
    fixture.open.sales.maintain().await;

    assert_eq!(fixture.stock_row(sale).await.closed_at, None);
    assert_eq!(fixture.shelf().await, SHELF - 2);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn two_hundred_unpaid_orders_end_together() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(30).await;
    let sale = fixture.sale(90, 3).await;
    let claims = buyers.iter().flat_map(|buyer| [*buyer; 3]);
    let claims: Vec<_> = claims.map(|buyer| fixture.claim(sale, buyer)).collect();
    for claimed in futures::future::join_all(claims).await {
        won(claimed);
    }

    fixture.clock.advance(Duration::from_mins(15));
    let expiry = Expiry::new(fixture.open.orders.clone());
    assert_eq!(expiry.run_due().await.unwrap(), 90);

    assert_eq!(fixture.open_gives().await, 1);
    fixture.give().await;
    assert_eq!(
        (fixture.taken(sale).await, fixture.left(sale).await),
        (0, 90)
    );
    assert_eq!(ending(&fixture.claim(sale, buyers[0]).await), "won");
    fixture.sound(sale).await;
}
