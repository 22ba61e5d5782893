//! Queries on carts. Every query filters by the owner.

use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use stampede_kernel::{SkuId, Timestamp, UserId};
use stampede_persistence::entity::cart_item;

/// Reads the lines in the order in which they were added.
pub(crate) async fn lines(
    db: &impl ConnectionTrait,
    owner: UserId,
) -> Result<Vec<cart_item::Model>, DbErr> {
    cart_item::Entity::find()
        .filter(cart_item::Column::UserId.eq(owner))
        .order_by_asc(cart_item::Column::AddedAt)
        .order_by_asc(cart_item::Column::SkuId)
        .all(db)
        .await
}

pub(super) async fn count(tx: &DatabaseTransaction, owner: UserId) -> Result<u64, DbErr> {
    cart_item::Entity::find()
        .filter(cart_item::Column::UserId.eq(owner))
        .count(tx)
        .await
}

/// Sets the units of a line; false if there is no such line.
pub(super) async fn set(
    tx: &DatabaseTransaction,
    owner: UserId,
    sku: SkuId,
    num: i64,
) -> Result<bool, DbErr> {
    let set = cart_item::Entity::update_many()
        .col_expr(cart_item::Column::Num, Expr::value(num))
        .filter(line(owner, sku))
        .exec(tx)
        .await?;
    Ok(set.rows_affected == 1)
}

/// Lowers the units of a line; false if there is no line with at least that many
/// units.
pub(super) async fn lower(
    tx: &DatabaseTransaction,
    owner: UserId,
    sku: SkuId,
    num: i64,
) -> Result<bool, DbErr> {
    let lowered = cart_item::Entity::update_many()
        .col_expr(cart_item::Column::Num, Expr::value(num))
        .filter(line(owner, sku))
        .filter(cart_item::Column::Num.gte(num))
        .exec(tx)
        .await?;
    Ok(lowered.rows_affected == 1)
}

pub(super) async fn insert(
    tx: &DatabaseTransaction,
    owner: UserId,
    sku: SkuId,
    num: i64,
    at: Timestamp,
) -> Result<(), DbErr> {
    let row = cart_item::ActiveModel {
        user_id: Set(owner),
        sku_id: Set(sku),
        num: Set(num),
        added_at: Set(at),
    };
    cart_item::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

pub(super) async fn remove(
    tx: &DatabaseTransaction,
    owner: UserId,
    sku: SkuId,
) -> Result<(), DbErr> {
    cart_item::Entity::delete_many()
        .filter(line(owner, sku))
        .exec(tx)
        .await?;
    Ok(())
}

/// Empties a cart. The owner's row must be locked.
pub(crate) async fn clear(tx: &DatabaseTransaction, owner: UserId) -> Result<(), DbErr> {
    cart_item::Entity::delete_many()
        .filter(cart_item::Column::UserId.eq(owner))
        .exec(tx)
        .await?;
    Ok(())
}

fn line(owner: UserId, sku: SkuId) -> SimpleExpr {
    cart_item::Column::UserId
        .eq(owner)
        .and(cart_item::Column::SkuId.eq(sku))
}
