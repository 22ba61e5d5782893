//! Queries on stock and its journal.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter,
};
use stampede_kernel::{SkuId, Timestamp, UserId};
use stampede_persistence::entity::{product, sku, stock_journal};

use super::StockCause;
use crate::product::MAX_UNITS;

/// Who and what moves stock, as a journal row tells it.
#[derive(Clone, Copy)]
pub(crate) struct Cause<'a> {
    pub(crate) reason: &'a str,
    pub(crate) reference: Option<&'a str>,
    pub(crate) actor: Option<UserId>,
    pub(crate) at: Timestamp,
}

impl Cause<'static> {
    /// A new SKU's first stock.
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

/// Moves stock and journals it; false, and nothing changed, if the SKU does not
/// exist or would be left with less than nothing or more than any warehouse holds.
pub(super) async fn shift(
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

/// Writes a row of the journal.
pub(crate) async fn journal(
    tx: &impl ConnectionTrait,
    sku: SkuId,
    delta: i64,
    cause: Cause<'_>,
) -> Result<(), DbErr> {
    let row = stock_journal::ActiveModel {
        sku_id: Set(sku),
        delta: Set(delta),
        reason: Set(cause.reason.to_owned()),
        reference: Set(cause.reference.map(ToOwned::to_owned)),
        actor_id: Set(cause.actor),
        created_at: Set(cause.at),
        ..Default::default()
    };
    stock_journal::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The SKU as the transaction sees it.
pub(super) async fn sku(tx: &impl ConnectionTrait, id: SkuId) -> Result<Option<sku::Model>, DbErr> {
    sku::Entity::find_by_id(id).one(tx).await
}

/// The SKU with its product, if that is on sale.
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
