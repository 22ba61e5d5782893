//! What a claim is told; the refusals first.

use std::time::Duration;

use stampede_kernel::*;
use stampede_seckill::*;
use stampede_user::{AddressService, NewAddress};

use crate::fixture::*;

#[tokio::test]
async fn a_claim_outside_the_window_changes_nothing() {
    let site = Site::open().await;
    let ann = site.buyer().await;
    let later = NewSale {
        starts_at: NOW.plus(Duration::from_secs(5)),
        ends_at: NOW.plus(Duration::from_secs(10)),
        ..site.new_sale(5, 1)
    };
    let sale = site.open.sales.create(ADMIN, later).await.unwrap().id;

    assert_eq!(ending(&site.claim(sale, ann).await), "not started");
    // From two seconds before the start on, it is the gate that says so.
    site.open.sales.look_after().await;
    site.clock.advance(Duration::from_millis(4_999));
    assert_eq!(ending(&site.claim(sale, ann).await), "not started");
    site.clock.advance(Duration::from_millis(1));
    assert_eq!(ending(&site.claim(sale, ann).await), "won");

    let bob = site.buyer().await;
    site.clock.advance(Duration::from_secs(5));
    assert_eq!(ending(&site.claim(sale, bob).await), "ended");
    site.clock.advance(Duration::from_secs(2));
    site.open.sales.look_after().await;
    assert_eq!(ending(&site.claim(sale, bob).await), "ended");
    assert_eq!(site.ticket_count(sale).await, 1);
    assert_eq!(site.shelf().await, SHELF - 1);
    site.sound(sale).await;
}

#[tokio::test]
async fn what_is_no_sale_cannot_be_claimed_and_units_have_bounds() {
    let site = Site::open().await;
    let ann = site.buyer().await;
    let sale = site.sale(5, 2).await;

    assert_eq!(ending(&site.claim(SaleId(404), ann).await), "not found");
    for units in [i64::MIN, -1, 0, 100, i64::MAX] {
        let claimed = site.open.sales.claim(wants(sale, ann, units, None)).await;
        assert!(
            matches!(claimed, Err(SaleError::Invalid(ref fault)) if fault.field == "num"),
            "{units}"
        );
    }
    let three = site.open.sales.claim(wants(sale, ann, 3, None)).await;
    assert!(matches!(three, Err(SaleError::LimitReached { ref orders }) if orders.is_empty()));
    assert_eq!(site.taken(sale).await, 0);
    site.sound(sale).await;
}

#[tokio::test]
async fn a_win_is_an_order_at_the_sales_price_in_the_database() {
    let site = Site::open().await;
    let ann = site.buyer().await;
    let sale = site.sale(5, 2).await;
    assert_eq!(site.shelf().await, SHELF - 5);

    let two = site.open.sales.claim(wants(sale, ann, 2, None)).await;
    let (order, replayed) = won(two);

    assert!(!replayed);
    assert_eq!(order.sale, Some(sale));
    assert_eq!(order.total.minor(), 2 * PRICE);
    assert_eq!(order.lines[0].num, 2);
    assert_eq!(order.address.as_ref().unwrap().name, "Ada");
    let stored = stampede_order::OrderService::order(&site.open.orders, ann.id, order.id).await;
    assert_eq!(stored.unwrap().order, order);
    assert_eq!((site.taken(sale).await, site.left(sale).await), (2, 3));
    site.pay(ann, order.id).await.unwrap();
    site.sound(sale).await;
}

#[tokio::test]
async fn who_has_all_that_one_may_have_hears_of_it_also_after_the_sell_out() {
    let site = Site::open().await;
    let buyers = site.buyers(2).await;
    let sale = site.sale(1, 1).await;
    let order = site.win(sale, buyers[0]).await;

    for _ in 0..3 {
        let again = site.claim(sale, buyers[0]).await;
        assert!(
            matches!(again, Err(SaleError::LimitReached { ref orders }) if *orders == [order.id]),
            "{again:?}"
        );
        assert_eq!(ending(&site.claim(sale, buyers[1]).await), "sold out");
    }
    site.sound(sale).await;
}

#[tokio::test]
async fn the_same_key_is_the_same_order_and_another_claim_under_it_an_error() {
    let site = Site::open().await;
    let ann = site.buyer().await;
    let bob = site.buyer().await;
    let sale = site.sale(3, 2).await;
    let key = Some("k");

    let (first, fresh) = won(site.open.sales.claim(wants(sale, ann, 1, key)).await);
    let (again, replayed) = won(site.open.sales.claim(wants(sale, ann, 1, key)).await);
    let other = site.open.sales.claim(wants(sale, ann, 2, key)).await;
    let (bobs, _) = won(site.open.sales.claim(wants(sale, bob, 2, key)).await);

    assert!(!fresh && replayed);
    assert_eq!(first, again);
    assert_eq!(ending(&other), "key reused");
    assert_ne!(bobs.id, first.id);
    // Sold out, and after the end: the key still has its order, as it stands.
    site.pay(ann, first.id).await.unwrap();
    let (sold_out, _) = won(site.open.sales.claim(wants(sale, ann, 1, key)).await);
    assert_eq!(sold_out.status, stampede_order::OrderStatus::Paid);
    site.clock.advance(Duration::from_hours(2));
    site.open.sales.look_after().await;
    let (over, replayed) = won(site.open.sales.claim(wants(sale, ann, 1, key)).await);
    assert!(replayed && over.id == first.id);
    let other = site.open.sales.claim(wants(sale, ann, 2, key)).await;
    assert_eq!(ending(&other), "key reused");
    let unkeyed = site.claim(sale, ann).await;
    assert_eq!(ending(&unkeyed), "ended");
    site.sound(sale).await;
}

#[tokio::test]
async fn a_refusal_for_want_of_an_address_is_recorded_and_gives_the_unit_back() {
    let site = Site::open().await;
    let sale = site.sale(1, 1).await;
    let ann = site.buyer().await;
    let homeless = Buyer {
        id: site.stranger().await,
        home: ann.home,
    };
    let to = |buyer: Buyer, address, key| NewClaim {
        address,
        ..wants(sale, buyer, 1, Some(key))
    };

    let foreign = site
        .open
        .sales
        .claim(to(homeless, Some(ann.home), "a"))
        .await;
    let none = site.open.sales.claim(to(homeless, None, "b")).await;
    assert_eq!(ending(&foreign), "address not found");
    assert_eq!(ending(&none), "address required");

    // The keys are dead, also when there is an address by now.
    let home = NewAddress {
        name: "Hugo".into(),
        phone: "12345".into(),
        address: "A bench".into(),
        is_default: None,
    };
    site.users.addresses.add(homeless.id, home).await.unwrap();
    let again = site.open.sales.claim(to(homeless, None, "b")).await;
    assert_eq!(ending(&again), "address required");
    let fresh = site.open.sales.claim(to(homeless, None, "c")).await;
    assert_eq!(ending(&fresh), "won");
    assert_eq!(site.taken(sale).await, 1);
    site.sound(sale).await;
}

#[tokio::test]
async fn a_buyer_without_an_address_leaves_few_tickets_however_often_they_claim() {
    let mut site = Site::open().await;
    let sale = site.sale(3, 2).await;
    let ann = site.buyer().await;
    let homeless = Buyer {
        id: site.stranger().await,
        home: ann.home,
    };
    let to = |address, key: &str| NewClaim {
        address,
        ..wants(sale, homeless, 1, Some(key))
    };
    for number in 0..40 {
        let key = number.to_string();
        let none = site.open.sales.claim(to(None, &key)).await;
        assert_eq!(ending(&none), "address required", "{number}");
        let foreign = site
            .open
            .sales
            .claim(to(Some(ann.home), &(key + "f")))
            .await;
        assert_eq!(ending(&foreign), "address not found", "{number}");
    }
    assert_eq!(site.ticket_count(sale).await, 8);
    let epoch = Epoch(site.stock_row(sale).await.epoch);
    let nobody = Batch {
        id: BatchId([7; 16]),
        claims: &[],
    };
    let said = site.open.gate.take(sale, epoch, nobody).await.unwrap();
    assert!(said.generation <= 8, "{}", said.generation);
    // A process that begins anew hears of it by one more refusal.
    site.restart().await;
    for number in 40..60 {
        let none = site.open.sales.claim(to(None, &number.to_string())).await;
        assert_eq!(ending(&none), "address required");
    }
    assert_eq!(site.ticket_count(sale).await, 9);

    let home = NewAddress {
        name: "Hugo".into(),
        phone: "12345".into(),
        address: "A bench".into(),
        is_default: None,
    };
    site.users.addresses.add(homeless.id, home).await.unwrap();
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
        let claimed = site.open.sales.claim(to(address, key)).await;
        assert_eq!(ending(&claimed), told, "{key}");
    }
    site.sound(sale).await;
}

#[tokio::test]
async fn of_many_in_one_batch_each_has_the_right_answer() {
    let site = Site::open().await;
    let buyers = site.buyers(40).await;
    let sale = site.sale(25, 1).await;

    let claims = buyers.iter().map(|buyer| site.claim(sale, *buyer));
    let answers = futures::future::join_all(claims).await;

    let count = |word| answers.iter().filter(|one| ending(one) == word).count();
    assert_eq!((count("won"), count("sold out")), (25, 15));
    assert_eq!(site.order_count().await, 25);
    site.sound(sale).await;
}

#[tokio::test]
async fn a_paused_sale_sells_nothing_and_a_cancelled_one_never_again() {
    let site = Site::open().await;
    let buyers = site.buyers(3).await;
    let sale = site.sale(5, 1).await;
    let order = site.win(sale, buyers[0]).await;

    site.open.sales.pause(ADMIN, sale).await.unwrap();
    assert_eq!(ending(&site.claim(sale, buyers[1]).await), "paused");
    site.open.sales.pause(ADMIN, sale).await.unwrap();
    site.open.sales.resume(ADMIN, sale).await.unwrap();
    assert_eq!(ending(&site.claim(sale, buyers[1]).await), "won");

    let over = site.open.sales.cancel(ADMIN, sale).await.unwrap();
    assert_eq!((over.standing, over.total), (SaleStanding::Cancelled, 2));
    site.open.sales.cancel(ADMIN, sale).await.unwrap();
    assert_eq!(ending(&site.claim(sale, buyers[2]).await), "cancelled");
    assert!(matches!(
        site.open.sales.resume(ADMIN, sale).await,
        Err(SaleError::Over)
    ));
    // Orders stand.
    site.pay(buyers[0], order.id).await.unwrap();
    assert_eq!(site.shelf().await, SHELF - 2);
    site.sound(sale).await;
}

#[tokio::test]
async fn too_many_who_wait_are_turned_away_before_anybody_is_asked() {
    let site = Site::open().await;
    let ann = site.buyer().await;
    let sale = site.sale(5_000, 99).await;

    // Nothing is served until all have queued up: this task does not yield.
    let claims = (0..3_000).map(|_| site.open.sales.claim(wants(sale, ann, 1, None)));
    let answers = futures::future::join_all(claims).await;

    let count = |word| answers.iter().filter(|one| ending(one) == word).count();
    assert_eq!(count("won"), 99);
    assert!(count("busy") > 0, "{}", count("busy"));
    assert_eq!(count("won") + count("busy") + count("limit"), 3_000);
    site.sound(sale).await;
}
