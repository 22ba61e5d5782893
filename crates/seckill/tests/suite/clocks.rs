//! The gate's clock judges a sale; a gateway whose own is wrong changes nothing.

use std::sync::Arc;
use std::time::Duration;

use stampede_kernel::*;
use stampede_seckill::Refusal;
use stampede_seckill::*;

use crate::fixture::*;

const HOUR: Duration = Duration::from_hours(1);
const WRONG: Duration = Duration::from_secs(90);

fn clock(at: Timestamp) -> Arc<ManualClock> {
    Arc::new(ManualClock::at(at))
}

#[tokio::test]
async fn a_gateway_whose_clock_is_ahead_does_not_end_the_sale() {
    let site = Site::open().await;
    let buyers = site.buyers(2).await;
    let sale = site.sale(5, 1).await;
    let ahead = site.gateway_at(clock(NOW.plus(HOUR).plus(WRONG)));

    ahead.sales.look_after().await;

    assert_eq!(site.stock_row(sale).await.closed_at, None);
    assert_eq!(site.shelf().await, SHELF - 5);
    assert_eq!(ending(&site.claim(sale, buyers[0]).await), "won");
    let there = ahead.sales.claim(wants(sale, buyers[1], 1, None)).await;
    assert_eq!(ending(&there), "won");
    // No ticket is dated after the end.
    site.sound(sale).await;
}

#[tokio::test]
async fn a_gateway_whose_clock_is_behind_closes_when_it_is_time() {
    let site = Site::open().await;
    let sale = site.sale(5, 1).await;
    site.open.die();
    let behind = site.gateway_at(clock(NOW.minus(WRONG)));

    site.clock.advance(HOUR + Duration::from_millis(1_999));
    behind.sales.look_after().await;
    assert_eq!(site.stock_row(sale).await.closed_at, None);

    site.clock.advance(Duration::from_millis(1));
    behind.sales.look_after().await;
    let closed_at = site.stock_row(sale).await.closed_at;
    assert_eq!(closed_at, Some(NOW.plus(HOUR).plus(Duration::from_secs(2))));
    assert_eq!(site.shelf().await, SHELF);
    site.sound(sale).await;
}

#[tokio::test]
async fn a_gateway_whose_clock_is_behind_sells_from_the_first_instant() {
    let site = Site::open().await;
    let ann = site.buyer().await;
    let later = NewSale {
        starts_at: NOW.plus(WRONG),
        ..site.new_sale(5, 1)
    };
    let sale = site.open.sales.create(ADMIN, later).await.unwrap().id;
    site.open.die();
    let behind = site.gateway_at(clock(NOW.minus(HOUR)));
    behind.sales.look_after().await;
    let early = behind.sales.claim(wants(sale, ann, 1, None)).await;
    assert_eq!(ending(&early), "not started");

    site.clock.advance(WRONG);
    behind.sales.look_after().await;

    let claimed = behind.sales.claim(wants(sale, ann, 1, None)).await;
    assert_eq!(ending(&claimed), "won");
    site.sound(sale).await;
}

#[tokio::test]
async fn an_edit_at_a_gateway_with_a_wrong_clock_moves_nothing_into_the_past() {
    let site = Site::open().await;
    let ann = site.buyer().await;
    let sale = site.sale(5, 1).await;
    site.clock.advance(WRONG);
    site.win(sale, ann).await;
    let behind = site.gateway_at(clock(NOW.minus(HOUR)));
    let end = SaleChange {
        ends_at: Some(NOW.plus(Duration::from_secs(1))),
        ..SaleChange::default()
    };
    let start = SaleChange {
        starts_at: Some(NOW.plus(WRONG).plus(WRONG)),
        ..SaleChange::default()
    };
    for (change, field, code) in [
        (end, "ends_at", "out_of_range"),
        (start, "starts_at", "begun"),
    ] {
        let refused = behind.sales.change(ADMIN, sale, change).await;
        let Err(SaleError::Invalid(fault)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!((&*fault.field, fault.code), (field, code));
    }
    // A clock that is ahead refuses no end that is still to come.
    let ahead = site.gateway_at(clock(NOW.plus(HOUR)));
    let sooner = SaleChange {
        ends_at: Some(NOW.plus(WRONG).plus(Duration::from_secs(1))),
        ..SaleChange::default()
    };
    ahead.sales.change(ADMIN, sale, sooner).await.unwrap();
    ahead.sales.cancel(ADMIN, sale).await.unwrap();
    site.sound(sale).await;
}

#[tokio::test]
async fn what_was_admitted_and_comes_after_the_close_was_due_has_not_won() {
    let site = Site::open().await;
    let ann = site.buyer().await;
    let sale = site.sale(1, 1).await;
    let stuck = site.gateway_with(site.open.gate.clone(), impatient(), |partners| {
        partners.book = Arc::new(StuckBook::default());
    });
    let claim = wants(sale, ann, 1, Some("k"));
    let ticket = admitted(&stuck, &claim).await;
    stuck.die();

    site.clock.advance(HOUR + Duration::from_secs(2));
    let late = ending(&site.open.sales.claim(claim).await);
    assert!(["busy", "ended"].contains(&late), "{late}");
    assert_eq!(site.order_count().await, 0);

    site.open.sales.look_after().await;
    let ticket = site.open.sales.ticket(ann.id, sale, ticket.id).await;
    assert_eq!(
        ticket.unwrap().standing,
        TicketStanding::Refused(Refusal::Lost)
    );
    assert_eq!(site.shelf().await, SHELF);
    site.sound(sale).await;
}
