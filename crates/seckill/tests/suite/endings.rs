//! Units that come back: unpaid, cancelled, refunded; while the sale runs and afterwards.

use std::time::Duration;

use stampede_order::{Expiry, OrderError, OrderService, OrderStatus, Refund};
use stampede_seckill::*;

use crate::fixture::*;

#[tokio::test]
async fn a_unit_that_nobody_pays_for_is_sold_again_once() {
    let site = Site::open().await;
    let buyers = site.buyers(3).await;
    let sale = site.sale(1, 1).await;
    let order = site.win(sale, buyers[0]).await;
    assert_eq!(ending(&site.claim(sale, buyers[1]).await), "sold out");

    site.clock.advance(Duration::from_mins(15));
    let expiry = Expiry::new(site.open.orders.clone());
    assert_eq!(expiry.run_due().await.unwrap(), 1);
    assert_eq!(expiry.run_due().await.unwrap(), 0);
    assert_eq!(site.taken(sale).await, 0);
    site.give().await;
    site.give().await;

    // The sold-out mark falls within a quarter of a second.
    site.clock.advance(Duration::from_millis(250));
    assert_eq!(ending(&site.claim(sale, buyers[1]).await), "won");
    site.clock.advance(Duration::from_millis(250));
    assert_eq!(ending(&site.claim(sale, buyers[2]).await), "sold out");
    // Too late, and no second sale of the unit.
    let late = site.pay(buyers[0], order.id).await;
    assert!(matches!(late, Err(OrderError::Expired)), "{late:?}");
    site.sound(sale).await;
}

#[tokio::test]
async fn who_finds_out_that_units_are_back_opens_the_door_to_everybody() {
    let site = Site::open().await;
    let buyers = site.buyers(4).await;
    let sale = site.sale(2, 2).await;
    let both = site.open.sales.claim(wants(sale, buyers[0], 2, None)).await;
    let (order, _) = won(both);
    assert_eq!(ending(&site.claim(sale, buyers[1]).await), "sold out");
    let orders = &site.open.orders;
    orders.cancel(buyers[0].id, order.id).await.unwrap();
    site.give().await;

    site.clock.advance(Duration::from_millis(250));
    for (buyer, ends) in buyers[1..].iter().zip(["won", "won", "sold out"]) {
        assert_eq!(ending(&site.claim(sale, *buyer).await), ends);
    }
    site.sound(sale).await;
}

#[tokio::test]
async fn who_cancels_may_buy_again() {
    let site = Site::open().await;
    let ann = site.buyer().await;
    let sale = site.sale(5, 2).await;
    let first = site.win(sale, ann).await;
    let second = site.win(sale, ann).await;
    assert_eq!(ending(&site.claim(sale, ann).await), "limit");

    site.open.orders.cancel(ann.id, first.id).await.unwrap();
    assert!(site.open.orders.cancel(ann.id, first.id).await.is_err());
    site.give().await;

    assert_eq!(ending(&site.claim(sale, ann).await), "won");
    assert_eq!(ending(&site.claim(sale, ann).await), "limit");
    site.pay(ann, second.id).await.unwrap();
    assert_eq!(site.taken(sale).await, 2);
    site.sound(sale).await;
}

#[tokio::test]
async fn a_refund_puts_the_unit_back_only_when_it_says_so() {
    let site = Site::open().await;
    let buyers = site.buyers(2).await;
    let sale = site.sale(2, 1).await;
    for (buyer, restock) in buyers.iter().zip([false, true]) {
        let order = site.win(sale, *buyer).await;
        site.pay(*buyer, order.id).await.unwrap();
        let refund = Refund {
            order: order.id,
            restock,
            reason: None,
        };
        let refunded = site.open.orders.refund(ADMIN, refund, None).await.unwrap();
        assert_eq!(refunded.value.status, OrderStatus::Refunded);
    }

    assert_eq!(site.taken(sale).await, 1);
    site.give().await;
    assert_eq!(site.left(sale).await, 1);
    // Only the unit that is back may be bought again.
    assert_eq!(ending(&site.claim(sale, buyers[0]).await), "limit");
    assert_eq!(ending(&site.claim(sale, buyers[1]).await), "won");
    site.sound(sale).await;
}

#[tokio::test]
async fn what_is_unsold_goes_back_to_the_shelf_when_the_sale_is_over() {
    let site = Site::open().await;
    let buyers = site.buyers(2).await;
    let sale = site.sale(10, 1).await;
    let order = site.win(sale, buyers[0]).await;
    site.win(sale, buyers[1]).await;
    assert_eq!(site.shelf().await, SHELF - 10);

    site.clock.advance(Duration::from_hours(1));
    site.open.sales.look_after().await;
    assert_eq!(
        site.shelf().await,
        SHELF - 10,
        "what was admitted may still commit"
    );
    site.clock.advance(Duration::from_secs(2));
    site.open.sales.look_after().await;
    site.open.sales.look_after().await;

    let over = site.open.sales.sale(sale).await.unwrap();
    assert_eq!(
        (over.standing, over.total, over.left),
        (SaleStanding::Ended, 2, 0)
    );
    assert_eq!(site.shelf().await, SHELF - 2);
    site.sound(sale).await;

    // A unit that comes back later is the shelf's, not the sale's.
    let expiry = Expiry::new(site.open.orders.clone());
    assert_eq!(expiry.run_due().await.unwrap(), 2);
    assert_eq!(site.shelf().await, SHELF);
    assert_eq!((site.taken(sale).await, site.open_gives().await), (0, 0));
    assert_eq!(ending(&site.claim(sale, buyers[0]).await), "ended");
    assert!(site.pay(buyers[0], order.id).await.is_err());
    site.sound(sale).await;
}

#[tokio::test]
async fn a_sale_whose_end_was_put_off_is_not_closed_by_who_has_not_heard_of_it() {
    let site = Site::open().await;
    let buyers = site.buyers(2).await;
    let sale = site.sale(2, 1).await;
    site.win(sale, buyers[0]).await;
    // An edit at another gateway, whose news is on its way.
    let sql = format!("UPDATE sale SET ends_at = ends_at + 3600000 WHERE id = {sale}");
    site.db.by_hand(&[&sql]).await;

    site.clock.advance(Duration::from_hours(1));
    site.clock.advance(Duration::from_secs(2));
    site.open.sales.look_after().await;

    assert_eq!(site.stock_row(sale).await.closed_at, None);
    assert_eq!(site.shelf().await, SHELF - 2);
    site.sound(sale).await;
}

#[tokio::test]
async fn two_hundred_unpaid_orders_end_together() {
    let site = Site::open().await;
    let buyers = site.buyers(30).await;
    let sale = site.sale(90, 3).await;
    let claims = buyers.iter().flat_map(|buyer| [*buyer; 3]);
    let claims: Vec<_> = claims.map(|buyer| site.claim(sale, buyer)).collect();
    for claimed in futures::future::join_all(claims).await {
        won(claimed);
    }

    site.clock.advance(Duration::from_mins(15));
    let expiry = Expiry::new(site.open.orders.clone());
    assert_eq!(expiry.run_due().await.unwrap(), 90);

    assert_eq!(site.open_gives().await, 1);
    site.give().await;
    assert_eq!((site.taken(sale).await, site.left(sale).await), (0, 90));
    assert_eq!(ending(&site.claim(sale, buyers[0]).await), "won");
    site.sound(sale).await;
}
