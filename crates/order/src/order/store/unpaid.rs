//! Queries on unpaid orders: those of a buyer or of a sale, and overdue ones.

use sea_orm::sea_query::{LockBehavior, LockType, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{OrderId, SaleId, Timestamp, UserId};
use stampede_persistence::entity::order;
use stampede_persistence::entity::order::OrderStatus;

/// Counts the unpaid orders of a buyer.
pub(in crate::order) async fn open_orders(
    tx: &DatabaseTransaction,
    buyer: UserId,
) -> Result<u64, DbErr> {
    order::Entity::find()
        .filter(order::Column::UserId.eq(buyer))
        .filter(order::Column::Status.eq(OrderStatus::Unpaid))
        .count(tx)
        .await
}

/// Overdue orders by `pay_by`, starting after the key `after`.
pub(in crate::order) async fn overdue(
    db: &impl ConnectionTrait,
    now: Timestamp,
    after: (Timestamp, OrderId),
    limit: u64,
) -> Result<Vec<(Timestamp, OrderId)>, DbErr> {
    let (at, id) = after;
    let behind = order::Column::PayBy
        .gt(at)
        .or(order::Column::PayBy.eq(at).and(order::Column::Id.gt(id)));
    order::Entity::find()
        .select_only()
        .columns([order::Column::PayBy, order::Column::Id])
        .filter(due(now))
        .filter(order::Column::PayBy.gte(at))
        .filter(behind)
        .order_by_asc(order::Column::PayBy)
        .order_by_asc(order::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await
}

/// Locks those orders that are still overdue, and skips rows that another
/// transaction has locked.
pub(in crate::order) async fn lock_overdue(
    tx: &DatabaseTransaction,
    ids: &[OrderId],
    now: Timestamp,
) -> Result<Vec<OrderId>, DbErr> {
    order::Entity::find()
        .select_only()
        .column(order::Column::Id)
        .filter(order::Column::Id.is_in(ids.iter().copied()))
        .filter(due(now))
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_tuple()
        .all(tx)
        .await
}

/// Unpaid orders of a sale, oldest first.
pub(in crate::order) async fn unpaid_of(
    db: &impl ConnectionTrait,
    sale: SaleId,
    limit: u64,
) -> Result<Vec<OrderId>, DbErr> {
    order::Entity::find()
        .select_only()
        .column(order::Column::Id)
        .filter(order::Column::SeckillId.eq(sale))
        .filter(order::Column::Status.eq(OrderStatus::Unpaid))
        .order_by_asc(order::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await
}

/// Locks those orders that are still unpaid, in the order of their ids.
pub(in crate::order) async fn lock_unpaid(
    tx: &DatabaseTransaction,
    ids: &[OrderId],
) -> Result<Vec<OrderId>, DbErr> {
    order::Entity::find()
        .select_only()
        .column(order::Column::Id)
        .filter(order::Column::Id.is_in(ids.iter().copied()))
        .filter(order::Column::Status.eq(OrderStatus::Unpaid))
        .order_by_asc(order::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(tx)
        .await
}

fn due(now: Timestamp) -> SimpleExpr {
    order::Column::Status
        .eq(OrderStatus::Unpaid)
        .and(order::Column::PayBy.lte(now))
}
