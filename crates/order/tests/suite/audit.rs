//! The audit names what was broken by hand, and nothing else.

use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use stampede_kernel::*;
use stampede_order::*;
use stampede_persistence::entity::{
    order, order_history, order_line, payment, stock_journal, transfer,
};
use stampede_promotion::{Kind, Terms};
use stampede_test_support::news;

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

    /// A UUID as this database writes one in SQL.
    fn literal(&self, id: OrderId) -> String {
        match self.shop.db.db.backend() {
            sea_orm::DatabaseBackend::Postgres => format!("'{id}'"),
            _ => format!("X'{}'", id.to_string().replace('-', "")),
        }
    }

    /// Breaks it and sees just that order named.
    async fn breaks(&self, sql: &str, invariant: &str, id: OrderId) {
        let named = self.breaks_more(sql, &[invariant]).await;
        assert_eq!(named, [format!("order {id}")], "{sql}");
    }

    /// Breaks it, sees these invariants named anew, and gives the subjects.
    async fn breaks_more(&self, sql: &str, invariants: &[&str]) -> Vec<String> {
        let before = self.shop.breaches().await;
        self.shop.db.by_hand(&[sql]).await;
        let after = self.shop.breaches().await;
        let news = news(&before, &after);
        let mut names: Vec<_> = news.iter().map(|(invariant, _)| *invariant).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names, invariants, "{sql}: {news:?}");
        news.iter()
            .map(|(_, subject)| (*subject).to_owned())
            .collect()
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
async fn a_payment_that_is_gone_or_somebody_elses_or_of_no_order_is_named() {
    let scene = Scene::open().await;
    let (gone, paid) = (scene.literal(scene.shipped), scene.literal(scene.paid));
    let nobody = OrderId::new();

    let sql = format!("DELETE FROM payment WHERE order_id = {gone}");
    scene.breaks_more(&sql, &["I5", "I6"]).await;
    let sql = format!("UPDATE payment SET user_id = 404 WHERE order_id = {paid}");
    scene.breaks_more(&sql, &["I5", "I6"]).await;
    let sql = format!(
        "INSERT INTO payment (order_id, transfer_id, user_id, amount, created_at)
            VALUES ({0}, {0}, 1, 1, 1)",
        scene.literal(nobody)
    );
    scene.breaks(&sql, "I5", nobody).await;
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
async fn a_refund_that_never_was_is_named() {
    let scene = Scene::open().await;
    let order = scene.literal(scene.refunded);

    let sql = format!("DELETE FROM transfer WHERE kind = 'refund' AND order_id = {order}");

    scene.breaks(&sql, "I5", scene.refunded).await;
}

#[tokio::test]
async fn an_answer_that_is_no_order_no_payment_or_two_keys_is_named() {
    let scene = Scene::open().await;
    let copy = |scope: &str, key: &str, user: &str, answer: &str| {
        format!(
            r#"INSERT INTO idempotency (user_id, scope, "key", fingerprint, answer, created_at)
            SELECT {user}, scope, '{key}', fingerprint, {answer}, 9000000000000 FROM idempotency
            WHERE scope = '{scope}' ORDER BY created_at, "key" LIMIT 1"#
        )
    };
    // With another first digit of the id, which stands there in the answer.
    let foreign = |at: usize| {
        let (before, after) = (at - 1, at + 1);
        format!("CONCAT(SUBSTR(answer, 1, {before}), 'f', SUBSTR(answer, {after}))")
    };

    for (sql, subject) in [
        (
            copy("POST /order", "k1", "7", &foreign(8)),
            "answer to k1 of user 7",
        ),
        (
            copy("POST /order", "k2", "8", "'1'"),
            "answer to k2 of user 8",
        ),
        (
            copy("POST /paydown", "k4", "user_id", &foreign(17)),
            "answer to k4 of user",
        ),
        (copy("POST /order", "k5", "user_id", "answer"), "order "),
        (copy("POST /paydown", "k6", "user_id", "answer"), "order "),
        (
            r#"UPDATE idempotency SET user_id = 9 WHERE "key" = 'k6'"#.to_owned(),
            "answer to k6 of user 9",
        ),
    ] {
        let named = scene.breaks_more(&sql, &["I6"]).await;
        assert_eq!(named.len(), 1, "{sql}: {named:?}");
        assert!(named[0].starts_with(subject), "{named:?}");
    }
}

#[tokio::test]
async fn an_answer_of_a_refund_that_was_none_of_its_key_or_of_two_is_named() {
    let scene = Scene::open().await;
    let answer = |key: &str, named: OrderId, answered: OrderId| {
        format!(
            r#"INSERT INTO idempotency (user_id, scope, "key", fingerprint, answer, created_at)
            VALUES (9, 'POST /admin/order/{named}/refund', '{key}', 'f', '{{"id":"{answered}"}}', 1)"#
        )
    };
    // `by_hand` spells quotes of names for MariaDB; an answer has some, too.
    let plant = async |sql: String| {
        let before = scene.shop.breaches().await;
        let tx = scene.shop.db.db.begin_write().await.unwrap();
        let sql = match scene.shop.db.db.backend() {
            sea_orm::DatabaseBackend::MySql => sql.replace(r#""key""#, "`key`"),
            _ => sql,
        };
        tx.execute_unprepared(&sql).await.unwrap();
        tx.commit().await.unwrap();
        let after = scene.shop.breaches().await;
        let news = news(&before, &after);
        let named = |(invariant, subject): (&'static str, &str)| (invariant, subject.to_owned());
        news.into_iter().map(named).collect::<Vec<_>>()
    };
    let refunded = scene.refunded;
    assert_eq!(plant(answer("r1", refunded, refunded)).await, []);
    for (sql, subject) in [
        (
            answer("r2", scene.paid, scene.paid),
            "answer to r2 of user 9".to_owned(),
        ),
        (
            answer("r3", scene.paid, scene.restocked),
            "answer to r3 of user 9".to_owned(),
        ),
        (
            answer("r4", refunded, refunded),
            format!("order {refunded}"),
        ),
    ] {
        assert_eq!(plant(sql).await, [("I6", subject)]);
    }
}

#[tokio::test]
async fn an_order_without_lines_a_buyer_or_goods_and_lines_without_an_order_are_named() {
    let scene = Scene::open().await;
    let (unpaid, paid) = (scene.literal(scene.unpaid), scene.literal(scene.paid));
    let stray = OrderId::new();

    let sql = format!("UPDATE order_line SET sku_id = 404 WHERE order_id = {unpaid}");
    let named = scene.breaks_more(&sql, &["I11", "I4"]).await;
    assert!(
        named
            .iter()
            .all(|one| *one == format!("order {}", scene.unpaid))
    );
    let sql = format!("DELETE FROM order_line WHERE order_id = {paid}");
    scene.breaks_more(&sql, &["I11", "I4"]).await;
    let sql = format!(
        "INSERT INTO order_line (order_id, place, sku_id, product_id, name, options, unit_price,
            num, total) VALUES ({}, 0, {}, {}, 'x', '{{}}', 1, 1, 1)",
        scene.literal(stray),
        scene.tea.sku,
        scene.tea.product
    );
    scene.breaks(&sql, "I11", stray).await;
    let sql = format!(r#"UPDATE "order" SET user_id = 404 WHERE id = {unpaid}"#);
    scene.breaks_more(&sql, &["I11", "I6"]).await;
}

#[tokio::test]
async fn times_that_do_not_fit_the_status_are_named() {
    let scene = Scene::open().await;

    for (id, set) in [
        (scene.unpaid, "pay_by = NULL"),
        (scene.paid, "shipped_at = 1"),
        (scene.shipped, "completed_at = 1"),
        (scene.cancelled, "cancel_reason = NULL"),
        (scene.refunded, "refunded_at = NULL"),
    ] {
        let sql = format!(
            r#"UPDATE "order" SET {set} WHERE id = {}"#,
            scene.literal(id)
        );
        scene.breaks(&sql, "I10", id).await;
    }
}

#[tokio::test]
async fn a_cart_of_nobody_or_of_nothing_is_named() {
    let scene = Scene::open().await;
    let line = "INSERT INTO cart_item (user_id, sku_id, num, added_at) VALUES";
    let buyer = scene.shop.buyer(0).await.id;
    let sku = scene.tea.sku;
    scene.shop.carts.put(buyer, sku, 1).await.unwrap();
    scene.shop.sound().await;

    let named = scene
        .breaks_more(&format!("{line} (404, {sku}, 1, 1)"), &["I11"])
        .await;
    assert_eq!(named, ["cart 404"]);
    let sql = format!("{line} ({buyer}, 404, 1, 1)");
    let named = scene.breaks_more(&sql, &["I11"]).await;
    assert_eq!(named, [format!("cart {buyer}")]);
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
            discount: Set(Money::ZERO),
            tax_rate_bp: Set(0),
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
    assert_eq!(scene.shop.breaches().await, []);

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

/// Who is named by the audit of promotions, by invariant.
async fn promotion_breaches(shop: &Shop) -> Vec<String> {
    let tx = shop.db.db.snapshot().await.unwrap();
    let found = stampede_promotion::audit(&tx).await.unwrap();
    let named = found
        .into_iter()
        .map(|one| format!("{} {}", one.invariant, one.subject));
    named.collect()
}

/// A shop with an order that used a promotion of two uses, one for each buyer.
async fn promoted() -> (Shop, Buyer, PromotionId, Order) {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(100, 100).await);
    let two = Terms {
        usage_limit: Some(2),
        per_user_limit: Some(1),
        ..terms("two", Kind::Percent(1_000))
    };
    let id = shop.promote(two).await;
    let order = shop.place_with(buyer, tea, 1, &["two"]).await.unwrap();
    shop.sound().await;
    (shop, buyer, id, order)
}

async fn run(shop: &Shop, sql: &str) {
    let tx = shop.db.db.begin_write().await.unwrap();
    tx.execute_unprepared(sql).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_promotion_that_is_counted_wrong_is_named() {
    let (shop, _, id, _) = promoted().await;

    run(&shop, "UPDATE promotion_stock SET used = used + 1").await;

    assert_eq!(
        promotion_breaches(&shop).await,
        [format!("P2 promotion {id}")]
    );
}

#[tokio::test]
async fn a_buyer_who_is_counted_wrong_or_above_the_limit_is_named() {
    let (shop, buyer, id, _) = promoted().await;
    let theirs = format!("P2 promotion {id} of user {}", buyer.id);

    run(&shop, "UPDATE promotion_buyer SET units = 0").await;
    assert_eq!(
        promotion_breaches(&shop).await,
        std::slice::from_ref(&theirs)
    );

    run(&shop, "UPDATE promotion_buyer SET units = 1").await;
    run(&shop, "UPDATE promotion SET per_user_limit = 0").await;
    assert_eq!(promotion_breaches(&shop).await, [theirs]);
}

#[tokio::test]
async fn a_use_that_an_ended_order_kept_is_named() {
    let (shop, buyer, _, order) = promoted().await;
    shop.orders.cancel(buyer.id, order.id).await.unwrap();
    shop.sound().await;

    run(&shop, "UPDATE redemption SET released_at = NULL").await;

    assert_eq!(
        promotion_breaches(&shop).await,
        [format!("P2 order {}", order.id)]
    );
}

#[tokio::test]
async fn a_use_of_what_does_not_exist_is_named() {
    let (shop, _, id, _) = promoted().await;

    run(&shop, "DELETE FROM promotion").await;

    assert_eq!(
        promotion_breaches(&shop).await,
        [format!("P2 promotion {id}")]
    );
}

#[tokio::test]
async fn a_discount_that_is_not_the_sum_of_the_lines_is_named_and_so_is_a_wrong_tax() {
    let scene = Scene::open().await;
    scene
        .set(scene.unpaid, order::Column::Discount, Expr::value(7))
        .await;
    // The total is now wrong, too: it is the lines less the discount.
    assert_eq!(scene.broken(scene.unpaid).await, ["I11", "P1"]);

    let scene = Scene::open().await;
    scene
        .set(scene.unpaid, order::Column::Tax, Expr::value(2))
        .await;
    assert_eq!(scene.broken(scene.unpaid).await, ["P1"]);
}
