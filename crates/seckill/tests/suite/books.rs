//! An audit compares the gate with the database, and repairing loads it anew.

use std::time::Duration;

use stampede_kernel::{SaleId, Timestamp, UserId};
use stampede_seckill::*;

use crate::fixture::*;

impl Fixture {
    /// Invariants that the gate's audit finds broken, and sales that it cannot judge.
    async fn gate_audit(&self) -> (Vec<&'static str>, usize) {
        let found = audit_gate(&self.db.db, self.open.gate.as_ref()).await;
        let GateFindings {
            findings,
            unchecked,
        } = found.unwrap();
        let broken = findings.breaches.iter();
        (
            broken.map(|breach| breach.invariant).collect(),
            unchecked.len(),
        )
    }

    /// Opens the next epoch at the gate as somebody would who cannot count.
    async fn load_wrongly(&self, sale: SaleId, left: i64, buyers: &[(UserId, i64)]) {
        self.load_with(sale, left, buyers, &[]).await;
    }

    async fn load_with(
        &self,
        sale: SaleId,
        left: i64,
        buyers: &[(UserId, i64)],
        tickets: &[(TicketId, Entry)],
    ) {
        let epoch = Epoch(self.stock_row(sale).await.epoch + 1);
        let gate = &self.open.gate;
        let run_id = gate.run_id(sale).await.unwrap();
        for part in [
            Chunk::Left(left),
            Chunk::Buyers(buyers),
            Chunk::Tickets(tickets),
        ] {
            gate.load(sale, epoch, part).await.unwrap();
        }
        let terms = Terms {
            admission: Admission::Open,
            starts_at: Timestamp(0),
            ends_at: Timestamp(i64::MAX),
            limit: 1,
        };
        let flip = Flip {
            epoch,
            run_id,
            buyers: buyers.len(),
            tickets: tickets.len(),
            terms,
        };
        assert!(matches!(gate.flip(sale, &flip).await, Ok(Flipped::Done(_))));
        let to = format!("UPDATE sale_stock SET epoch = {}", epoch.0);
        self.db.by_hand(&[&to]).await;
    }
}

#[tokio::test]
async fn a_sale_that_sells_and_takes_back_is_exact() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(3).await;
    let sale = fixture.sale(10, 1).await;
    for buyer in &buyers {
        fixture.win(sale, *buyer).await;
    }
    assert_eq!(fixture.gate_audit().await, (vec![], 0));

    // The units are the sale's again, and the gate has not heard of it.
    let order = fixture.open.orders.clone();
    let won = ending_order(&fixture, sale, buyers[0]).await;
    stampede_order::OrderService::cancel(&order, buyers[0].id, won)
        .await
        .unwrap();
    assert_eq!(fixture.open_gives().await, 1);
    assert_eq!(fixture.gate_audit().await, (vec![], 0));
    fixture.give().await;
    assert_eq!(fixture.gate_audit().await, (vec![], 0));
}

/// The order that a buyer hears of who wants more than the limit.
async fn ending_order(fixture: &Fixture, sale: SaleId, buyer: Buyer) -> stampede_kernel::OrderId {
    match fixture.claim(sale, buyer).await {
        Err(SaleError::LimitReached { orders }) => orders[0],
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_gate_with_other_books_is_named_and_repaired() {
    let fixture = Fixture::open().await;
    let buyer = fixture.buyer().await;
    let sale = fixture.sale(10, 1).await;
    fixture.win(sale, buyer).await;
    // Nobody looks after the sale any more: it would be loaded rightly at once.
    fixture.open.die();

    fixture.load_wrongly(sale, 10, &[(buyer.id, 1)]).await;
    assert_eq!(
        fixture.gate_audit().await,
        (vec!["J5"], 0),
        "a unit too many"
    );
    fixture.load_wrongly(sale, 9, &[]).await;
    assert_eq!(
        fixture.gate_audit().await,
        (vec!["J5"], 0),
        "a buyer unknown"
    );

    let gate = fixture.open.gate.as_ref();
    let repaired = repair(&fixture.db.db, Some(gate), NOW).await.unwrap();
    assert_eq!(repaired, [(sale, true)]);
    assert_eq!(fixture.gate_audit().await, (vec![], 0));
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_unit_that_is_lost_is_said_to_be_broken_to_who_watches() {
    let fixture = Fixture::open().await;
    let buyer = fixture.buyer().await;
    let sale = fixture.sale(10, 1).await;
    let order = fixture.win(sale, buyer).await;
    let sound = async || fixture.open.sales.live(sale).await.unwrap().consistency;
    let patience = Duration::from_secs(5);
    assert_eq!(sound().await, Consistency::Exact);

    // A unit on its way back is missing for as long as it takes.
    let orders = fixture.open.orders.clone();
    stampede_order::OrderService::cancel(&orders, buyer.id, order.id)
        .await
        .unwrap();
    for _ in 0..3 {
        assert_eq!(sound().await, Consistency::Unknown);
        fixture.clock.advance(patience);
    }
    fixture.give().await;
    assert_eq!(sound().await, Consistency::Exact);

    // Nobody looks after the sale any more: it would be loaded rightly at once.
    fixture.open.die();
    fixture.load_wrongly(sale, 9, &[]).await;
    assert_eq!(sound().await, Consistency::Unknown);
    fixture.clock.advance(patience);
    assert_eq!(sound().await, Consistency::Broken);
    repair(&fixture.db.db, Some(fixture.open.gate.as_ref()), NOW)
        .await
        .unwrap();
    assert_eq!(sound().await, Consistency::Exact);
    fixture.load_wrongly(sale, 11, &[]).await;
    assert_eq!(sound().await, Consistency::Broken, "a unit too many");
}

#[tokio::test]
async fn who_was_admitted_and_forgotten_is_named() {
    let fixture = Fixture::open().await;
    let buyer = fixture.buyer().await;
    let sale = fixture.sale(10, 1).await;
    // Nobody sweeps any more.
    fixture.open.die();
    let id = TicketIds::new(&SECRET.into());
    let claim = Claim {
        ticket: id.of(sale, buyer.id, Some("k")).unwrap(),
        user: buyer.id,
        units: 1,
        fingerprint: Fingerprint([0; 8]),
        address: None,
        delivery: None,
        config_version: 1,
    };
    let batch = Batch {
        id: BatchId([7; 16]),
        claims: &[claim],
    };
    let epoch = Epoch(fixture.stock_row(sale).await.epoch);
    fixture.open.gate.take(sale, epoch, batch).await.unwrap();

    assert_eq!(fixture.gate_audit().await, (vec!["J6"], 0));
}

#[tokio::test]
async fn who_is_pending_in_no_batch_is_named() {
    let fixture = Fixture::open().await;
    let buyer = fixture.buyer().await;
    let sale = fixture.sale(10, 1).await;
    fixture.open.die();
    let id = TicketIds::new(&SECRET.into());
    let pending = Entry {
        user: buyer.id,
        units: 1,
        fingerprint: Fingerprint([0; 8]),
        state: EntryState::Pending {
            address: None,
            delivery: None,
            config_version: 1,
        },
    };
    let ticket = id.of(sale, buyer.id, Some("k")).unwrap();

    fixture
        .load_with(sale, 9, &[(buyer.id, 1)], &[(ticket, pending)])
        .await;

    // Nobody sweeps what is in no batch: it is forgotten, too.
    assert_eq!(fixture.gate_audit().await, (vec!["J6", "J6"], 0));
}

#[tokio::test]
async fn a_gate_that_is_not_loaded_sells_nothing_and_is_no_breach() {
    let fixture = Fixture::open().await;
    let sale = fixture.sale(10, 1).await;
    fixture.open.die();

    let repaired = repair(&fixture.db.db, None, NOW).await.unwrap();

    assert_eq!(repaired, [(sale, false)]);
    assert_eq!(fixture.gate_audit().await, (vec![], 1));
}
