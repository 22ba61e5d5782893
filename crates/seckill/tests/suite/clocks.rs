//! The gate's clock judges a sale; a gateway whose own is wrong changes nothing.

use std::sync::Arc;
use std::time::Duration;

use stampede_kernel::*;
use stampede_seckill::TicketRefusal;
use stampede_seckill::*;

use crate::fixture::*;

const HOUR: Duration = Duration::from_hours(1);
const WRONG: Duration = Duration::from_secs(90);

fn clock(at: Timestamp) -> Arc<ManualClock> {
    Arc::new(ManualClock::at(at))
}

#[tokio::test]
async fn a_gateway_whose_clock_is_ahead_does_not_end_the_sale() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(5, 1).await;
    let ahead = fixture.gateway_at(clock(NOW.plus(HOUR).plus(WRONG)));

    ahead.sales.maintain().await;

    assert_eq!(fixture.stock_row(sale).await.closed_at, None);
    assert_eq!(fixture.shelf().await, SHELF - 5);
    assert_eq!(ending(&fixture.claim(sale, buyers[0]).await), "won");
    let there = ahead.sales.claim(wants(sale, buyers[1], 1, None)).await;
    assert_eq!(ending(&there), "won");
    // No ticket is dated after the end.
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_gateway_whose_clock_is_behind_closes_when_it_is_time() {
    let fixture = Fixture::open().await;
    let sale = fixture.sale(5, 1).await;
    fixture.open.die();
    let behind = fixture.gateway_at(clock(NOW.minus(WRONG)));

    fixture.clock.advance(HOUR + Duration::from_millis(1_999));
    behind.sales.maintain().await;
    assert_eq!(fixture.stock_row(sale).await.closed_at, None);

    fixture.clock.advance(Duration::from_millis(1));
    behind.sales.maintain().await;
    let closed_at = fixture.stock_row(sale).await.closed_at;
    assert_eq!(closed_at, Some(NOW.plus(HOUR).plus(Duration::from_secs(2))));
    assert_eq!(fixture.shelf().await, SHELF);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_gateway_whose_clock_is_behind_sells_from_the_first_instant() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let later = NewSale {
        starts_at: NOW.plus(WRONG),
        ..fixture.new_sale(5, 1)
    };
    let sale = fixture.open.sales.create(ADMIN, later).await.unwrap().id;
    fixture.open.die();
    let behind = fixture.gateway_at(clock(NOW.minus(HOUR)));
    behind.sales.maintain().await;
    let early = behind.sales.claim(wants(sale, ann, 1, None)).await;
    assert_eq!(ending(&early), "not started");

    fixture.clock.advance(WRONG);
    behind.sales.maintain().await;

    let claimed = behind.sales.claim(wants(sale, ann, 1, None)).await;
    assert_eq!(ending(&claimed), "won");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn an_edit_at_a_gateway_with_a_wrong_clock_moves_nothing_into_the_past() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(5, 1).await;
    fixture.clock.advance(WRONG);
    fixture.win(sale, ann).await;
    let behind = fixture.gateway_at(clock(NOW.minus(HOUR)));
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
    let ahead = fixture.gateway_at(clock(NOW.plus(HOUR)));
    let sooner = SaleChange {
        ends_at: Some(NOW.plus(WRONG).plus(Duration::from_secs(1))),
        ..SaleChange::default()
    };
    ahead.sales.change(ADMIN, sale, sooner).await.unwrap();
    ahead.sales.cancel(ADMIN, sale).await.unwrap();
    fixture.sound(sale).await;
}

#[tokio::test]
async fn what_was_admitted_and_comes_after_the_close_was_due_has_not_won() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(1, 1).await;
    let stuck = fixture.gateway_with(fixture.open.gate.clone(), impatient(), |dependencies| {
        dependencies.sale_orders = Arc::new(StuckBook::default());
    });
    let claim = wants(sale, ann, 1, Some("k"));
    let ticket = admitted(&stuck, &claim).await;
    stuck.die();

    fixture.clock.advance(HOUR + Duration::from_secs(2));
    let late = ending(&fixture.open.sales.claim(claim).await);
    assert!(["busy", "ended"].contains(&late), "{late}");
    assert_eq!(fixture.order_count().await, 0);

    fixture.open.sales.maintain().await;
    let ticket = fixture.open.sales.ticket(ann.id, sale, ticket.id).await;
    assert_eq!(
        ticket.unwrap().status,
        TicketStatus::Refused(TicketRefusal::Lost)
    );
    assert_eq!(fixture.shelf().await, SHELF);
    fixture.sound(sale).await;
}
