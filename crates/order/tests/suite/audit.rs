//! The audit names what was broken by hand, and nothing else.

use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use stampede_kernel::*;
use stampede_order::*;
use stampede_persistence::entity::{
    order, order_history, order_line, payment, stock_journal, transfer,
};

use crate::shop::*;

/// A shop with an order in every status, one of them of a sale.
struct Scene {
    shop: Shop,
    tea: Tea,
    unpaid: OrderId,
    paid: OrderId,
    shipped: OrderId,
    cancelled: OrderId,
    refunded: OrderId,
    restocked: OrderId,
}

impl Scene {
    async fn open() -> Self {
        let shop = Shop::open().await;
        let (buyer, tea) = (shop.buyer(100_000).await, shop.tea(100, 100).await);
        let expired = shop.place(buyer, tea, 1).await.unwrap();
        shop.book(&[buyer], tea).await;
        shop.pay_time_passes();
        assert_eq!(shop.expire().await, 2);
        let mut ids = Vec::new();
        for num in 1..=5 {
            ids.push(shop.paid(buyer, tea, num).await.id);
        }
        shop.orders.ship(ADMIN, ids[1], None).await.unwrap();
        shop.orders.ship(ADMIN, ids[2], None).await.unwrap();
        shop.orders.receive(buyer.id, ids[2]).await.unwrap();
        shop.refund(ids[3], false).await.unwrap();
        shop.refund(ids[4], true).await.unwrap();
        let booked = shop.book(&[buyer, buyer], tea).await;
        shop.pay(buyer, booked[0].id).await.unwrap();
        Self {
            unpaid: shop.place(buyer, tea, 2).await.unwrap().id,
            paid: ids[0],
            shipped: ids[1],
            cancelled: expired.id,
            refunded: ids[3],
            restocked: ids[4],
            shop,
            tea,
        }
    }

    async fn set(&self, id: OrderId, column: order::Column, to: impl Into<SimpleExpr>) {
        let tx = self.shop.db.db.begin_write().await.unwrap();
        let update = order::Entity::update_many()
            .col_expr(column, to.into())
            .filter(order::Column::Id.eq(id));
        assert_eq!(update.exec(&tx).await.unwrap().rows_affected, 1);
        tx.commit().await.unwrap();
    }

    async fn insert<E: EntityTrait>(&self, row: impl sea_orm::ActiveModelTrait<Entity = E>) {
        let tx = self.shop.db.db.begin_write().await.unwrap();
        E::insert(row).exec_without_returning(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn step(&self, id: OrderId, from: Option<OrderStatus>, to: OrderStatus) {
        self.insert(order_history::ActiveModel {
            order_id: Set(id),
            from_status: Set(from),
            to_status: Set(to),
            actor: Set(Actor::System),
            at: Set(Timestamp(1)),
            ..Default::default()
        })
        .await;
    }

    async fn moved(&self, id: OrderId, delta: i64, reason: &str, actor: Option<UserId>) {
        self.insert(stock_journal::ActiveModel {
            sku_id: Set(self.tea.sku),
            delta: Set(delta),
            reason: Set(reason.into()),
            reference: Set(Some(id.to_string())),
            actor_id: Set(actor),
            created_at: Set(Timestamp(1)),
            ..Default::default()
        })
        .await;
    }

    /// Which invariants are said to be broken, each once, all by this one.
    async fn broken_by(&self, subject: &str) -> Vec<&'static str> {
        let breaches = self.shop.breaches().await;
        for breach in &breaches {
            assert_eq!(breach.subject, subject, "{breach:?}");
        }
        let mut names: Vec<_> = breaches.iter().map(|breach| breach.invariant).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    async fn broken(&self, id: OrderId) -> Vec<&'static str> {
        self.broken_by(&format!("order {id}")).await
    }
}

#[tokio::test]
async fn a_shop_with_an_order_in_every_status_is_sound() {
    Scene::open().await.shop.sound().await;
}

#[tokio::test]
async fn a_payment_that_does_not_fit_its_order_is_named() {
    let scene = Scene::open().await;
    let tx = scene.shop.db.db.begin_write().await.unwrap();
    payment::Entity::update_many()
        .col_expr(payment::Column::Amount, Expr::value(1))
        .filter(payment::Column::OrderId.eq(scene.paid))
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    assert_eq!(scene.broken(scene.paid).await, ["I5"]);
}

#[tokio::test]
async fn a_shipped_order_whose_payment_is_gone_is_named_with_its_transfer() {
    let scene = Scene::open().await;
    let tx = scene.shop.db.db.begin_write().await.unwrap();
    payment::Entity::delete_by_id(scene.shipped)
        .exec(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let breaches = scene.shop.breaches().await;

    assert_eq!(breaches.len(), 2);
    assert!(breaches.iter().all(|breach| breach.invariant == "I5"));
    assert_eq!(breaches[0].subject, format!("order {}", scene.shipped));
    assert!(breaches[1].subject.starts_with("transfer "));
}

#[tokio::test]
async fn a_status_that_was_set_by_hand_is_named() {
    let scene = Scene::open().await;
    scene
        .set(
            scene.unpaid,
            order::Column::Status,
            Expr::value(OrderStatus::Paid),
        )
        .await;

    assert_eq!(scene.broken(scene.unpaid).await, ["I10", "I5"]);

    let scene = Scene::open().await;
    let cancelled = Expr::value(OrderStatus::Cancelled);
    scene
        .set(scene.paid, order::Column::Status, cancelled)
        .await;
    assert_eq!(scene.broken(scene.paid).await, ["I10", "I4", "I5"]);
}

#[tokio::test]
async fn a_second_refund_is_named() {
    let scene = Scene::open().await;
    scene
        .insert(transfer::ActiveModel {
            id: Set(TransferId::new()),
            kind: Set("refund".into()),
            order_id: Set(Some(scene.refunded)),
            created_at: Set(Timestamp(1)),
            ..Default::default()
        })
        .await;

    assert_eq!(scene.broken(scene.refunded).await, ["I5"]);
}

#[tokio::test]
async fn a_refund_of_an_order_that_was_not_refunded_is_named() {
    let scene = Scene::open().await;
    let id = TransferId::new();
    scene
        .insert(transfer::ActiveModel {
            id: Set(id),
            kind: Set("refund".into()),
            order_id: Set(Some(scene.paid)),
            created_at: Set(Timestamp(1)),
            ..Default::default()
        })
        .await;

    assert_eq!(scene.broken_by(&format!("transfer {id}")).await, ["I5"]);
}

#[tokio::test]
async fn a_history_with_an_illegal_step_a_gap_or_another_end_is_named() {
    let scene = Scene::open().await;
    scene
        .step(scene.paid, Some(OrderStatus::Paid), OrderStatus::Unpaid)
        .await;
    assert_eq!(scene.broken(scene.paid).await, ["I10"]);

    let scene = Scene::open().await;
    scene
        .step(
            scene.cancelled,
            Some(OrderStatus::Unpaid),
            OrderStatus::Cancelled,
        )
        .await;
    assert_eq!(scene.broken(scene.cancelled).await, ["I10"]);

    let scene = Scene::open().await;
    scene
        .step(
            scene.shipped,
            Some(OrderStatus::Shipped),
            OrderStatus::Completed,
        )
        .await;
    assert_eq!(scene.broken(scene.shipped).await, ["I10"]);
}

#[tokio::test]
async fn a_total_that_is_not_the_sum_of_the_lines_is_named() {
    let scene = Scene::open().await;
    scene
        .set(scene.unpaid, order::Column::Total, Expr::value(199))
        .await;
    assert_eq!(scene.broken(scene.unpaid).await, ["I11"]);

    let scene = Scene::open().await;
    scene
        .set(
            scene.unpaid,
            order::Column::AddressPhone,
            Expr::value(None::<String>),
        )
        .await;
    assert_eq!(scene.broken(scene.unpaid).await, ["I11"]);
}

#[tokio::test]
async fn a_line_that_came_later_is_named_by_its_sum_and_its_units() {
    let scene = Scene::open().await;
    scene
        .insert(order_line::ActiveModel {
            order_id: Set(scene.unpaid),
            place: Set(1),
            sku_id: Set(scene.tea.sku),
            product_id: Set(scene.tea.product),
            name: Set("Sencha".into()),
            options: Set("{}".into()),
            image: Set(None),
            unit_price: Set(money(1)),
            num: Set(1),
            total: Set(money(1)),
        })
        .await;

    assert_eq!(scene.broken(scene.unpaid).await, ["I11", "I4"]);
}

#[tokio::test]
async fn a_history_without_an_order_is_named() {
    let scene = Scene::open().await;
    let nobody = OrderId::new();
    scene.step(nobody, None, OrderStatus::Unpaid).await;

    assert_eq!(scene.broken(nobody).await, ["I11"]);
}

#[tokio::test]
async fn units_that_came_back_twice_or_never_went_are_named_unless_an_admin_moved_them() {
    let scene = Scene::open().await;
    scene.moved(scene.unpaid, 5, "refund", Some(ADMIN)).await;
    scene.shop.sound().await;

    scene.moved(scene.cancelled, 1, "expiry", None).await;
    assert_eq!(scene.broken(scene.cancelled).await, ["I4"]);

    let scene = Scene::open().await;
    scene
        .set(
            scene.restocked,
            order::Column::Restocked,
            Expr::value(false),
        )
        .await;
    assert_eq!(scene.broken(scene.restocked).await, ["I4"]);

    let scene = Scene::open().await;
    scene.moved(scene.paid, -1, "order", None).await;
    assert_eq!(scene.broken(scene.paid).await, ["I4"]);
}
