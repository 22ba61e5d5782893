//! How often promotions are used, by whom and in which orders.

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{OrderId, PromotionId, Timestamp, UserId};
use stampede_persistence::entity::{promotion_buyer, promotion_stock, redemption};
use stampede_persistence::{insert_all, insert_or_ignore};

/// Writes down that an order uses these promotions.
pub(crate) async fn record(
    tx: &DatabaseTransaction,
    order: OrderId,
    buyer: UserId,
    promotions: &[PromotionId],
    now: Timestamp,
) -> Result<(), DbErr> {
    let rows = promotions.iter().map(|promotion| redemption::ActiveModel {
        order_id: Set(order),
        promotion_id: Set(*promotion),
        user_id: Set(buyer),
        created_at: Set(now),
        released_at: Set(None),
    });
    insert_all::<redemption::Entity, _>(tx, rows.collect()).await
}

/// Takes one of a buyer's uses; false if there is none left.
pub(crate) async fn take_unit(
    tx: &DatabaseTransaction,
    promotion: PromotionId,
    buyer: UserId,
    limit: Option<i64>,
) -> Result<bool, DbErr> {
    let units = Expr::col(promotion_buyer::Column::Units);
    let mut update = promotion_buyer::Entity::update_many()
        .col_expr(promotion_buyer::Column::Units, units.add(1))
        .filter(promotion_buyer::Column::PromotionId.eq(promotion))
        .filter(promotion_buyer::Column::UserId.eq(buyer));
    if let Some(limit) = limit {
        update = update.filter(promotion_buyer::Column::Units.lt(limit));
    }
    if update.exec(tx).await?.rows_affected == 1 {
        return Ok(true);
    }
    let first = Query::insert()
        .into_table(promotion_buyer::Entity)
        .columns([
            promotion_buyer::Column::PromotionId,
            promotion_buyer::Column::UserId,
            promotion_buyer::Column::Units,
        ])
        .values_panic([promotion.0.into(), buyer.0.into(), 1_i64.into()])
        .take();
    let first = insert_or_ignore(tx.get_database_backend(), &first);
    Ok(tx.execute_raw(first).await?.rows_affected() == 1)
}

/// Takes one of a promotion's uses under the terms of `version`; false if there is none
/// left, or if the terms are others by now.
pub(crate) async fn take_use(
    tx: &DatabaseTransaction,
    promotion: PromotionId,
    version: i64,
) -> Result<bool, DbErr> {
    let used = Expr::col(promotion_stock::Column::Used);
    let left = Expr::col(promotion_stock::Column::Used)
        .lt(Expr::col(promotion_stock::Column::UsageLimit))
        .or(promotion_stock::Column::UsageLimit.is_null());
    let update = promotion_stock::Entity::update_many()
        .col_expr(promotion_stock::Column::Used, used.add(1))
        .filter(promotion_stock::Column::PromotionId.eq(promotion))
        .filter(promotion_stock::Column::Version.eq(version))
        .filter(left);
    Ok(update.exec(tx).await?.rows_affected == 1)
}

/// Marks what these orders used as given back, and returns it. What was given back before
/// is not returned again.
pub(crate) async fn mark_released(
    tx: &DatabaseTransaction,
    orders: &[OrderId],
    now: Timestamp,
) -> Result<Vec<(PromotionId, UserId)>, DbErr> {
    let theirs = redemption::Column::OrderId
        .is_in(orders.iter().copied())
        .and(redemption::Column::ReleasedAt.is_null());
    let rows: Vec<(PromotionId, UserId)> = redemption::Entity::find()
        .select_only()
        .columns([redemption::Column::PromotionId, redemption::Column::UserId])
        .filter(theirs.clone())
        .order_by_asc(redemption::Column::PromotionId)
        .into_tuple()
        .all(tx)
        .await?;
    let marked = redemption::Entity::update_many()
        .col_expr(redemption::Column::ReleasedAt, Expr::value(now))
        .filter(theirs)
        .exec(tx)
        .await?;
    if usize::try_from(marked.rows_affected).ok() != Some(rows.len()) {
        return Err(broken("redemptions changed while their orders were locked"));
    }
    Ok(rows)
}

/// Gives a buyer's uses back.
pub(crate) async fn give_units(
    tx: &DatabaseTransaction,
    promotion: PromotionId,
    buyer: UserId,
    units: i64,
) -> Result<(), DbErr> {
    let left = Expr::col(promotion_buyer::Column::Units).sub(units);
    let update = promotion_buyer::Entity::update_many()
        .col_expr(promotion_buyer::Column::Units, left)
        .filter(promotion_buyer::Column::PromotionId.eq(promotion))
        .filter(promotion_buyer::Column::UserId.eq(buyer))
        .filter(promotion_buyer::Column::Units.gte(units));
    match update.exec(tx).await?.rows_affected {
        1 => Ok(()),
        _ => Err(broken("a buyer gives back more than they used")),
    }
}

/// Gives a promotion's uses back.
pub(crate) async fn give_uses(
    tx: &DatabaseTransaction,
    promotion: PromotionId,
    uses: i64,
) -> Result<(), DbErr> {
    let left = Expr::col(promotion_stock::Column::Used).sub(uses);
    let update = promotion_stock::Entity::update_many()
        .col_expr(promotion_stock::Column::Used, left)
        .filter(promotion_stock::Column::PromotionId.eq(promotion))
        .filter(promotion_stock::Column::Used.gte(uses));
    match update.exec(tx).await?.rows_affected {
        1 => Ok(()),
        _ => Err(broken("a promotion gets back more than was used")),
    }
}

/// The largest number of uses of one buyer.
pub(crate) async fn most_units(
    tx: &DatabaseTransaction,
    promotion: PromotionId,
) -> Result<i64, DbErr> {
    let most = promotion_buyer::Entity::find()
        .filter(promotion_buyer::Column::PromotionId.eq(promotion))
        .order_by_desc(promotion_buyer::Column::Units)
        .one(tx)
        .await?;
    Ok(most.map_or(0, |row| row.units))
}

/// Whether an order ever used the promotion.
pub(crate) async fn is_redeemed(
    tx: &DatabaseTransaction,
    promotion: PromotionId,
) -> Result<bool, DbErr> {
    let one = redemption::Entity::find()
        .filter(redemption::Column::PromotionId.eq(promotion))
        .one(tx)
        .await?;
    Ok(one.is_some())
}

fn broken(what: &str) -> DbErr {
    DbErr::Custom(what.to_owned())
}
