//! Queries on stock and its journal.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder,
};
use stampede_kernel::{ProductId, SkuId, Timestamp, UserId};
use stampede_persistence::entity::{product, sku, stock_journal};

use super::{StockCause, StockLine};
use crate::product::MAX_UNITS;
use crate::product::store::by_ids;

/// The cause of a stock movement, with its actor.
#[derive(Clone, Copy)]
pub(crate) struct Cause<'a> {
    pub(crate) reason: &'a str,
    pub(crate) reference: Option<&'a str>,
    pub(crate) actor: Option<UserId>,
    pub(crate) at: Timestamp,
}

impl Cause<'static> {
    /// The cause of a new SKU's opening stock.
    pub(crate) fn opening(admin: UserId, at: Timestamp) -> Self {
        Self {
            reason: "opening",
            reference: None,
            actor: Some(admin),
            at,
        }
    }
}

impl<'a> From<StockCause<'a>> for Cause<'a> {
    fn from(cause: StockCause<'a>) -> Self {
        Self {
            reason: cause.reason,
            reference: Some(cause.reference),
            actor: None,
            at: cause.at,
        }
    }
}

/// Adjusts the stock of a SKU and writes the journal. Returns false, and changes
/// nothing, if the SKU does not exist, or if its stock would fall below 0 or exceed
/// `MAX_UNITS`.
pub(crate) async fn adjust(
    tx: &impl ConnectionTrait,
    sku: SkuId,
    delta: i64,
    cause: Cause<'_>,
) -> Result<bool, DbErr> {
    let moved = sku::Entity::update_many()
        .col_expr(sku::Column::Num, Expr::col(sku::Column::Num).add(delta))
        .filter(sku::Column::Id.eq(sku))
        .filter(sku::Column::Num.gte(delta.saturating_neg()))
        .filter(sku::Column::Num.lte(MAX_UNITS.saturating_sub(delta)))
        .exec(tx)
        .await?
        .rows_affected
        == 1;
    if moved {
        journal(tx, sku, delta, cause).await?;
    }
    Ok(moved)
}

/// Releases units of one SKU by one update and writes a journal row for each of
/// `parts`. There is no upper bound, for the units were taken before. Returns false if
/// the SKU does not exist.
pub(super) async fn release(
    tx: &impl ConnectionTrait,
    sku: SkuId,
    parts: &[(StockLine, StockCause<'_>)],
) -> Result<bool, DbErr> {
    let units: i64 = parts.iter().map(|(line, _)| line.units).sum();
    let given = sku::Entity::update_many()
        .col_expr(sku::Column::Num, Expr::col(sku::Column::Num).add(units))
        .filter(sku::Column::Id.eq(sku))
        .exec(tx)
        .await?
        .rows_affected
        == 1;
    let rows = parts
        .iter()
        .map(|(line, cause)| journal_row(sku, line.units, (*cause).into()));
    stock_journal::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(given)
}

/// Writes a row of the journal.
pub(crate) async fn journal(
    tx: &impl ConnectionTrait,
    sku: SkuId,
    delta: i64,
    cause: Cause<'_>,
) -> Result<(), DbErr> {
    stock_journal::Entity::insert(journal_row(sku, delta, cause))
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

pub(crate) fn journal_row(sku: SkuId, delta: i64, cause: Cause<'_>) -> stock_journal::ActiveModel {
    stock_journal::ActiveModel {
        sku_id: Set(sku),
        delta: Set(delta),
        reason: Set(cause.reason.to_owned()),
        reference: Set(cause.reference.map(ToOwned::to_owned)),
        actor_id: Set(cause.actor),
        created_at: Set(cause.at),
        ..Default::default()
    }
}

/// Reads a SKU.
pub(super) async fn sku(tx: &impl ConnectionTrait, id: SkuId) -> Result<Option<sku::Model>, DbErr> {
    sku::Entity::find_by_id(id).one(tx).await
}

/// Reads a SKU with its product, if the product is on sale.
pub(super) async fn on_sale(
    tx: &impl ConnectionTrait,
    id: SkuId,
) -> Result<Option<(sku::Model, product::Model)>, DbErr> {
    let Some(sku) = sku(tx, id).await? else {
        return Ok(None);
    };
    let product = product::Entity::find_by_id(sku.product_id)
        .filter(product::Column::OnSale.eq(true))
        .one(tx)
        .await?;
    Ok(product.map(|product| (sku, product)))
}

/// Returns the product's oldest SKU.
pub(super) async fn first_sku(
    tx: &impl ConnectionTrait,
    product: ProductId,
) -> Result<Option<SkuId>, DbErr> {
    let first = sku::Entity::find()
        .filter(sku::Column::ProductId.eq(product))
        .order_by_asc(sku::Column::Id)
        .one(tx)
        .await?;
    Ok(first.map(|row| row.id))
}

/// Reads those of the SKUs that exist, each with its product.
pub(super) async fn with_products(
    db: &impl ConnectionTrait,
    skus: &[SkuId],
) -> Result<Vec<(sku::Model, product::Model)>, DbErr> {
    let rows = sku::Entity::find()
        .filter(sku::Column::Id.is_in(skus.iter().copied()))
        .all(db)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.product_id).collect();
    let products = by_ids(db, &ids).await?;
    let of = |id| products.iter().find(|product| product.id == id).cloned();
    Ok(rows
        .into_iter()
        .filter_map(|row| of(row.product_id).map(|product| (row, product)))
        .collect())
}
