//! One broken part stops nothing else: a gateway that is cut off, a claim that cannot
//! be booked, a load that nobody does, a task that panics, a sale that is long over.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use stampede_kernel::*;
use stampede_order::{
    Booking, DeliveryMethods, DraftOrders, Order, OrderError, OrderService, SaleOrders,
};
use stampede_persistence::job::Workers;
use stampede_seckill::*;

use crate::cut::CutGate;
use crate::fixture::*;
use crate::frail::FrailGate;

/// Settings of one gateway of several, under which a load that nobody does would be
/// waited for until the test ends.
fn trusting() -> SaleSettings {
    SaleSettings {
        load_within: Duration::from_hours(1),
        ..patient()
    }
}

#[tokio::test]
async fn a_gateway_that_is_cut_off_from_the_gate_fences_nobody() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(3).await;
    let sale = fixture.sale(2, 1).await;
    let cut = Arc::new(CutGate::off(fixture.open.gate.clone()));
    let other = fixture.gateway(cut.clone(), SaleSettings::default());
    let order = fixture.win(sale, buyers[0]).await;
    let epoch = fixture.stock_row(sale).await.epoch;
    let orders = &fixture.open.orders;
    orders.cancel(buyers[0].id, order.id).await.unwrap();

    fixture.clock.advance(Duration::from_millis(1));
    let workers = other.sales.workers();
    let workers = Workers::new(fixture.db.db.clone(), fixture.clock.clone(), workers);
    workers.run_due().await.unwrap();
    other.sales.maintain().await;
    let refused = other.sales.claim(wants(sale, buyers[1], 1, None)).await;

    assert_eq!(ending(&refused), "busy");
    assert_eq!(
        fixture.stock_row(sale).await.epoch,
        epoch,
        "nobody is fenced"
    );
    assert_eq!(
        fixture.open_gives().await,
        1,
        "the unit is still to come back"
    );
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "won");

    cut.mend();
    fixture.clock.advance(Duration::from_hours(1));
    assert_eq!(fixture.stock_row(sale).await.epoch, epoch);
    fixture.give().await;
    assert_eq!(fixture.open_gives().await, 0);
}

#[tokio::test]
async fn a_unit_that_a_later_epoch_has_counted_is_not_given_again() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(1, 1).await;
    let order = fixture.win(sale, ann).await;
    fixture.open.orders.cancel(ann.id, order.id).await.unwrap();
    fixture.open.sales.pause(ADMIN, sale).await.unwrap();
    fixture.open.sales.resume(ADMIN, sale).await.unwrap();
    let epoch = fixture.stock_row(sale).await.epoch;

    fixture.give().await;

    assert_eq!(
        (fixture.open_gives().await, fixture.left(sale).await),
        (0, 1)
    );
    assert_eq!(fixture.stock_row(sale).await.epoch, epoch);
    fixture.sound(sale).await;
}

/// The sum of two units is no money any more. Sales are checked when they are made;
/// this one was made by an earlier release.
async fn dear(fixture: &Fixture, total: i64) -> SaleId {
    let sale = fixture.sale(total, 2).await;
    let most = Money::MAX.minor();
    let sql = format!("UPDATE sale SET price = {most} WHERE id = {sale}");
    fixture.db.by_hand(&[&sql]).await;
    fixture.open.sales.pause(ADMIN, sale).await.unwrap();
    fixture.open.sales.resume(ADMIN, sale).await.unwrap();
    sale
}

#[tokio::test]
async fn a_claim_that_cannot_be_booked_is_refused_for_good_and_the_rest_of_its_batch_is_served() {
    let mut fixture = Fixture::open().await;
    let buyers = fixture.buyers(6).await;
    fixture.open = fixture.gateway(fixture.open.gate.clone(), patient());
    let sale = dear(&fixture, 7).await;

    let claims = buyers.iter().enumerate().map(|(place, buyer)| {
        let units = if place == 2 { 2 } else { 1 };
        fixture
            .open
            .sales
            .claim(wants(sale, *buyer, units, Some("k")))
    });
    let answers = futures::future::join_all(claims).await;

    let endings: Vec<_> = answers.iter().map(ending).collect();
    assert_eq!(endings, ["won", "won", "ticket lost", "won", "won", "won"]);
    let again = wants(sale, buyers[2], 2, Some("k"));
    assert_eq!(
        ending(&fixture.open.sales.claim(again).await),
        "ticket lost"
    );
    // Its units are back at once.
    let one = wants(sale, buyers[2], 1, Some("l"));
    assert_eq!(ending(&fixture.open.sales.claim(one).await), "won");
    assert_eq!(fixture.taken(sale).await, 6);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_claim_that_cannot_be_booked_holds_up_no_batch_that_is_adopted() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(3).await;
    let sale = dear(&fixture, 5).await;
    let impatient = SaleSettings {
        ack_within: Duration::from_millis(30),
        ..SaleSettings::default()
    };
    for (buyer, units) in buyers.iter().zip([2, 1, 2]) {
        let stuck = fixture.gateway_with(fixture.open.gate.clone(), impatient, |dependencies| {
            dependencies.sale_orders = Arc::new(StuckBook::default());
        });
        let claimed = stuck.sales.claim(wants(sale, *buyer, units, None)).await;
        assert_eq!(ending(&claimed), "pending");
        stuck.die();
    }

    while fixture.ticket_count(sale).await < 3 {
        fixture.open.sales.maintain().await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    assert_eq!(
        (fixture.taken(sale).await, fixture.order_count().await),
        (1, 1)
    );
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_sale_whose_dearest_order_has_no_sum_is_not_made() {
    let fixture = Fixture::open().await;
    let most = Money::MAX.minor();
    let sql = format!("UPDATE sku SET price = {most}");
    fixture.db.by_hand(&[&sql]).await;
    let new = NewSale {
        price: Money::MAX,
        ..fixture.new_sale(5, 2)
    };
    let refused = fixture.open.sales.create(ADMIN, new.clone()).await;
    assert!(
        matches!(
            refused,
            Err(SaleError::Invalid(ref fault)) if fault.field == "price" && fault.code == "out_of_range"
        ),
        "{refused:?}"
    );

    let one = NewSale {
        per_user_limit: 1,
        ..new
    };
    let sale = fixture.open.sales.create(ADMIN, one).await.unwrap().id;
    let more = SaleChange {
        per_user_limit: Some(2),
        ..SaleChange::default()
    };
    let refused = fixture.open.sales.change(ADMIN, sale, more).await;
    assert!(
        matches!(
            refused,
            Err(SaleError::Invalid(ref fault)) if fault.field == "price" && fault.code == "out_of_range"
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn sales_sell_at_every_gateway_from_their_first_instant() {
    let mut fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let gate = fixture.open.gate.clone();
    fixture.open = fixture.gateway(gate.clone(), trusting());
    let other = fixture.gateway(gate, trusting());
    let mut sales = Vec::new();
    for _ in 0..30 {
        let new = fixture.new_sale(3, 2);
        sales.push(fixture.open.sales.create(ADMIN, new).await.unwrap().id);
    }

    for gateway in [&other, &fixture.open] {
        let claims = (sales.iter()).map(|sale| gateway.sales.claim(wants(*sale, ann, 1, None)));
        for claimed in futures::future::join_all(claims).await {
            won(claimed);
        }
    }
    for sale in sales {
        assert_eq!(
            fixture.stock_row(sale).await.epoch,
            1,
            "nobody loaded it again"
        );
    }
}

#[tokio::test]
async fn a_gate_that_nobody_loads_is_loaded_by_whoever_needs_it() {
    let mut fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let gate = Arc::new(FrailGate::new(fixture.clock.clone()));
    fixture.open = fixture.gateway(gate.clone(), trusting());
    let new = fixture.new_sale(1, 1);
    let sale = fixture.open.sales.create(ADMIN, new).await.unwrap().id;
    // Whoever made it has died before it was loaded.
    gate.lose();
    let other = fixture.gateway(gate, trusting());

    let claimed = other.sales.claim(wants(sale, ann, 1, None)).await;

    assert_eq!(ending(&claimed), "won");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_database_that_went_back_in_time_is_sold_from_all_the_same() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(2, 1).await;
    for _ in 0..3 {
        fixture.open.sales.pause(ADMIN, sale).await.unwrap();
        fixture.open.sales.resume(ADMIN, sale).await.unwrap();
    }
    fixture.win(sale, buyers[0]).await;
    let ahead = fixture.stock_row(sale).await.epoch;

    let sql = format!("UPDATE sale_stock SET epoch = 2 WHERE sale_id = {sale}");
    fixture.db.by_hand(&[&sql]).await;

    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "won");
    assert!(fixture.stock_row(sale).await.epoch > ahead);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn another_claim_under_a_won_key_is_none_of_that_order_though_the_gate_forgot_it() {
    let mut fixture = Fixture::open().await;
    let gate = Arc::new(FrailGate::new(fixture.clock.clone()));
    fixture.open = fixture.gateway(gate.clone(), patient());
    let ann = fixture.buyer().await;
    let sale = fixture.sale(5, 3).await;
    won(fixture
        .open
        .sales
        .claim(wants(sale, ann, 1, Some("k")))
        .await);
    let epoch = fixture.stock_row(sale).await.epoch;

    gate.come_back_older();
    let other = fixture
        .open
        .sales
        .claim(wants(sale, ann, 2, Some("k")))
        .await;

    assert_eq!(ending(&other), "key reused");
    // The answer does not wait until the gate is loaded anew.
    fixture.moves_on(sale, epoch).await;
    assert_eq!(
        (fixture.taken(sale).await, fixture.order_count().await),
        (1, 1)
    );
    fixture.sound(sale).await;
}

/// Panics when it is asked first.
struct PanickingBook {
    asked: AtomicUsize,
    sale_orders: Arc<dyn SaleOrders>,
}

#[async_trait]
impl SaleOrders for PanickingBook {
    async fn delivery_methods(&self) -> Result<DeliveryMethods, sea_orm::DbErr> {
        self.sale_orders.delivery_methods().await
    }

    fn draft(
        &self,
        bookings: &[Booking],
        methods: &DeliveryMethods,
        now: Timestamp,
    ) -> Result<DraftOrders, OrderError> {
        self.sale_orders.draft(bookings, methods, now)
    }

    async fn book(
        &self,
        tx: &sea_orm::DatabaseTransaction,
        draft: DraftOrders,
    ) -> Result<Vec<Order>, OrderError> {
        let first = self.asked.fetch_add(1, Ordering::SeqCst) == 0;
        assert!(!first, "a fault on purpose");
        self.sale_orders.book(tx, draft).await
    }
}

#[tokio::test]
async fn a_counter_whose_task_panics_is_served_again_and_nobody_waits_for_ever() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(2, 1).await;
    let frail = fixture.gateway_with(fixture.open.gate.clone(), patient(), |dependencies| {
        dependencies.sale_orders = Arc::new(PanickingBook {
            asked: AtomicUsize::new(0),
            sale_orders: dependencies.sale_orders.clone(),
        });
    });

    let claim = wants(sale, buyers[0], 1, Some("k"));
    let first = frail.sales.claim(claim.clone()).await;
    assert_eq!(ending(&first), "busy");

    let second = frail.sales.claim(wants(sale, buyers[1], 1, None)).await;
    assert_eq!(ending(&second), "won");
    assert_eq!(ending(&frail.sales.claim(claim).await), "won");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn tasks_that_are_run_again_serve_the_counters_that_there_are() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(2, 1).await;
    fixture.win(sale, buyers[0]).await;

    fixture.open.die();
    let again = tokio::spawn(fixture.open.sales.clone().run());

    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "won");
    again.abort();
}

#[tokio::test]
async fn sales_that_are_long_over_are_not_kept_in_memory_and_answer_as_before() {
    let mut fixture = Fixture::open().await;
    let buyers = fixture.buyers(3).await;
    let gate = Arc::new(MemoryGate::new(fixture.clock.clone()));
    fixture.open = fixture.gateway(gate.clone(), SaleSettings::default());
    let mut orders = Vec::new();
    let mut over = Vec::new();
    for _ in 0..5 {
        let sale = fixture.sale(2, 1).await;
        let claim = wants(sale, buyers[0], 1, Some("k"));
        orders.push(won(fixture.open.sales.claim(claim).await).0.id);
        fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
        over.push(sale);
    }
    let runs = fixture.sale(2, 1).await;
    assert_eq!((fixture.open.sales.in_memory(), gate.sales()), (6, 6));

    fixture.clock.advance(Duration::from_mins(59));
    let later = SaleChange {
        ends_at: Some(fixture.clock.now().plus(Duration::from_hours(1))),
        ..SaleChange::default()
    };
    fixture.open.sales.change(ADMIN, runs, later).await.unwrap();
    fixture.open.sales.maintain().await;
    assert_eq!(fixture.open.sales.in_memory(), 6);
    fixture.clock.advance(Duration::from_mins(1));
    fixture.open.sales.maintain().await;
    assert_eq!((fixture.open.sales.in_memory(), gate.sales()), (1, 1));

    for (sale, order) in over.into_iter().zip(orders) {
        let claim = wants(sale, buyers[0], 1, Some("k"));
        let (again, replayed) = won(fixture.open.sales.claim(claim).await);
        assert!(replayed && again.id == order);
        let key = wants(sale, buyers[1], 1, Some("k"));
        assert_eq!(ending(&fixture.open.sales.claim(key).await), "cancelled");
        assert_eq!(ending(&fixture.claim(sale, buyers[2]).await), "cancelled");
        let shown = fixture.open.sales.sale(sale).await.unwrap();
        assert_eq!(shown.status, SaleStatus::Cancelled);
    }
    assert_eq!((fixture.open.sales.in_memory(), gate.sales()), (1, 1));
    assert_eq!(ending(&fixture.claim(runs, buyers[1]).await), "won");
}

#[tokio::test]
async fn a_process_that_does_not_sell_shows_what_is_left_now() {
    let folder = std::env::temp_dir().join(format!("stampede-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("shop.db");
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let gate = || Arc::new(MemoryGate::new(fixture.clock.clone()));
    let first = fixture.owned(gate(), SaleSettings::default(), SellerLock::of_file(&file));
    let second = fixture.owned(gate(), SaleSettings::default(), SellerLock::of_file(&file));
    for gateway in [&first, &second] {
        gateway.sales.maintain().await;
    }
    let new = fixture.new_sale(5, 1);
    let sale = second.sales.create(ADMIN, new).await.unwrap();
    assert_eq!(sale.left, 5);

    won(first.sales.claim(wants(sale.id, buyers[0], 1, None)).await);
    assert_eq!(second.sales.sale(sale.id).await.unwrap().left, 4);
    won(first.sales.claim(wants(sale.id, buyers[1], 1, None)).await);
    assert_eq!(second.sales.sale(sale.id).await.unwrap().left, 3);
    std::fs::remove_dir_all(folder).unwrap();
}
