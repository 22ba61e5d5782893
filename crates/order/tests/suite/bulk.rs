//! Orders in bulk.

use std::time::Duration;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use stampede_kernel::*;
use stampede_order::*;
use stampede_persistence::entity::{job, order};

use crate::shop::*;

const PAY_WITHIN: Duration = Duration::from_mins(15);
/// Long enough after the epoch for a year of orders.
const AT: Timestamp = Timestamp(1_795_336_200_000);

#[tokio::test]
async fn nothing_is_ordered_by_nobody_or_of_nothing() {
    let shop = Shop::open().await;
    let db = &shop.db.db;

    let nobody = bulk::orders(db, 1, AT, PAY_WITHIN).await;
    shop.buyer(0).await;
    let nothing = bulk::orders(db, 1, AT, PAY_WITHIN).await;

    assert!(matches!(nobody, Err(bulk::BulkError::NoBuyers)));
    assert!(matches!(nothing, Err(bulk::BulkError::NoWares)));
}

#[tokio::test]
async fn orders_in_bulk_are_orders_like_any_other() {
    let shop = Shop::open().await;
    let (ada, grace) = (shop.buyer(500).await, shop.buyer(0).await);
    let (sencha, bancha) = (shop.tea(100, 3).await, shop.tea(200, 0).await);
    let own = shop.paid(ada, sencha, 1).await;

    bulk::orders(&shop.db.db, 2_500, AT, PAY_WITHIN)
        .await
        .unwrap();
    bulk::orders(&shop.db.db, 100, AT.plus(PAY_WITHIN), PAY_WITHIN)
        .await
        .unwrap();

    shop.sound().await;
    assert_eq!(
        (shop.stock_of(sencha).await, shop.stock_of(bancha).await),
        (2, 0)
    );
    assert!(shop.balance_of(ada).await >= 400 && shop.balance_of(grace).await >= 0);
    let mut paid = None;
    for (status, least) in [
        (OrderStatus::Unpaid, 26),
        (OrderStatus::Paid, 100),
        (OrderStatus::Shipped, 100),
        (OrderStatus::Completed, 1_000),
        (OrderStatus::Cancelled, 200),
        (OrderStatus::Refunded, 50),
    ] {
        let find = order::Entity::find().filter(order::Column::Status.eq(status));
        let rows = find.clone().count(shop.db.db.reader()).await.unwrap();
        assert!(rows >= least, "{rows} {status:?}");
        if status == OrderStatus::Paid {
            let find = find.filter(order::Column::Id.ne(own.id));
            let one = find.one(shop.db.db.reader()).await.unwrap();
            paid = one.map(|row| row.id);
        }
    }
    let mails = job::Entity::find()
        .count(shop.db.db.reader())
        .await
        .unwrap();
    shop.refund(paid.unwrap(), true).await.unwrap();
    shop.refund(own.id, true).await.unwrap();
    shop.sound().await;
    assert!(mails < 20, "no mails for orders in bulk");
}
