//! Products in bulk.

use sea_orm::{EntityTrait, PaginatorTrait};
use stampede_catalog::*;
use stampede_kernel::Timestamp;
use stampede_persistence::entity::{product, sku, stock_journal};

use crate::shop::{ADMIN, Shop};

#[tokio::test]
async fn goods_in_bulk_are_products_like_any_other() {
    let shop = Shop::open().await;
    let first = shop.product(100, 1).await;
    let db = shop.db.db.clone();
    let refused = bulk::products(&db, &[], 1, Timestamp(9)).await;
    assert!(matches!(refused, Err(bulk::BulkError::NoCategory)));

    let last = bulk::products(&db, &[shop.tea], 2_500, Timestamp(9)).await;

    assert_eq!(last.unwrap().map(|id| id.0), Some(first.id.0 + 2_500));
    let rows = product::Entity::find().count(db.reader()).await.unwrap();
    assert_eq!(rows, 2_501);
    let skus = sku::Entity::find().all(db.reader()).await.unwrap();
    let journal = stock_journal::Entity::find()
        .all(db.reader())
        .await
        .unwrap();
    assert_eq!(
        skus.iter().map(|row| row.num).sum::<i64>(),
        journal.iter().map(|row| row.delta).sum::<i64>()
    );
    let seeded = shop.now(last_of(&skus)).await;
    let change = ProductChange {
        on_sale: Some(true),
        ..ProductChange::default()
    };
    shop.products
        .change(ADMIN, seeded.id, change)
        .await
        .unwrap();
    let after = shop.product(100, 1).await;
    assert!(after.id.0 > first.id.0 + 2_500);
}

fn last_of(skus: &[sku::Model]) -> stampede_kernel::ProductId {
    skus.iter().map(|row| row.product_id).max().unwrap()
}
