//! The delivery of orders of a sale.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::EntityTrait;
use stampede_kernel::*;
use stampede_order::*;
use stampede_persistence::entity::order;
use stampede_seckill::*;

use crate::fixture::*;

impl Fixture {
    async fn method(&self, price: i64, country: Option<&str>) -> DeliveryMethodId {
        let methods = DbDeliveryMethods::new(self.db.db.clone(), self.clock.clone());
        let country = country.map(|code| BTreeSet::from([Country::parse(code).unwrap()]));
        let terms = DeliveryTerms {
            name: format!("For {price}"),
            price: Money::new(price).unwrap(),
            free_from: None,
            countries: country,
            enabled: true,
        };
        methods.create(ADMIN, terms).await.unwrap().id
    }

    async fn delivered(&self, claim: NewClaim) -> Option<DeliveryMethodId> {
        let (order, _) = won(self.open.sales.claim(claim).await);
        assert_eq!(order.total.minor(), PRICE + order.shipping.minor());
        let delivery = order.delivery?;
        assert_eq!(delivery.price, order.shipping);
        Some(delivery.method_id)
    }
}

fn by(method: DeliveryMethodId, claim: NewClaim) -> NewClaim {
    NewClaim {
        delivery: Some(method),
        ..claim
    }
}

#[tokio::test]
async fn a_claim_wins_whatever_it_says_about_its_delivery() {
    let fixture = Fixture::open().await;
    let sale = fixture.sale(9, 9).await;
    let ann = fixture.buyer().await;
    let claim = || wants(sale, ann, 1, None);

    assert_eq!(fixture.delivered(claim()).await, None);
    let germany = fixture.method(900, Some("DE")).await;
    assert_eq!(fixture.delivered(claim()).await, None, "nothing serves");
    assert_eq!(fixture.delivered(by(germany, claim())).await, None);
    let post = fixture.method(500, None).await;
    let express = fixture.method(700, Some("US")).await;
    assert_eq!(fixture.delivered(claim()).await, Some(post));
    assert_eq!(fixture.delivered(by(germany, claim())).await, Some(post));
    let invented = DeliveryMethodId(999_999);
    assert_eq!(fixture.delivered(by(invented, claim())).await, Some(post));
    assert_eq!(fixture.delivered(by(express, claim())).await, Some(express));
    fixture.sound(sale).await;
}

#[tokio::test]
async fn another_delivery_under_the_same_key_is_another_claim() {
    let fixture = Fixture::open().await;
    let sale = fixture.sale(9, 9).await;
    let ann = fixture.buyer().await;
    let post = fixture.method(500, None).await;
    let express = fixture.method(700, None).await;
    let claim = by(express, wants(sale, ann, 1, Some("k")));

    let (order, _) = won(fixture.open.sales.claim(claim.clone()).await);
    let again = fixture.open.sales.claim(claim.clone()).await;
    let other = fixture.open.sales.claim(by(post, claim)).await;
    let none = fixture
        .open
        .sales
        .claim(wants(sale, ann, 1, Some("k")))
        .await;

    assert_eq!(won(again), (order, true));
    assert_eq!(ending(&other), "key reused");
    assert_eq!(ending(&none), "key reused");
    assert_eq!(fixture.taken(sale).await, 1);
}

#[tokio::test]
async fn a_claim_that_only_the_gate_remembers_keeps_its_delivery() {
    let fixture = Fixture::open().await;
    let sale = fixture.sale(5, 1).await;
    let ann = fixture.buyer().await;
    fixture.method(500, None).await;
    let express = fixture.method(700, None).await;
    let stuck = fixture.gateway_with(fixture.open.gate.clone(), impatient(), |dependencies| {
        dependencies.sale_orders = Arc::new(StuckBook::default());
    });
    let claim = by(express, wants(sale, ann, 1, Some("k")));
    admitted(&stuck, &claim).await;
    stuck.die();

    while fixture.taken(sale).await < 1 {
        fixture.open.sales.maintain().await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    let orders = order::Entity::find().all(fixture.db.db.reader()).await;
    let orders = orders.unwrap();
    assert_eq!(orders[0].delivery_method_id, Some(express));
    assert_eq!(orders[0].total.minor(), PRICE + 700);
    fixture.sound(sale).await;
}
