//! Statistics of orders; those of rehearsals are left out.

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use stampede_kernel::{DaySpan, Money, ProductId, SaleId, Timestamp};
use stampede_persistence::entity::order::OrderStatus;
use stampede_persistence::entity::{order, order_line, sale};
use stampede_persistence::{ByDay, Database, by_day, integer_sum};
use uuid::Uuid;

/// The statuses of an order whose payment the shop keeps.
const EARNED: [OrderStatus; 3] = [
    OrderStatus::Paid,
    OrderStatus::Shipped,
    OrderStatus::Completed,
];

/// What was sold of a product.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct BestSeller {
    /// The product.
    pub product_id: ProductId,
    /// Units in paid orders.
    pub units: i64,
    /// Their price, in minor units.
    pub revenue: Money,
}

/// Counts orders by day, whatever their status is now.
///
/// # Errors
///
/// When the orders cannot be read.
pub async fn orders_by_day(db: &Database, span: DaySpan) -> Result<ByDay, DbErr> {
    let orders = placed_since(span.doubled().start()).filter(outside_rehearsals());
    let (time, count) = (order::Column::CreatedAt, order::Column::Id.count());
    by_day(db, orders, time, count, span).await
}

/// Counts the units that unpaid orders hold.
///
/// # Errors
///
/// When the orders cannot be read.
pub async fn units_held(db: &Database) -> Result<i64, DbErr> {
    let held: Option<i64> = with_lines(order::Entity::find())
        .filter(order::Column::Status.eq(OrderStatus::Unpaid))
        .filter(outside_rehearsals())
        .select_only()
        .column_as(integer_sum(db, order_line::Column::Num), "units")
        .into_tuple()
        .one(db.reader())
        .await?;
    Ok(held.unwrap_or(0))
}

/// Reads the products of which most units were sold in `span`, at most `limit`.
///
/// # Errors
///
/// When the orders cannot be read.
pub async fn best_sellers(
    db: &Database,
    span: DaySpan,
    limit: u64,
) -> Result<Vec<BestSeller>, DbErr> {
    with_lines(placed_since(span.start()))
        .filter(order::Column::Status.is_in(EARNED))
        .select_only()
        .column(order_line::Column::ProductId)
        .column_as(integer_sum(db, order_line::Column::Num), "units")
        .column_as(integer_sum(db, order_line::Column::Total), "revenue")
        .group_by(order_line::Column::ProductId)
        .order_by(Expr::col("units"), Order::Desc)
        .order_by_asc(order_line::Column::ProductId)
        .limit(limit)
        .into_model()
        .all(db.reader())
        .await
}

/// Counts the paid units of each of these sales; one without any is absent.
///
/// # Errors
///
/// When the orders cannot be read.
pub async fn paid_units(db: &Database, sales: &[SaleId]) -> Result<Vec<(SaleId, i64)>, DbErr> {
    with_lines(order::Entity::find())
        .filter(order::Column::SeckillId.is_in(sales.iter().copied()))
        .filter(order::Column::Status.is_in(EARNED))
        .select_only()
        .column(order::Column::SeckillId)
        .column_as(integer_sum(db, order_line::Column::Num), "units")
        .group_by(order::Column::SeckillId)
        .into_tuple()
        .all(db.reader())
        .await
}

/// Orders that were placed since `start`. Their ids begin with the time at which they were
/// made, so that no other order is read.
fn placed_since(start: Timestamp) -> Select<order::Entity> {
    order::Entity::find().filter(order::Column::Id.gte(first_id_of(start)))
}

fn with_lines(orders: Select<order::Entity>) -> Select<order::Entity> {
    let lines = order::Entity::belongs_to(order_line::Entity)
        .from(order::Column::Id)
        .to(order_line::Column::OrderId)
        .into();
    orders.join(JoinType::InnerJoin, lines)
}

/// Orders of everyday or of a real sale. Paid ones need no such filter: nobody pays for
/// what a rehearsal ordered.
fn outside_rehearsals() -> Condition {
    let rehearsals = Query::select()
        .column(sale::Column::Id)
        .from(sale::Entity)
        .and_where(sale::Column::Rehearsal.eq(true))
        .take();
    Condition::any()
        .add(order::Column::SeckillId.is_null())
        .add(order::Column::SeckillId.not_in_subquery(rehearsals))
}

/// The smallest `UUIDv7` of a moment.
fn first_id_of(moment: Timestamp) -> Uuid {
    let millis = u64::try_from(moment.0).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}
