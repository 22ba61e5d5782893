//! The audit names what is broken, and nothing else.

use stampede_test_support::news;

use crate::site::*;

#[tokio::test]
async fn each_planted_breach_is_named() {
    let site = Site::open().await;
    let buyers = site.buyers(3).await;
    let sale = site.sale(10, 2).await;
    let order = site.win(sale, buyers[0]).await;
    let ended = site.win(sale, buyers[1]).await;
    stampede_order::OrderService::cancel(&site.open.orders, buyers[1].id, ended.id)
        .await
        .unwrap();
    site.sound(sale).await;
    let of_order = |state: &str| {
        let id = match site.db.db.backend() {
            sea_orm::DatabaseBackend::Postgres => format!("'{}'", order.id),
            _ => format!("x'{}'", order.id.0.simple()),
        };
        format!("UPDATE ticket SET {state} WHERE order_id = {id}")
    };
    for (invariant, broken, mended) in [
        (
            "J1",
            "UPDATE sale_stock SET taken = 11".to_owned(),
            "UPDATE sale_stock SET taken = 1".to_owned(),
        ),
        (
            "J1",
            "UPDATE sale_stock SET taken = 0".to_owned(),
            "UPDATE sale_stock SET taken = 1".to_owned(),
        ),
        (
            "J1",
            "UPDATE sale_stock SET closed_at = 9999999999999".to_owned(),
            "UPDATE sale_stock SET closed_at = NULL".to_owned(),
        ),
        (
            "J2",
            "UPDATE sale_buyer SET units = units + 1".to_owned(),
            "UPDATE sale_buyer SET units = units - 1".to_owned(),
        ),
        (
            "J2",
            "UPDATE sale_buyer SET units = 3 WHERE units = 1".to_owned(),
            "UPDATE sale_buyer SET units = 1 WHERE units = 3".to_owned(),
        ),
        (
            "J3",
            of_order("state = 'released'"),
            of_order("state = 'ordered'"),
        ),
        (
            "J3",
            of_order("state = 'refused'"),
            of_order("state = 'ordered'"),
        ),
        (
            "J3",
            of_order("user_id = 404"),
            of_order(&format!("user_id = {}", buyers[0].id)),
        ),
        ("J3", of_order("units = 2"), of_order("units = 1")),
        (
            "J4",
            "UPDATE sale_stock SET total = 9".to_owned(),
            "UPDATE sale_stock SET total = 10".to_owned(),
        ),
        (
            "J7",
            "UPDATE job SET parked_at = 1, done_at = NULL WHERE kind = 'sale.give'".to_owned(),
            "UPDATE job SET parked_at = NULL, done_at = 1 WHERE kind = 'sale.give'".to_owned(),
        ),
        (
            "J8",
            of_order("created_at = 1"),
            of_order(&format!("created_at = {}", NOW.0)),
        ),
        (
            "I11",
            of_order("sale_id = 404"),
            of_order(&format!("sale_id = {sale}")),
        ),
        (
            "I11",
            "UPDATE sale SET sku_id = 404".to_owned(),
            format!("UPDATE sale SET sku_id = {}", site.sku),
        ),
    ] {
        site.db.by_hand(&[&broken]).await;
        let after = site.breaches().await;
        let found = news(&[], &after);
        assert!(
            found.iter().any(|(one, _)| *one == invariant),
            "{broken}: {found:?}"
        );
        site.db.by_hand(&[&mended]).await;
        assert_eq!(site.breaches().await, [], "{mended}");
    }
}
