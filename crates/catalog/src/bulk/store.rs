//! Writes a slice of seed products.

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, QueryOrder,
};
use stampede_kernel::ProductId;
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::entity::{price_history, product, sku, stock_journal};
use stampede_persistence::{Database, Topic, feed, insert_all};

use super::BulkError;
use super::seed_products::SeedProducts;

/// Feed rows per statement.
const CHUNK: usize = 1_000;

/// Writes products, SKUs, stock journal, feed rows and an audit entry in one
/// transaction, and returns the last id.
pub(super) async fn write(
    db: &Database,
    batch: &SeedProducts<'_>,
    count: u64,
) -> Result<ProductId, BulkError> {
    let tx = db.begin_write().await?;
    let first = last_product(&tx).await? + 1;
    let end = first.saturating_add_unsigned(count);
    let rows = batch.rows(first..end, last_sku(&tx).await? + 1)?;
    insert_all::<product::Entity, _>(&tx, rows.products).await?;
    insert_all::<sku::Entity, _>(&tx, rows.skus).await?;
    insert_all::<stock_journal::Entity, _>(&tx, rows.journal).await?;
    insert_all::<price_history::Entity, _>(&tx, rows.prices).await?;
    advance_sequences(&tx).await?;
    let ids: Vec<_> = (first..end).collect();
    for keys in ids.chunks(CHUNK) {
        feed::append(&tx, Topic::Product, keys, batch.at).await?;
    }
    let act = AuditEntry {
        actor: None,
        action: "product.seed",
        target: format!("product:{first}"),
        detail: format!(r#"{{"count":{count}}}"#),
    };
    audit_log::write(&tx, act, batch.at).await?;
    tx.commit().await?;
    Ok(ProductId(end - 1))
}

pub(crate) async fn last_product(tx: &DatabaseTransaction) -> Result<i64, DbErr> {
    let last = product::Entity::find()
        .order_by_desc(product::Column::Id)
        .one(tx)
        .await?;
    Ok(last.map_or(0, |row| row.id.0))
}

pub(crate) async fn last_sku(tx: &DatabaseTransaction) -> Result<i64, DbErr> {
    let last = sku::Entity::find()
        .order_by_desc(sku::Column::Id)
        .one(tx)
        .await?;
    Ok(last.map_or(0, |row| row.id.0))
}

/// Advances PostgreSQL's sequences beyond ids that were assigned here, never backwards.
/// The other databases do so by themselves.
pub(crate) async fn advance_sequences(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    if tx.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(());
    }
    for table in ["product", "sku"] {
        tx.execute_unprepared(&format!(
            "SELECT setval(s.name, GREATEST(nextval(s.name), (SELECT MAX(id) FROM {table}))) \
             FROM (SELECT pg_get_serial_sequence('{table}', 'id')::regclass AS name) s"
        ))
        .await?;
    }
    Ok(())
}
