//! Queries on orders, their lines and their history.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, LockBehavior, LockType, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use stampede_kernel::{Language, OrderId, Page, SaleId, Timestamp, UserId};
use stampede_persistence::entity::order::OrderStatus;
use stampede_persistence::entity::order_history::Actor;
use stampede_persistence::entity::{order, order_history, order_line};
use stampede_persistence::insert_all;
use stampede_user::AddressSnapshot;

use crate::order::model::Step;
use crate::order::{History, Line, Order, OrderError, OrderFilter};

/// An order with its columns that are not part of the API.
#[derive(Debug, Clone)]
pub(in crate::order) struct OrderRecord {
    pub(in crate::order) order: Order,
    pub(in crate::order) language: Language,
}

/// The initiator of a change.
#[derive(Debug, Clone, Copy)]
pub(in crate::order) enum Initiator {
    Buyer(UserId),
    Admin(UserId),
    Shop,
}

impl Initiator {
    pub(in crate::order) fn columns(self) -> (Actor, Option<UserId>) {
        match self {
            Self::Buyer(user) => (Actor::Buyer, Some(user)),
            Self::Admin(user) => (Actor::Admin, Some(user)),
            Self::Shop => (Actor::System, None),
        }
    }
}

/// A transition of an order's status, with the columns that are written with it.
#[derive(Debug, Clone, Copy)]
pub(in crate::order) struct Transition<'a> {
    pub(in crate::order) step: Step,
    pub(in crate::order) by: Initiator,
    pub(in crate::order) at: Timestamp,
    /// The reason, as the initiator wrote it.
    pub(in crate::order) reason: Option<&'a str>,
    /// The tracking number of a shipment.
    pub(in crate::order) tracking: Option<&'a str>,
    /// Whether a refund returns the units.
    pub(in crate::order) restock: bool,
}

impl Transition<'_> {
    pub(in crate::order) fn plain(step: Step, by: Initiator, at: Timestamp) -> Self {
        Self {
            step,
            by,
            at,
            reason: None,
            tracking: None,
            restock: false,
        }
    }
}

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

/// Inserts unpaid orders with their lines and the first row of their history.
pub(in crate::order) async fn insert(
    tx: &DatabaseTransaction,
    records: &[OrderRecord],
    by: impl Fn(&Order) -> Initiator,
) -> Result<(), DbErr> {
    let orders = records.iter().map(order_row).collect();
    insert_all::<order::Entity, _>(tx, orders).await?;
    let mut lines = Vec::new();
    for OrderRecord { order, .. } in records {
        for (place, line) in (0..).zip(&order.lines) {
            lines.push(line_row(order.id, place, line)?);
        }
    }
    insert_all::<order_line::Entity, _>(tx, lines).await?;
    let history = records.iter().map(|OrderRecord { order, .. }| {
        let (actor, actor_id) = by(order).columns();
        order_history::ActiveModel {
            order_id: Set(order.id),
            from_status: Set(None),
            to_status: Set(order.status),
            actor: Set(actor),
            actor_id: Set(actor_id),
            reason: Set(None),
            at: Set(order.created_at),
            ..Default::default()
        }
    });
    insert_all::<order_history::Entity, _>(tx, history.collect()).await
}

fn order_row(OrderRecord { order, language }: &OrderRecord) -> order::ActiveModel {
    let address = order.address.as_ref();
    order::ActiveModel {
        id: Set(order.id),
        user_id: Set(order.buyer),
        status: Set(order.status),
        total: Set(order.total),
        address_name: Set(address.map(|address| address.name.clone())),
        address_phone: Set(address.map(|address| address.phone.clone())),
        address_text: Set(address.map(|address| address.address.clone())),
        seckill_id: Set(order.sale),
        language: Set(language.to_string()),
        created_at: Set(order.created_at),
        pay_by: Set(order.pay_by),
        restocked: Set(false),
        ..Default::default()
    }
}

pub(in crate::order) fn line_row(
    order: OrderId,
    place: i32,
    line: &Line,
) -> Result<order_line::ActiveModel, DbErr> {
    Ok(order_line::ActiveModel {
        order_id: Set(order),
        place: Set(place),
        sku_id: Set(line.sku_id),
        product_id: Set(line.product_id),
        name: Set(line.name.clone()),
        options: Set(serde_json::to_string(&line.options).map_err(json)?),
        image: Set(match &line.image {
            Some(image) => Some(serde_json::to_string(image).map_err(json)?),
            None => None,
        }),
        unit_price: Set(line.unit_price),
        num: Set(line.num),
        total: Set(line.total),
    })
}

/// Changes the status of those orders that have the start status of the step, and
/// returns their number. The conditional UPDATE is check and lock in one statement.
/// A buyer changes only own orders, and an order cannot be paid after `pay_by`.
pub(in crate::order) async fn transition(
    tx: &DatabaseTransaction,
    ids: &[OrderId],
    change: &Transition<'_>,
) -> Result<u64, DbErr> {
    let (from, to) = change.step.ends();
    let mut update = order::Entity::update_many()
        .col_expr(order::Column::Status, Expr::value(to))
        .col_expr(stamp(change.step), Expr::value(change.at))
        .filter(order::Column::Id.is_in(ids.iter().copied()))
        .filter(order::Column::Status.eq(from));
    if let Initiator::Buyer(buyer) = change.by {
        update = update.filter(order::Column::UserId.eq(buyer));
    }
    update = match change.step {
        Step::Pay => update.filter(order::Column::PayBy.gt(change.at)),
        Step::Cancel(reason) => update.col_expr(order::Column::CancelReason, Expr::value(reason)),
        Step::Ship => update.col_expr(order::Column::Tracking, Expr::value(change.tracking)),
        Step::Refund => update.col_expr(order::Column::Restocked, Expr::value(change.restock)),
        Step::Receive => update,
    };
    Ok(update.exec(tx).await?.rows_affected)
}

/// The timestamp column of a step.
fn stamp(step: Step) -> order::Column {
    match step {
        Step::Pay => order::Column::PaidAt,
        Step::Cancel(_) => order::Column::CancelledAt,
        Step::Ship => order::Column::ShippedAt,
        Step::Receive => order::Column::CompletedAt,
        Step::Refund => order::Column::RefundedAt,
    }
}

/// Inserts one history row per changed order.
pub(in crate::order) async fn record_history(
    tx: &DatabaseTransaction,
    ids: &[OrderId],
    change: &Transition<'_>,
) -> Result<(), DbErr> {
    let (from, to) = change.step.ends();
    let (actor, actor_id) = change.by.columns();
    let rows = ids.iter().map(|id| order_history::ActiveModel {
        order_id: Set(*id),
        from_status: Set(Some(from)),
        to_status: Set(to),
        actor: Set(actor),
        actor_id: Set(actor_id),
        reason: Set(change.reason.map(str::to_owned)),
        at: Set(change.at),
        ..Default::default()
    });
    insert_all::<order_history::Entity, _>(tx, rows.collect()).await
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

/// Reads the row of an order; only if it is the buyer's, when one is given.
pub(in crate::order) async fn row(
    db: &impl ConnectionTrait,
    id: OrderId,
    buyer: Option<UserId>,
) -> Result<Option<order::Model>, DbErr> {
    let mut find = order::Entity::find_by_id(id);
    if let Some(buyer) = buyer {
        find = find.filter(order::Column::UserId.eq(buyer));
    }
    find.one(db).await
}

/// Loads the orders with these ids, in any order.
pub(in crate::order) async fn load_ids(
    db: &impl ConnectionTrait,
    ids: &[OrderId],
) -> Result<Vec<OrderRecord>, DbErr> {
    let rows = order::Entity::find()
        .filter(order::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    load(db, rows).await
}

/// Loads the lines of the rows, and keeps their order.
pub(in crate::order) async fn load(
    db: &impl ConnectionTrait,
    rows: Vec<order::Model>,
) -> Result<Vec<OrderRecord>, DbErr> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut lines = lines(db, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let lines = lines.remove(&row.id).unwrap_or_default();
            record_of(row, lines)
        })
        .collect()
}

async fn lines(
    db: &impl ConnectionTrait,
    ids: &[OrderId],
) -> Result<HashMap<OrderId, Vec<Line>>, DbErr> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let rows = order_line::Entity::find()
        .filter(order_line::Column::OrderId.is_in(ids.iter().copied()))
        .order_by_asc(order_line::Column::OrderId)
        .order_by_asc(order_line::Column::Place)
        .all(db)
        .await?;
    for row in rows {
        found.entry(row.order_id).or_default().push(line(row)?);
    }
    Ok(found)
}

fn line(row: order_line::Model) -> Result<Line, DbErr> {
    Ok(Line {
        sku_id: row.sku_id,
        product_id: row.product_id,
        name: row.name,
        options: serde_json::from_str(&row.options).map_err(json)?,
        image: match row.image {
            Some(image) => Some(serde_json::from_str(&image).map_err(json)?),
            None => None,
        },
        unit_price: row.unit_price,
        num: row.num,
        total: row.total,
    })
}

fn record_of(row: order::Model, lines: Vec<Line>) -> Result<OrderRecord, DbErr> {
    let address = match (row.address_name, row.address_phone, row.address_text) {
        (Some(name), Some(phone), Some(address)) => Some(AddressSnapshot {
            name,
            phone,
            address,
        }),
        _ => None,
    };
    let language =
        Language::parse(&row.language).map_err(|error| DbErr::Type(error.to_string()))?;
    let order = Order {
        id: row.id,
        buyer: row.user_id,
        status: row.status,
        lines,
        total: row.total,
        address,
        sale: row.seckill_id,
        tracking: row.tracking,
        created_at: row.created_at,
        pay_by: row.pay_by,
        paid_at: row.paid_at,
        shipped_at: row.shipped_at,
        completed_at: row.completed_at,
        cancelled_at: row.cancelled_at,
        cancel_reason: row.cancel_reason,
    };
    Ok(OrderRecord { order, language })
}

/// Reads the status history of an order, oldest first.
pub(in crate::order) async fn history(
    db: &impl ConnectionTrait,
    id: OrderId,
) -> Result<Vec<History>, DbErr> {
    let rows = order_history::Entity::find()
        .filter(order_history::Column::OrderId.eq(id))
        .order_by_asc(order_history::Column::Id)
        .all(db)
        .await?;
    let event = |row: order_history::Model| History {
        from: row.from_status,
        to: row.to_status,
        at: row.at,
        actor: row.actor,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(event).collect())
}

/// Reads a page of orders, newest first.
pub(in crate::order) async fn page(
    db: &impl ConnectionTrait,
    filter: &OrderFilter,
) -> Result<Page<Order>, OrderError> {
    let name = list_name(filter);
    let mut find = filtered(filter);
    if let Some(cursor) = &filter.cursor {
        find = find.filter(order::Column::Id.lt(cursor.place::<OrderId>(&name)?));
    }
    let rows = find
        .order_by_desc(order::Column::Id)
        .limit(filter.size.get() + 1)
        .all(db)
        .await?;
    let Page { items, next, total } = Page::cut(rows, filter.size, &name, |row| row.id);
    let items = load(db, items).await?;
    Ok(Page {
        items: items.into_iter().map(|record| record.order).collect(),
        next,
        total,
    })
}

fn filtered(filter: &OrderFilter) -> Select<order::Entity> {
    let mut find = order::Entity::find();
    if let Some(buyer) = filter.buyer {
        find = find.filter(order::Column::UserId.eq(buyer));
    }
    if let Some(status) = filter.status {
        find = find.filter(order::Column::Status.eq(status));
    }
    if let Some(sale) = filter.sale {
        find = find.filter(order::Column::SeckillId.eq(sale));
    }
    if let Some(prefix) = &filter.id {
        let ids = prefix.ids();
        find = find
            .filter(order::Column::Id.gte(*ids.start()))
            .filter(order::Column::Id.lte(*ids.end()));
    }
    find
}

fn list_name(filter: &OrderFilter) -> String {
    let OrderFilter {
        buyer,
        status,
        sale,
        id,
        ..
    } = filter;
    format!("orders:{buyer:?}:{status:?}:{sale:?}:{id:?}")
}

#[expect(clippy::needless_pass_by_value, reason = "fits map_err")]
fn json(error: serde_json::Error) -> DbErr {
    DbErr::Json(error.to_string())
}
