//! The audit names what is broken, and nothing else.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use stampede_kernel::{OrderId, SaleId};
use stampede_order::OrderService;
use stampede_persistence::entity::{job, ticket};
use stampede_seckill::AUDIT;

use crate::fixture::*;

/// A sale of ten units, two a buyer: an order, one that was cancelled, a recorded
/// refusal; and a sale of which nobody wants anything.
struct Scene {
    fixture: Fixture,
    sale: SaleId,
    other: SaleId,
    ordered: Sold,
    released: Sold,
    refused: String,
    give: i64,
    /// What checks have said so far.
    said: BTreeSet<String>,
}

struct Sold {
    buyer: Buyer,
    order: OrderId,
    ticket: String,
}

/// The subject of a breach, and how its detail begins.
type Named<'a> = (&'a str, &'a str, &'a str);

impl Scene {
    async fn open() -> Self {
        let fixture = Fixture::open().await;
        let buyers = fixture.buyers(2).await;
        let sale = fixture.sale(10, 2).await;
        let other = fixture.sale(1, 1).await;
        let order = fixture.win(sale, buyers[0]).await.id;
        let ended = fixture.win(sale, buyers[1]).await.id;
        fixture
            .open
            .orders
            .cancel(buyers[1].id, ended)
            .await
            .unwrap();
        let stranger = Buyer {
            id: fixture.stranger().await,
            home: buyers[0].home,
        };
        assert_eq!(
            ending(&fixture.claim(sale, stranger).await),
            "address required"
        );
        fixture.sound(sale).await;
        fixture.open.die();
        let reader = fixture.db.db.reader();
        let of_user = async |buyer: Buyer| {
            let row = ticket::Entity::find().filter(ticket::Column::UserId.eq(buyer.id));
            row.one(reader).await.unwrap().unwrap().id.to_string()
        };
        let (first, second) = (of_user(buyers[0]).await, of_user(buyers[1]).await);
        let refused = of_user(stranger).await;
        let give = job::Entity::find().filter(job::Column::Kind.eq("sale.give"));
        let give = give.one(reader).await.unwrap().unwrap().id;
        Self {
            sale,
            other,
            ordered: Sold {
                buyer: buyers[0],
                order,
                ticket: first,
            },
            released: Sold {
                buyer: buyers[1],
                order: ended,
                ticket: second,
            },
            refused,
            give,
            said: BTreeSet::new(),
            fixture,
        }
    }

    /// A UUID as this database writes one in SQL.
    fn literal(&self, id: &str) -> String {
        match self.fixture.db.db.backend() {
            sea_orm::DatabaseBackend::Postgres => format!("'{id}'"),
            _ => format!("x'{}'", id.replace('-', "")),
        }
    }

    /// Breaks it, and sees just these named.
    async fn breaks(&mut self, broken: &[&str], named: &[Named<'_>]) {
        let before = self.fixture.breaches().await;
        self.fixture.db.by_hand(broken).await;
        let after = self.fixture.breaches().await;
        let mut news: Vec<_> = after.iter().filter(|one| !before.contains(one)).collect();
        news.sort_by_key(|one| (one.invariant, one.detail.clone(), one.subject.clone()));
        let fits = news.len() == named.len()
            && news
                .iter()
                .zip(named)
                .all(|(one, (invariant, subject, detail))| {
                    (one.invariant, one.subject.as_str()) == (*invariant, *subject)
                        && one.detail.starts_with(detail)
                });
        assert!(fits, "{broken:?}: {news:#?}, and not {named:#?}");
        self.said
            .extend(news.into_iter().map(|one| one.detail.clone()));
    }

    /// The same, and mends it.
    async fn plants(&mut self, broken: &[&str], mended: &[&str], named: &[Named<'_>]) {
        self.breaks(broken, named).await;
        self.fixture.db.by_hand(mended).await;
        assert_eq!(self.fixture.breaches().await, [], "{mended:?}");
    }
}

/// The statements that are there.
fn whole(statements: &[String; 2]) -> Vec<&str> {
    let all = statements.iter().map(String::as_str);
    all.filter(|sql| !sql.is_empty()).collect()
}

const BOUNDS: &str = "more is taken than there is";
const SUM: &str = "what is taken is not the sum";
const HELD: &str = "somebody's units are not the sum";
const LIMIT: &str = "somebody has more units than one buyer may";
const HOLDS: &str = "it holds units, and its order is absent";
const RELEASED: &str = "it was released, and its order";
const REFUSED: &str = "it was refused, and has an order";
const NO_TICKET: &str = "it is a sale's, and has no ticket";
const OTHER_UNITS: &str = "its order is not of its units";
const JOURNAL: &str = "its units are not what the stock journal";
const GIVEN_UP: &str = "it gives units back to a sale";
const OUTSIDE: &str = "it won before its sale began";
const NOBODYS: &str = "its sale or its user does not exist";
const NOTHING: &str = "it has no units, or what it sells";

#[tokio::test]
async fn each_planted_breach_is_named_and_no_other() {
    let mut scene = Scene::open().await;

    counts(&mut scene).await;
    tickets_and_orders(&mut scene).await;
    window(&mut scene).await;
    belongings(&mut scene).await;

    let asked: BTreeSet<_> = AUDIT
        .checks
        .iter()
        .map(|one| one.detail.to_owned())
        .collect();
    assert_eq!(scene.said, asked, "each check has found something");
}

/// What is taken, and of whom.
async fn counts(scene: &mut Scene) {
    let (id, sale) = (scene.sale, format!("sale {}", scene.sale));
    let sale = sale.as_str();
    let ann = scene.ordered.buyer.id;
    let units = |set: &str| format!("UPDATE sale_stock SET {set} WHERE sale_id = {id}");
    let moved = |set: &str| format!("UPDATE stock_journal SET {set} WHERE reference = 'sale:{id}'");
    let buyer = |set: &str| format!("UPDATE sale_buyer SET {set} WHERE user_id = {ann}");
    for (broken, mended, named) in [
        (
            [units("total = 0"), moved("delta = 0")],
            [units("total = 10"), moved("delta = -10")],
            &[("J1", sale, BOUNDS)][..],
        ),
        (
            [units("closed_at = 9999999999999"), String::new()],
            [units("closed_at = NULL"), String::new()],
            &[("J1", sale, BOUNDS)],
        ),
        (
            [units("taken = 0"), String::new()],
            [units("taken = 1"), String::new()],
            &[("J1", sale, SUM)],
        ),
        (
            [units("taken = 11"), String::new()],
            [units("taken = 1"), String::new()],
            &[("J1", sale, BOUNDS), ("J1", sale, SUM)],
        ),
        (
            [units("taken = -1"), String::new()],
            [units("taken = 1"), String::new()],
            &[("J1", sale, BOUNDS), ("J1", sale, SUM)],
        ),
        (
            [buyer("units = 2"), String::new()],
            [buyer("units = 1"), String::new()],
            &[("J2", sale, HELD)],
        ),
        (
            [
                format!("UPDATE sale SET per_user_limit = 0 WHERE id = {id}"),
                String::new(),
            ],
            [
                format!("UPDATE sale SET per_user_limit = 2 WHERE id = {id}"),
                String::new(),
            ],
            &[("J2", sale, LIMIT)],
        ),
        (
            [buyer("units = 3"), String::new()],
            [buyer("units = 1"), String::new()],
            &[("J2", sale, LIMIT), ("J2", sale, HELD)],
        ),
        (
            [units("total = 9"), String::new()],
            [units("total = 10"), String::new()],
            &[("J4", sale, JOURNAL)],
        ),
        (
            [moved("delta = -9"), String::new()],
            [moved("delta = -10"), String::new()],
            &[("J4", sale, JOURNAL)],
        ),
    ] {
        scene.plants(&whole(&broken), &whole(&mended), named).await;
    }
}

async fn tickets_and_orders(scene: &mut Scene) {
    let id = scene.sale;
    let (ordered, released) = (&scene.ordered.ticket, &scene.released.ticket);
    let (ordered, released) = (format!("ticket {ordered}"), format!("ticket {released}"));
    let (ordered, released) = (ordered.as_str(), released.as_str());
    let order = scene.literal(&scene.ordered.order.to_string());
    let ended = scene.literal(&scene.released.order.to_string());
    let (ann, bob) = (scene.ordered.buyer.id, scene.released.buyer.id);
    let tickets = |set: &str, of: &str| format!("UPDATE ticket SET {set} WHERE order_id = {of}");
    let orders = |set: &str, of: &str| format!(r#"UPDATE "order" SET {set} WHERE id = {of}"#);
    let line = |set: &str| format!("UPDATE order_line SET {set} WHERE order_id = {order}");
    let swap = format!("UPDATE sale_buyer SET units = 1 - units WHERE sale_id = {id}");
    let sku = scene.fixture.sku;
    let plants = [
        (
            [tickets(&format!("user_id = {bob}"), &order), swap.clone()],
            [tickets(&format!("user_id = {ann}"), &order), swap.clone()],
            ("J3", ordered, HOLDS),
        ),
        (
            [orders("status = 'cancelled'", &order), String::new()],
            [orders("status = 'unpaid'", &order), String::new()],
            ("J3", ordered, HOLDS),
        ),
        (
            [orders("seckill_id = NULL", &order), String::new()],
            [orders(&format!("seckill_id = {id}"), &order), String::new()],
            ("J3", ordered, HOLDS),
        ),
        (
            [orders("status = 'unpaid'", &ended), String::new()],
            [orders("status = 'cancelled'", &ended), String::new()],
            ("J3", released, RELEASED),
        ),
        (
            [tickets("state = 'refused'", &ended), String::new()],
            [tickets("state = 'released'", &ended), String::new()],
            ("J3", released, REFUSED),
        ),
        (
            [line("num = 2"), String::new()],
            [line("num = 1"), String::new()],
            ("J3", ordered, OTHER_UNITS),
        ),
        (
            [line("sku_id = 404"), String::new()],
            [line(&format!("sku_id = {sku}")), String::new()],
            ("J3", ordered, OTHER_UNITS),
        ),
    ];
    for (broken, mended, named) in plants {
        scene
            .plants(&whole(&broken), &whole(&mended), &[named])
            .await;
    }
}

async fn window(scene: &mut Scene) {
    let id = scene.sale;
    let (ordered, released) = (&scene.ordered.ticket, &scene.released.ticket);
    let (ordered, released) = (format!("ticket {ordered}"), format!("ticket {released}"));
    let (ordered, released) = (ordered.as_str(), released.as_str());
    let ticket = scene.literal(&scene.ordered.ticket);
    let units = |set: &str| format!("UPDATE sale_stock SET {set} WHERE sale_id = {id}");
    let moved = |set: &str| format!("UPDATE stock_journal SET {set} WHERE reference = 'sale:{id}'");
    // Seven seconds after the end are the grace and clocks that differ.
    let dated = |at: i64| format!("UPDATE ticket SET created_at = {at} WHERE id = {ticket}");
    let end = NOW.0 + 3_600_000;
    let on_time = dated(NOW.0);
    for at in [1, NOW.0 - 5_001, end + 7_001] {
        scene
            .plants(&[&dated(at)], &[&on_time], &[("J8", ordered, OUTSIDE)])
            .await;
    }
    for at in [NOW.0 - 5_000, end + 7_000] {
        scene.plants(&[&dated(at)], &[&on_time], &[]).await;
    }
    let closed = format!("closed_at = {}, total = 1", NOW.0 - 5_001);
    let mut both = [("J8", ordered, OUTSIDE), ("J8", released, OUTSIDE)];
    both.sort_unstable();
    scene
        .plants(
            &[&units(&closed), &moved("delta = -1")],
            &[
                &units("closed_at = NULL, total = 10"),
                &moved("delta = -10"),
            ],
            &both,
        )
        .await;
}

/// Units on their way, and what belongs to nothing.
async fn belongings(scene: &mut Scene) {
    let (id, sale) = (scene.sale, format!("sale {}", scene.sale));
    let sale = sale.as_str();
    let other = format!("sale {}", scene.other);
    let refused = format!("ticket {}", scene.refused);
    let dead = scene.literal(&scene.refused);
    let ended = scene.literal(&scene.released.order.to_string());
    let job = format!("job {}", scene.give);
    let gives = |set: &str| format!("UPDATE job SET {set} WHERE kind = 'sale.give'");
    scene
        .plants(
            &[&gives("parked_at = 1, done_at = NULL")],
            &[&gives("parked_at = NULL, done_at = 1")],
            &[("J7", &job, GIVEN_UP)],
        )
        .await;
    let of_dead = |set: &str| format!("UPDATE ticket SET {set} WHERE id = {dead}");
    scene
        .plants(
            &[&of_dead("sale_id = 404")],
            &[&of_dead(&format!("sale_id = {id}"))],
            &[("I11", &refused, NOBODYS)],
        )
        .await;
    scene
        .breaks(&[&of_dead("user_id = 404")], &[("I11", &refused, NOBODYS)])
        .await;
    let empty = format!("DELETE FROM sale_stock WHERE sale_id = {}", scene.other);
    scene.breaks(&[&empty], &[("I11", &other, NOTHING)]).await;
    let gone = format!("DELETE FROM ticket WHERE order_id = {ended}");
    let of_nobody = format!("order {}", scene.released.order);
    scene
        .breaks(&[&gone], &[("J3", &of_nobody, NO_TICKET)])
        .await;
    scene
        .breaks(&["DELETE FROM sku"], &[("I11", sale, NOTHING)])
        .await;
}
