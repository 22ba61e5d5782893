//! Shipping, receiving, refunding.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use stampede_kernel::*;
use stampede_order::*;
use stampede_persistence::entity::audit_log;
use stampede_persistence::idempotency::Idempotency;

use crate::shop::*;

async fn acts(shop: &Shop, id: OrderId) -> Vec<String> {
    let rows = audit_log::Entity::find()
        .filter(audit_log::Column::Target.eq(format!("order:{id}")))
        .all(shop.db.db.reader())
        .await
        .unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

#[tokio::test]
async fn only_a_paid_order_is_shipped_or_refunded() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(99).await, shop.tea(5, 9).await);
    let unpaid = shop.place(buyer, tea, 1).await.unwrap();
    let shipped = shop.paid(buyer, tea, 1).await;
    shop.orders.ship(ADMIN, shipped.id, None).await.unwrap();
    let before = shop.digest().await;

    for id in [unpaid.id, shipped.id] {
        let sent = shop.orders.ship(ADMIN, id, None).await.unwrap_err();
        let refund = shop.refund(id, true).await.unwrap_err();
        assert!(matches!(sent, OrderError::WrongStatus));
        assert!(matches!(refund, OrderError::WrongStatus));
    }
    let absent = shop.refund(OrderId::new(), true).await.unwrap_err();
    assert!(matches!(absent, OrderError::NotFound));
    assert_eq!(shop.digest().await, before);
}

#[tokio::test]
async fn only_the_buyer_receives_and_only_what_was_shipped() {
    let shop = Shop::open().await;
    let (buyer, other, tea) = (
        shop.buyer(9).await,
        shop.buyer(9).await,
        shop.tea(5, 9).await,
    );
    let order = shop.paid(buyer, tea, 1).await;

    let early = shop.orders.receive(buyer.id, order.id).await.unwrap_err();
    shop.orders
        .ship(ADMIN, order.id, Some("RM 1".into()))
        .await
        .unwrap();
    let foreign = shop.orders.receive(other.id, order.id).await.unwrap_err();
    let received = shop.orders.receive(buyer.id, order.id).await.unwrap();

    assert!(matches!(early, OrderError::WrongStatus));
    assert!(matches!(foreign, OrderError::NotFound));
    assert_eq!(received.status, OrderStatus::Completed);
    assert_eq!(received.tracking.as_deref(), Some("RM 1"));
    let detail = shop.orders.order(buyer.id, order.id).await.unwrap();
    let path: Vec<_> = detail
        .history
        .iter()
        .map(|step| (step.to, step.actor))
        .collect();
    assert_eq!(
        path,
        [
            (OrderStatus::Unpaid, Actor::Buyer),
            (OrderStatus::Paid, Actor::Buyer),
            (OrderStatus::Shipped, Actor::Admin),
            (OrderStatus::Completed, Actor::Buyer),
        ]
    );
    assert_eq!(acts(&shop, order.id).await, ["order.ship"]);
    assert_eq!(
        shop.jobs("mail.order").await.len(),
        3,
        "nobody mails a receipt of a parcel"
    );
    assert_eq!(shop.jobs("webhook.event").await.len(), 4);
}

#[tokio::test]
async fn a_text_that_no_column_holds_is_refused() {
    let shop = Shop::open().await;
    let tracking = Some("x".repeat(129));
    let sent = shop.orders.ship(ADMIN, OrderId::new(), tracking).await;
    assert!(matches!(
        sent,
        Err(OrderError::Invalid(ref fault)) if fault.field == "tracking"
    ));
    let refund = Refund {
        order: OrderId::new(),
        restock: false,
        reason: Some("é".repeat(256)),
    };
    let refund = shop.orders.refund(ADMIN, refund, None).await;
    assert!(matches!(
        refund,
        Err(OrderError::Invalid(ref fault)) if fault.field == "reason"
    ));
}

#[tokio::test]
async fn a_refund_gives_the_money_back_once_and_the_units_when_asked_to() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(100).await, shop.tea(10, 10).await);
    let (kept, back) = (
        shop.paid(buyer, tea, 2).await,
        shop.paid(buyer, tea, 3).await,
    );
    assert_eq!(
        (shop.balance_of(buyer).await, shop.stock_of(tea).await),
        (50, 5)
    );

    shop.refund(kept.id, false).await.unwrap();
    assert_eq!(
        (shop.balance_of(buyer).await, shop.stock_of(tea).await),
        (70, 5)
    );
    let refunded = shop.refund(back.id, true).await.unwrap();
    assert_eq!(
        (shop.balance_of(buyer).await, shop.stock_of(tea).await),
        (100, 8)
    );

    assert_eq!(refunded.status, OrderStatus::Refunded);
    assert!(matches!(
        shop.refund(back.id, true).await,
        Err(OrderError::WrongStatus)
    ));
    assert_eq!(shop.balance_of(buyer).await, 100);
    assert_eq!(acts(&shop, back.id).await, ["order.refund"]);
    let mail = shop.jobs("mail.order").await.pop().unwrap();
    assert_eq!(mail["event"], "refunded");
    assert_eq!(mail["reason"], "broken in transit");
}

#[tokio::test]
async fn a_refund_under_the_same_key_is_told_again() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(100).await, shop.tea(10, 10).await);
    let order = shop.paid(buyer, tea, 2).await;
    let refund = Refund {
        order: order.id,
        restock: true,
        reason: None,
    };
    let key = Idempotency::of(ADMIN, "POST refund".into(), "k".into(), &refund);

    let first = shop
        .orders
        .refund(ADMIN, refund.clone(), Some(key.clone()))
        .await
        .unwrap();
    let again = shop.orders.refund(ADMIN, refund, Some(key)).await.unwrap();

    assert!(!first.replayed && again.replayed);
    assert_eq!(first.value, again.value);
    assert_eq!(
        (shop.balance_of(buyer).await, shop.stock_of(tea).await),
        (100, 10)
    );
}
