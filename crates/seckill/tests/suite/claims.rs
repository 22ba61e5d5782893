//! What a claim is told; the refusals first.

use std::collections::BTreeSet;
use std::time::Duration;

use stampede_kernel::*;
use stampede_seckill::*;
use stampede_user::{AddressService, NewAddress};

use crate::fixture::*;

#[tokio::test]
async fn a_claim_outside_the_window_changes_nothing() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let later = NewSale {
        starts_at: NOW.plus(Duration::from_secs(5)),
        ends_at: NOW.plus(Duration::from_secs(10)),
        ..fixture.new_sale(5, 1)
    };
    let sale = fixture.open.sales.create(ADMIN, later).await.unwrap().id;

    assert_eq!(ending(&fixture.claim(sale, ann).await), "not started");
    // From two seconds before the start on, it is the gate that says so.
    fixture.open.sales.maintain().await;
    fixture.clock.advance(Duration::from_millis(4_999));
    assert_eq!(ending(&fixture.claim(sale, ann).await), "not started");
    fixture.clock.advance(Duration::from_millis(1));
    assert_eq!(ending(&fixture.claim(sale, ann).await), "won");

    let bob = fixture.buyer().await;
    fixture.clock.advance(Duration::from_secs(5));
    assert_eq!(ending(&fixture.claim(sale, bob).await), "ended");
    fixture.clock.advance(Duration::from_secs(2));
    fixture.open.sales.maintain().await;
    assert_eq!(ending(&fixture.claim(sale, bob).await), "ended");
    assert_eq!(fixture.ticket_count(sale).await, 1);
    assert_eq!(fixture.shelf().await, SHELF - 1);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn what_is_no_sale_cannot_be_claimed_and_units_have_bounds() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(5, 2).await;

    assert_eq!(ending(&fixture.claim(SaleId(404), ann).await), "not found");
    for units in [i64::MIN, -1, 0, 100, i64::MAX] {
        let claimed = fixture
            .open
            .sales
            .claim(wants(sale, ann, units, None))
            .await;
        assert!(
            matches!(claimed, Err(SaleError::Invalid(ref fault)) if fault.field == "num"),
            "{units}"
        );
    }
    let three = fixture.open.sales.claim(wants(sale, ann, 3, None)).await;
    assert!(matches!(three, Err(SaleError::LimitReached { ref orders }) if orders.is_empty()));
    assert_eq!(fixture.taken(sale).await, 0);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_win_is_an_order_at_the_sales_price_in_the_database() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(5, 2).await;
    assert_eq!(fixture.shelf().await, SHELF - 5);

    let two = fixture.open.sales.claim(wants(sale, ann, 2, None)).await;
    let (order, replayed) = won(two);

    assert!(!replayed);
    assert_eq!(order.sale, Some(sale));
    assert_eq!(order.total.minor(), 2 * PRICE);
    assert_eq!(order.lines[0].num, 2);
    assert_eq!(order.address.as_ref().unwrap().name, "Ada");
    let stored = stampede_order::OrderService::order(&fixture.open.orders, ann.id, order.id).await;
    assert_eq!(stored.unwrap().order, order);
    assert_eq!(
        (fixture.taken(sale).await, fixture.left(sale).await),
        (2, 3)
    );
    fixture.pay(ann, order.id).await.unwrap();
    fixture.sound(sale).await;
}

#[tokio::test]
async fn who_has_all_that_one_may_have_hears_of_it_also_after_the_sell_out() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(1, 1).await;
    let order = fixture.win(sale, buyers[0]).await;

    for _ in 0..3 {
        let again = fixture.claim(sale, buyers[0]).await;
        assert!(
            matches!(again, Err(SaleError::LimitReached { ref orders }) if *orders == [order.id]),
            "{again:?}"
        );
        assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "sold out");
    }
    fixture.sound(sale).await;
}

#[tokio::test]
async fn the_same_key_is_the_same_order_and_another_claim_under_it_an_error() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let bob = fixture.buyer().await;
    let sale = fixture.sale(3, 2).await;
    let key = Some("k");

    let (first, fresh) = won(fixture.open.sales.claim(wants(sale, ann, 1, key)).await);
    let (again, replayed) = won(fixture.open.sales.claim(wants(sale, ann, 1, key)).await);
    let other = fixture.open.sales.claim(wants(sale, ann, 2, key)).await;
    let (bobs, _) = won(fixture.open.sales.claim(wants(sale, bob, 2, key)).await);

    assert!(!fresh && replayed);
    assert_eq!(first, again);
    assert_eq!(ending(&other), "key reused");
    assert_ne!(bobs.id, first.id);
    // Sold out, and after the end: the key still has its order, as it stands.
    fixture.pay(ann, first.id).await.unwrap();
    let (sold_out, _) = won(fixture.open.sales.claim(wants(sale, ann, 1, key)).await);
    assert_eq!(sold_out.status, stampede_order::OrderStatus::Paid);
    fixture.clock.advance(Duration::from_hours(2));
    fixture.open.sales.maintain().await;
    let (over, replayed) = won(fixture.open.sales.claim(wants(sale, ann, 1, key)).await);
    assert!(replayed && over.id == first.id);
    let other = fixture.open.sales.claim(wants(sale, ann, 2, key)).await;
    assert_eq!(ending(&other), "key reused");
    let unkeyed = fixture.claim(sale, ann).await;
    assert_eq!(ending(&unkeyed), "ended");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_refusal_for_want_of_an_address_is_recorded_and_gives_the_unit_back() {
    let fixture = Fixture::open().await;
    let sale = fixture.sale(1, 1).await;
    let ann = fixture.buyer().await;
    let homeless = Buyer {
        id: fixture.stranger().await,
        home: ann.home,
    };
    let to = |buyer: Buyer, address, key| NewClaim {
        address,
        ..wants(sale, buyer, 1, Some(key))
    };

    let foreign = fixture
        .open
        .sales
        .claim(to(homeless, Some(ann.home), "a"))
        .await;
    let none = fixture.open.sales.claim(to(homeless, None, "b")).await;
    assert_eq!(ending(&foreign), "address not found");
    assert_eq!(ending(&none), "address required");

    // The keys are dead, also when there is an address by now.
    let home = NewAddress {
        name: "Hugo".into(),
        phone: "12345".into(),
        address: "A bench".into(),
        postcode: None,
        country: None,
        is_default: None,
    };
    fixture
        .users
        .addresses
        .add(homeless.id, home)
        .await
        .unwrap();
    let again = fixture.open.sales.claim(to(homeless, None, "b")).await;
    assert_eq!(ending(&again), "address required");
    let fresh = fixture.open.sales.claim(to(homeless, None, "c")).await;
    assert_eq!(ending(&fresh), "won");
    assert_eq!(fixture.taken(sale).await, 1);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_buyer_without_an_address_leaves_few_tickets_however_often_they_claim() {
    let mut fixture = Fixture::open().await;
    let sale = fixture.sale(3, 2).await;
    let ann = fixture.buyer().await;
    let homeless = Buyer {
        id: fixture.stranger().await,
        home: ann.home,
    };
    let to = |address, key: &str| NewClaim {
        address,
        ..wants(sale, homeless, 1, Some(key))
    };
    for number in 0..40 {
        let key = number.to_string();
        let none = fixture.open.sales.claim(to(None, &key)).await;
        assert_eq!(ending(&none), "address required", "{number}");
        let foreign = fixture
            .open
            .sales
            .claim(to(Some(ann.home), &(key + "f")))
            .await;
        assert_eq!(ending(&foreign), "address not found", "{number}");
    }
    assert_eq!(fixture.ticket_count(sale).await, 8);
    let epoch = Epoch(fixture.stock_row(sale).await.epoch);
    let nobody = Batch {
        id: BatchId([7; 16]),
        claims: &[],
    };
    let said = fixture.open.gate.take(sale, epoch, nobody).await.unwrap();
    assert!(said.generation <= 8, "{}", said.generation);
    // A process that begins anew hears of it by one more refusal.
    fixture.restart().await;
    for number in 40..60 {
        let none = fixture
            .open
            .sales
            .claim(to(None, &number.to_string()))
            .await;
        assert_eq!(ending(&none), "address required");
    }
    assert_eq!(fixture.ticket_count(sale).await, 9);

    let home = NewAddress {
        name: "Hugo".into(),
        phone: "12345".into(),
        address: "A bench".into(),
        postcode: None,
        country: None,
        is_default: None,
    };
    fixture
        .users
        .addresses
        .add(homeless.id, home)
        .await
        .unwrap();
    // What was recorded comes again, and a key that was left free wins.
    for (address, key, told) in [
        (None, "0", "address required"),
        (Some(ann.home), "3f", "address not found"),
        (None, "39", "won"),
        (None, "39", "replayed"),
        (Some(ann.home), "39", "key reused"),
        (Some(ann.home), "new", "address not found"),
        (None, "other", "won"),
    ] {
        let claimed = fixture.open.sales.claim(to(address, key)).await;
        assert_eq!(ending(&claimed), told, "{key}");
    }
    fixture.sound(sale).await;
}

#[tokio::test]
async fn of_many_in_one_batch_each_has_the_right_answer() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(40).await;
    let sale = fixture.sale(25, 1).await;

    let claims = buyers.iter().map(|buyer| fixture.claim(sale, *buyer));
    let answers = futures::future::join_all(claims).await;

    let count = |word| answers.iter().filter(|one| ending(one) == word).count();
    assert_eq!((count("won"), count("sold out")), (25, 15));
    assert_eq!(fixture.order_count().await, 25);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_paused_sale_sells_nothing_and_a_cancelled_one_never_again() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(3).await;
    let sale = fixture.sale(5, 1).await;
    let order = fixture.win(sale, buyers[0]).await;

    fixture.open.sales.pause(ADMIN, sale).await.unwrap();
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "paused");
    fixture.open.sales.pause(ADMIN, sale).await.unwrap();
    fixture.open.sales.resume(ADMIN, sale).await.unwrap();
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "won");

    let over = fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    assert_eq!((over.status, over.total), (SaleStatus::Cancelled, 2));
    fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    assert_eq!(ending(&fixture.claim(sale, buyers[2]).await), "cancelled");
    assert!(matches!(
        fixture.open.sales.resume(ADMIN, sale).await,
        Err(SaleError::Over)
    ));
    // Orders stand.
    fixture.pay(buyers[0], order.id).await.unwrap();
    assert_eq!(fixture.shelf().await, SHELF - 2);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn too_many_who_wait_are_turned_away_before_anybody_is_asked() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(5_000, 99).await;

    // Nothing is served until all have queued up: this task does not yield.
    let claims = (0..3_000).map(|_| fixture.open.sales.claim(wants(sale, ann, 1, None)));
    let answers = futures::future::join_all(claims).await;

    let count = |word| answers.iter().filter(|one| ending(one) == word).count();
    // On a machine with other work, an answer may come before its commit.
    let admitted = count("won") + count("pending");
    let endings: BTreeSet<_> = answers.iter().map(ending).collect();
    assert_eq!(admitted, 99, "{endings:?}");
    assert!(count("busy") > 0);
    assert_eq!(
        admitted + count("busy") + count("limit"),
        3_000,
        "{endings:?}"
    );
    fixture.sound(sale).await;
}
