//! Queries on the stock of a sale: one row for each sale, changed by conditional updates.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
};
use stampede_kernel::{SaleId, Timestamp};
use stampede_persistence::entity::sale_stock;

use crate::gate::Epoch;

/// The epoch of a new sale.
pub(crate) const FIRST: Epoch = Epoch(1);

/// Reads the stock of a sale.
pub(crate) async fn stock(
    db: &impl ConnectionTrait,
    sale: SaleId,
) -> Result<Option<sale_stock::Model>, DbErr> {
    sale_stock::Entity::find_by_id(sale).one(db).await
}

/// Begins the next epoch: after this commit no older epoch commits. Of several
/// callers that saw the same epoch, one gets true. False also when the sale is
/// closed.
pub(crate) async fn bump(
    tx: &DatabaseTransaction,
    sale: SaleId,
    seen: Epoch,
    next: Epoch,
) -> Result<bool, DbErr> {
    let bumped = sale_stock::Entity::update_many()
        .col_expr(sale_stock::Column::Epoch, Expr::value(next.0))
        .filter(sale_stock::Column::SaleId.eq(sale))
        .filter(sale_stock::Column::Epoch.eq(seen.0))
        .filter(sale_stock::Column::ClosedAt.is_null())
        .exec(tx)
        .await?;
    Ok(bumped.rows_affected == 1)
}

/// Begins the next epoch, whatever the current one is, and locks the row. False
/// when the sale is closed.
pub(crate) async fn fence(tx: &DatabaseTransaction, sale: SaleId) -> Result<bool, DbErr> {
    let epoch = Expr::col(sale_stock::Column::Epoch).add(1);
    let fenced = sale_stock::Entity::update_many()
        .col_expr(sale_stock::Column::Epoch, epoch)
        .filter(sale_stock::Column::SaleId.eq(sale))
        .filter(sale_stock::Column::ClosedAt.is_null())
        .exec(tx)
        .await?;
    Ok(fenced.rows_affected == 1)
}

/// Sets the total units of a sale; false when fewer than are taken.
pub(in crate::sale) async fn set_total(
    tx: &DatabaseTransaction,
    sale: SaleId,
    total: i64,
) -> Result<bool, DbErr> {
    let set = sale_stock::Entity::update_many()
        .col_expr(sale_stock::Column::Total, Expr::value(total))
        .filter(sale_stock::Column::SaleId.eq(sale))
        .filter(sale_stock::Column::Taken.lte(total))
        .exec(tx)
        .await?;
    Ok(set.rows_affected == 1)
}

/// Closes a sale whose stock row is locked. Units that are not taken leave its
/// total.
pub(crate) async fn close(
    tx: &DatabaseTransaction,
    sale: SaleId,
    now: Timestamp,
) -> Result<(), DbErr> {
    let taken = Expr::col(sale_stock::Column::Taken);
    sale_stock::Entity::update_many()
        .col_expr(sale_stock::Column::ClosedAt, Expr::value(now))
        .col_expr(sale_stock::Column::Total, taken)
        .filter(sale_stock::Column::SaleId.eq(sale))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes `units` for tickets of `epoch`. This guarded UPDATE of the hot row is what
/// prevents overselling, and it is the last statement of its transaction. False
/// when the epoch is past, the sale is closed, or fewer units are left.
pub(crate) async fn take(
    tx: &DatabaseTransaction,
    sale: SaleId,
    epoch: Epoch,
    units: i64,
) -> Result<bool, DbErr> {
    let taken = || Expr::col(sale_stock::Column::Taken).add(units);
    let done = sale_stock::Entity::update_many()
        .col_expr(sale_stock::Column::Taken, taken())
        .filter(sale_stock::Column::SaleId.eq(sale))
        .filter(sale_stock::Column::Epoch.eq(epoch.0))
        .filter(sale_stock::Column::ClosedAt.is_null())
        .filter(taken().lte(Expr::col(sale_stock::Column::Total)))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Returns the units of released tickets to the sale. When the sale is closed, they
/// leave its total.
pub(in crate::sale) async fn put_back(
    tx: &DatabaseTransaction,
    sale: SaleId,
    units: i64,
) -> Result<Option<sale_stock::Model>, DbErr> {
    let closed = sale_stock::Column::ClosedAt.is_not_null();
    let leaving = Expr::case(closed, Expr::value(units)).finally(Expr::value(0_i64));
    sale_stock::Entity::update_many()
        .col_expr(
            sale_stock::Column::Total,
            Expr::col(sale_stock::Column::Total).sub(leaving),
        )
        .col_expr(
            sale_stock::Column::Taken,
            Expr::col(sale_stock::Column::Taken).sub(units),
        )
        .filter(sale_stock::Column::SaleId.eq(sale))
        .exec(tx)
        .await?;
    stock(tx, sale).await
}
