//! Edits of a running sale: what they take from the shelf, whom they fence, and what they refuse.

use std::sync::Arc;
use std::time::Duration;

use stampede_kernel::*;
use stampede_seckill::*;

use crate::fixture::*;
use crate::frail::FrailGate;

#[tokio::test]
async fn a_sale_is_not_dearer_than_the_everyday_price() {
    let fixture = Fixture::open().await;
    let dearer = |price| NewSale {
        price: Money::new(price).unwrap(),
        ..fixture.new_sale(5, 1)
    };
    let above = |refused: Result<Sale, SaleError>| {
        let refused = refused.map(|sale| sale.id);
        assert!(
            matches!(
                refused,
                Err(SaleError::Invalid(ref fault)) if fault.field == "price" && fault.code == "above_price"
            ),
            "{refused:?}"
        );
    };

    above(fixture.open.sales.create(ADMIN, dearer(2_000)).await);
    assert_eq!(fixture.shelf().await, SHELF);
    let unknown = NewSale {
        sku: SkuId(404),
        ..dearer(2_000)
    };
    let unknown = fixture.open.sales.create(ADMIN, unknown).await;
    assert!(
        matches!(unknown, Err(SaleError::SkuNotFound)),
        "{unknown:?}"
    );

    let sale = fixture
        .open
        .sales
        .create(ADMIN, dearer(1_999))
        .await
        .unwrap();
    let price = |price| SaleChange {
        price: Some(Money::new(price).unwrap()),
        ..SaleChange::default()
    };
    above(
        fixture
            .open
            .sales
            .change(ADMIN, sale.id, price(2_000))
            .await,
    );
    let nothing = fixture
        .open
        .sales
        .change(ADMIN, SaleId(404), price(1))
        .await;
    assert!(matches!(nothing, Err(SaleError::NotFound)), "{nothing:?}");
    let cheaper = fixture
        .open
        .sales
        .change(ADMIN, sale.id, price(1_000))
        .await;
    assert_eq!(cheaper.unwrap().price.minor(), 1_000);
    fixture.sound(sale.id).await;
}

#[tokio::test]
async fn a_crowd_that_looks_at_a_sale_does_not_ask_the_gate_each_time() {
    let mut fixture = Fixture::open().await;
    let gate = Arc::new(FrailGate::new(fixture.clock.clone()));
    let settings = SaleSettings {
        look_within: Duration::from_hours(1),
        ..patient()
    };
    fixture.open = fixture.gateway(gate.clone(), settings);
    let (ann, sale) = (fixture.buyer().await, fixture.sale(5, 1).await);
    fixture.sale(7, 1).await;
    fixture.win(sale, ann).await;
    fixture.open.sales.sales().await.unwrap();
    // Nobody sweeps any more.
    fixture.open.die();
    let asked = gate.takes();

    let looks = (0..100).map(|_| fixture.open.sales.sale(sale));
    for shown in futures::future::join_all(looks).await {
        assert_eq!(shown.unwrap().left, 4);
    }
    let lists = (0..100).map(|_| fixture.open.sales.sales());
    for listed in futures::future::join_all(lists).await {
        let left: Vec<_> = listed.unwrap().iter().map(|sale| sale.left).collect();
        assert_eq!(left, [4, 7]);
    }

    assert!(gate.takes() <= asked + 2, "once for each sale at most");
    // What an admin has just done is seen at once.
    let ended = fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    assert_eq!(ended.status, SaleStatus::Cancelled);
    let listed = fixture.open.sales.sales().await.unwrap();
    assert_eq!(
        listed.last().map(|sale| sale.status),
        Some(SaleStatus::Cancelled)
    );
}

fn field(result: &Result<Sale, SaleError>) -> &str {
    match result {
        Err(SaleError::Invalid(fault)) => &fault.field,
        Err(SaleError::BelowTaken) => "below taken",
        Err(SaleError::StockInsufficient) => "short",
        Err(SaleError::SkuNotFound) => "sku",
        Err(SaleError::NotFound) => "not found",
        Err(SaleError::Over) => "over",
        Err(_) => "error",
        Ok(_) => "ok",
    }
}

#[tokio::test]
async fn a_sale_of_what_is_not_there_is_not_made() {
    let fixture = Fixture::open().await;
    let made = |change: fn(&mut NewSale)| {
        let mut new = fixture.new_sale(5, 1);
        change(&mut new);
        fixture.open.sales.create(ADMIN, new)
    };

    assert_eq!(field(&made(|new| new.sku = SkuId(404)).await), "sku");
    assert_eq!(field(&made(|new| new.total = SHELF + 1).await), "short");
    assert_eq!(field(&made(|new| new.title = String::new()).await), "title");
    assert_eq!(field(&made(|new| new.ends_at = NOW).await), "ends_at");
    assert_eq!(fixture.shelf().await, SHELF);
    assert_eq!(fixture.open.sales.sales().await.unwrap(), []);
}

#[tokio::test]
async fn units_move_between_the_shelf_and_the_sale_and_what_is_taken_stays() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(3).await;
    let sale = fixture.sale(5, 2).await;
    for buyer in &buyers[..2] {
        won(fixture.open.sales.claim(wants(sale, *buyer, 2, None)).await);
    }
    let resize = |total| {
        let change = SaleChange {
            total: Some(total),
            ..SaleChange::default()
        };
        fixture.open.sales.change(ADMIN, sale, change)
    };

    assert_eq!(field(&resize(3).await), "below taken");
    assert_eq!(field(&resize(SHELF + 6).await), "short");
    assert_eq!(fixture.shelf().await, SHELF - 5);
    assert_eq!(resize(4).await.unwrap().status, SaleStatus::SoldOut);
    assert_eq!(fixture.shelf().await, SHELF - 4);
    assert_eq!(ending(&fixture.claim(sale, buyers[2]).await), "sold out");
    assert_eq!(resize(6).await.unwrap().left, 2);
    assert_eq!(fixture.shelf().await, SHELF - 6);
    fixture.clock.advance(Duration::from_millis(250));
    assert_eq!(ending(&fixture.claim(sale, buyers[2]).await), "won");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_price_is_that_of_the_epoch_that_commits() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(5, 1).await;
    let before = fixture.win(sale, buyers[0]).await;
    let change = SaleChange {
        price: Some(Money::new(7).unwrap()),
        title: Some("Cheaper".into()),
        ..SaleChange::default()
    };

    let changed = fixture
        .open
        .sales
        .change(ADMIN, sale, change)
        .await
        .unwrap();
    assert_eq!(
        (changed.price.minor(), changed.title.as_str()),
        (7, "Cheaper")
    );
    let after = fixture.win(sale, buyers[1]).await;

    assert_eq!((before.total.minor(), after.total.minor()), (PRICE, 7));
    fixture.sound(sale).await;
}

#[tokio::test]
async fn limits_and_windows_change_as_far_as_nothing_contradicts_them() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(5, 2).await;
    won(fixture.open.sales.claim(wants(sale, ann, 2, None)).await);
    let change = |change: SaleChange| fixture.open.sales.change(ADMIN, sale, change);
    let limit = |limit| SaleChange {
        per_user_limit: Some(limit),
        ..SaleChange::default()
    };
    let window = |starts_at: Option<Timestamp>, ends_at| SaleChange {
        starts_at,
        ends_at,
        ..SaleChange::default()
    };

    assert_eq!(field(&change(limit(1)).await), "below taken");
    assert_eq!(field(&change(limit(0)).await), "per_user_limit");
    let later = Some(NOW.plus(Duration::from_secs(5)));
    assert_eq!(field(&change(window(later, None)).await), "starts_at");
    assert_eq!(field(&change(window(None, Some(NOW))).await), "ends_at");
    assert_eq!(field(&change(limit(3)).await), "ok");
    assert_eq!(ending(&fixture.claim(sale, ann).await), "won");
    assert_eq!(field(&change(window(Some(NOW), later)).await), "ok");
    fixture.clock.advance(Duration::from_secs(5));
    assert_eq!(ending(&fixture.claim(sale, ann).await), "ended");

    let absent = fixture
        .open
        .sales
        .change(ADMIN, SaleId(404), limit(1))
        .await;
    assert_eq!(field(&absent), "not found");
    fixture.open.sales.cancel(ADMIN, sale).await.unwrap();
    assert_eq!(field(&change(limit(3)).await), "over");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_sale_that_is_over_cannot_be_cancelled() {
    let fixture = Fixture::open().await;
    let sale = fixture.sale(5, 1).await;
    fixture.clock.advance(Duration::from_hours(2));
    fixture.open.sales.maintain().await;

    assert_eq!(field(&fixture.open.sales.cancel(ADMIN, sale).await), "over");
    assert_eq!(field(&fixture.open.sales.pause(ADMIN, sale).await), "over");
    assert_eq!(fixture.shelf().await, SHELF);
}

#[tokio::test]
async fn sales_are_listed_in_the_order_in_which_they_matter() {
    let fixture = Fixture::open().await;
    let at = |hour: u64| {
        let new = NewSale {
            starts_at: NOW.plus(Duration::from_hours(hour)),
            ends_at: NOW.plus(Duration::from_hours(hour + 1)),
            ..fixture.new_sale(1, 1)
        };
        fixture.open.sales.create(ADMIN, new)
    };
    let late = at(5).await.unwrap().id;
    let soon = at(1).await.unwrap().id;
    let now = fixture.sale(1, 1).await;
    let over = fixture.sale(1, 1).await;
    fixture.open.sales.cancel(ADMIN, over).await.unwrap();
    let hidden = NewSale {
        rehearsal: true,
        ..fixture.new_sale(1, 1)
    };
    fixture.open.sales.create(ADMIN, hidden).await.unwrap();

    let listed = fixture.open.sales.sales().await.unwrap();
    let ids: Vec<_> = listed.iter().map(|sale| sale.id).collect();
    assert_eq!(ids, [now, soon, late, over]);
}
