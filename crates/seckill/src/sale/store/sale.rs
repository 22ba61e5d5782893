//! Queries on sales, their stock, buyers and tickets.

use std::collections::HashMap;

use futures::{Stream, TryStreamExt};
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseBackend,
    DatabaseTransaction, DbErr, EntityTrait, ExprTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, Select, SelectTwo,
};
use stampede_kernel::{Language, OrderId, SaleId, SkuId, Timestamp, UserId};
use stampede_persistence::entity::sale::SaleState;
use stampede_persistence::entity::ticket::{TicketReason, TicketState};
use stampede_persistence::entity::{sale, sale_buyer, sale_stock, ticket, user};
use stampede_persistence::{in_shapes, insert_or_ignore, padded};
use uuid::Uuid;

use crate::gate::{Epoch, TicketId};
use crate::sale::NewSale;

/// The epoch of a new sale.
pub(crate) const FIRST: Epoch = Epoch(1);

/// A sale and its stock, read by one statement.
pub(crate) type Row = (sale::Model, sale_stock::Model);

fn with_stock() -> SelectTwo<sale::Entity, sale_stock::Entity> {
    let stock: RelationDef = sale::Entity::belongs_to(sale_stock::Entity)
        .from(sale::Column::Id)
        .to(sale_stock::Column::SaleId)
        .into();
    sale::Entity::find()
        .join(JoinType::InnerJoin, stock)
        .select_also(sale_stock::Entity)
}

fn whole(rows: Vec<(sale::Model, Option<sale_stock::Model>)>) -> Vec<Row> {
    let whole = |(sale, stock): (_, Option<_>)| stock.map(|stock| (sale, stock));
    rows.into_iter().filter_map(whole).collect()
}

/// Reads a sale.
pub(crate) async fn sale(db: &impl ConnectionTrait, id: SaleId) -> Result<Option<Row>, DbErr> {
    let rows = with_stock().filter(sale::Column::Id.eq(id)).all(db).await?;
    Ok(whole(rows).pop())
}

/// Sales that are not closed and start before `horizon`.
pub(crate) async fn running(
    db: &impl ConnectionTrait,
    horizon: Timestamp,
) -> Result<Vec<SaleId>, DbErr> {
    let rows = with_stock()
        .filter(sale_stock::Column::ClosedAt.is_null())
        .filter(sale::Column::StartsAt.lte(horizon))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(sale, _)| sale.id).collect())
}

/// Whether one of `skus` is in a sale that has not ended at `now`.
pub(in crate::sale) async fn any_of(
    db: &impl ConnectionTrait,
    skus: &[SkuId],
    now: Timestamp,
) -> Result<bool, DbErr> {
    let sales = with_stock()
        .filter(sale::Column::SkuId.is_in(skus.iter().copied()))
        .filter(sale::Column::State.ne(SaleState::Cancelled))
        .filter(sale::Column::EndsAt.gt(now))
        .filter(sale_stock::Column::ClosedAt.is_null())
        .count(db)
        .await?;
    Ok(sales > 0)
}

/// Lists public sales: open ones by their start, then the most recently closed
/// ones.
pub(in crate::sale) async fn list(db: &impl ConnectionTrait, past: u64) -> Result<Vec<Row>, DbErr> {
    let shown = || with_stock().filter(sale::Column::Rehearsal.eq(false));
    let coming = shown()
        .filter(sale_stock::Column::ClosedAt.is_null())
        .order_by_asc(sale::Column::StartsAt)
        .order_by_asc(sale::Column::Id)
        .all(db)
        .await?;
    let over = shown()
        .filter(sale_stock::Column::ClosedAt.is_not_null())
        .order_by_desc(sale_stock::Column::ClosedAt)
        .limit(past)
        .all(db)
        .await?;
    Ok(whole(coming.into_iter().chain(over).collect()))
}

/// At most `limit` sales with ids below `below`, newest first.
pub(in crate::sale) async fn page(
    db: &impl ConnectionTrait,
    below: Option<SaleId>,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    let mut sales = with_stock().filter(sale::Column::Rehearsal.eq(false));
    if let Some(below) = below {
        sales = sales.filter(sale::Column::Id.lt(below));
    }
    let sales = sales.order_by_desc(sale::Column::Id).limit(limit);
    Ok(whole(sales.all(db).await?))
}

/// At most `limit` sales whose window overlaps the time between `since` and `now`, last
/// start first.
pub(in crate::sale) async fn overlapping(
    db: &impl ConnectionTrait,
    since: Timestamp,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<Row>, DbErr> {
    let sales = with_stock()
        .filter(sale::Column::Rehearsal.eq(false))
        .filter(sale::Column::StartsAt.lte(now))
        .filter(sale::Column::EndsAt.gte(since))
        .order_by_desc(sale::Column::StartsAt)
        .order_by_desc(sale::Column::Id)
        .limit(limit);
    Ok(whole(sales.all(db).await?))
}

/// Inserts a sale. The caller takes its units from the SKU's stock.
pub(in crate::sale) async fn insert(
    tx: &DatabaseTransaction,
    new: &NewSale,
    now: Timestamp,
) -> Result<SaleId, DbErr> {
    let row = sale::ActiveModel {
        sku_id: Set(new.sku),
        title: Set(new.title.clone()),
        price: Set(new.price),
        per_user_limit: Set(new.per_user_limit),
        starts_at: Set(new.starts_at),
        ends_at: Set(new.ends_at),
        state: Set(SaleState::Open),
        config_version: Set(1),
        rehearsal: Set(new.rehearsal),
        created_at: Set(now),
        ..Default::default()
    };
    let id = sale::Entity::insert(row).exec(tx).await?.last_insert_id;
    let stock = sale_stock::ActiveModel {
        sale_id: Set(id),
        total: Set(new.total),
        taken: Set(0),
        epoch: Set(FIRST.0),
        closed_at: Set(None),
    };
    sale_stock::Entity::insert(stock)
        .exec_without_returning(tx)
        .await?;
    Ok(id)
}

/// Updates the editable columns of a sale.
pub(in crate::sale) async fn update(
    tx: &DatabaseTransaction,
    row: &sale::Model,
) -> Result<(), DbErr> {
    sale::Entity::update_many()
        .col_expr(sale::Column::Title, Expr::value(row.title.as_str()))
        .col_expr(sale::Column::Price, Expr::value(row.price))
        .col_expr(sale::Column::PerUserLimit, Expr::value(row.per_user_limit))
        .col_expr(sale::Column::StartsAt, Expr::value(row.starts_at))
        .col_expr(sale::Column::EndsAt, Expr::value(row.ends_at))
        .col_expr(sale::Column::State, Expr::value(row.state))
        .col_expr(sale::Column::ConfigVersion, Expr::value(row.config_version))
        .filter(sale::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(())
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

/// Reads the stock of a sale.
pub(crate) async fn stock(
    db: &impl ConnectionTrait,
    sale: SaleId,
) -> Result<Option<sale_stock::Model>, DbErr> {
    sale_stock::Entity::find_by_id(sale).one(db).await
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

/// Inserts tickets whose ids are new, and returns how many were.
pub(crate) async fn insert_tickets(
    tx: &DatabaseTransaction,
    rows: Vec<ticket::Model>,
) -> Result<u64, DbErr> {
    let mut new = 0;
    for chunk in in_shapes(rows) {
        let mut insert = Query::insert();
        insert.into_table(ticket::Entity).columns([
            ticket::Column::Id,
            ticket::Column::SaleId,
            ticket::Column::UserId,
            ticket::Column::Units,
            ticket::Column::AddressId,
            ticket::Column::ConfigVersion,
            ticket::Column::Fingerprint,
            ticket::Column::Epoch,
            ticket::Column::State,
            ticket::Column::Reason,
            ticket::Column::OrderId,
            ticket::Column::CreatedAt,
        ]);
        for row in chunk {
            insert.values_panic([
                row.id.into(),
                row.sale_id.into(),
                row.user_id.into(),
                row.units.into(),
                row.address_id.into(),
                row.config_version.into(),
                row.fingerprint.into(),
                row.epoch.into(),
                Expr::value(row.state),
                Expr::value(row.reason),
                Expr::value(row.order_id),
                row.created_at.into(),
            ]);
        }
        let statement = insert_or_ignore(tx.get_database_backend(), &insert);
        new += tx.execute_raw(statement).await?.rows_affected();
    }
    Ok(new)
}

/// Reads the existing tickets with these ids.
pub(crate) async fn tickets(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<Vec<ticket::Model>, DbErr> {
    ticket::Entity::find()
        .filter(ticket::Column::Id.is_in(padded(ids)))
        .all(db)
        .await
}

/// Reads a ticket.
pub(crate) async fn ticket(
    db: &impl ConnectionTrait,
    id: TicketId,
) -> Result<Option<ticket::Model>, DbErr> {
    ticket::Entity::find_by_id(Uuid::from(id)).one(db).await
}

/// Streams all tickets of a sale, also ended ones, whose keys must not be used
/// again.
pub(crate) async fn each_ticket(
    tx: &DatabaseTransaction,
    sale: SaleId,
) -> Result<impl Stream<Item = Result<ticket::Model, DbErr>> + '_, DbErr> {
    of_sale(sale).stream(tx).await
}

/// Reads all tickets of a sale.
pub(crate) async fn all_tickets(
    tx: &DatabaseTransaction,
    sale: SaleId,
) -> Result<Vec<ticket::Model>, DbErr> {
    each_ticket(tx, sale).await?.try_collect().await
}

fn of_sale(sale: SaleId) -> Select<ticket::Entity> {
    ticket::Entity::find().filter(ticket::Column::SaleId.eq(sale))
}

/// Whether a user has a ticket of the sale.
pub(crate) async fn holds(
    db: &impl ConnectionTrait,
    sale: SaleId,
    user: UserId,
) -> Result<bool, DbErr> {
    let id: Option<Uuid> = of_sale(sale)
        .select_only()
        .column(ticket::Column::Id)
        .filter(ticket::Column::UserId.eq(user))
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(id.is_some())
}

/// Counts the tickets of a user that were refused because of a missing address.
pub(crate) async fn address_refusals(
    db: &impl ConnectionTrait,
    sale: SaleId,
    user: UserId,
) -> Result<u64, DbErr> {
    let reasons = [TicketReason::AddressNotFound, TicketReason::AddressRequired];
    of_sale(sale)
        .filter(ticket::Column::UserId.eq(user))
        .filter(ticket::Column::Reason.is_in(reasons))
        .count(db)
        .await
}

/// The language in which each of these users signed in last.
pub(crate) async fn user_languages(
    db: &impl ConnectionTrait,
    users: Vec<UserId>,
) -> Result<HashMap<UserId, Language>, DbErr> {
    let rows: Vec<(UserId, String)> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .column(user::Column::Language)
        .filter(user::Column::Id.is_in(users))
        .into_tuple()
        .all(db)
        .await?;
    let known = |(id, tag): (UserId, String)| Some((id, Language::parse(&tag).ok()?));
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Orders of a user that hold units of the sale, oldest first.
pub(crate) async fn orders_of(
    db: &impl ConnectionTrait,
    sale: SaleId,
    user: UserId,
) -> Result<Vec<OrderId>, DbErr> {
    let orders: Vec<Option<OrderId>> = of_sale(sale)
        .select_only()
        .column(ticket::Column::OrderId)
        .filter(ticket::Column::UserId.eq(user))
        .filter(ticket::Column::State.eq(TicketState::Ordered))
        .order_by_asc(ticket::Column::OrderId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(orders.into_iter().flatten().collect())
}

/// Adds to the units of buyers, in the order of user ids, so that two batches
/// cannot deadlock.
pub(crate) async fn add_units(
    tx: &DatabaseTransaction,
    sale: SaleId,
    units: &[(UserId, i64)],
) -> Result<(), DbErr> {
    move_units(tx, sale, units, '+').await
}

/// Subtracts from the units of buyers, in the same order as [`add_units`], so that
/// a batch that sells and one that releases cannot deadlock. Each buyer has a row,
/// since a ticket of the buyer held units.
pub(in crate::sale) async fn take_units(
    tx: &DatabaseTransaction,
    sale: SaleId,
    units: &[(UserId, i64)],
) -> Result<(), DbErr> {
    move_units(tx, sale, units, '-').await
}

/// An upsert locks its rows in the given order on each database; an `UPDATE … WHERE
/// user_id IN (…)` locks them in the order of its plan.
async fn move_units(
    tx: &DatabaseTransaction,
    sale: SaleId,
    units: &[(UserId, i64)],
    sign: char,
) -> Result<(), DbErr> {
    let moved = match tx.get_database_backend() {
        DatabaseBackend::MySql => format!("`sale_buyer`.`units` {sign} VALUES(`units`)"),
        _ => format!(r#""sale_buyer"."units" {sign} excluded."units""#),
    };
    for chunk in in_shapes(units.to_vec()) {
        let rows = chunk
            .into_iter()
            .map(|(user, units)| sale_buyer::ActiveModel {
                sale_id: Set(sale),
                user_id: Set(user),
                units: Set(units),
            });
        let mut existing =
            OnConflict::columns([sale_buyer::Column::SaleId, sale_buyer::Column::UserId]);
        existing.value(sale_buyer::Column::Units, Expr::cust(moved.clone()));
        sale_buyer::Entity::insert_many(rows)
            .on_conflict(existing)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Counts the users that have more than `limit` units.
pub(crate) async fn over_limit(
    tx: &DatabaseTransaction,
    sale: SaleId,
    users: Vec<UserId>,
    limit: i64,
) -> Result<u64, DbErr> {
    sale_buyer::Entity::find()
        .filter(sale_buyer::Column::SaleId.eq(sale))
        .filter(sale_buyer::Column::UserId.is_in(padded(users)))
        .filter(sale_buyer::Column::Units.gt(limit))
        .count(tx)
        .await
}

/// All buyers who have or had units, with their current units.
pub(crate) async fn buyers(
    tx: &DatabaseTransaction,
    sale: SaleId,
) -> Result<Vec<(UserId, i64)>, DbErr> {
    sale_buyer::Entity::find()
        .select_only()
        .columns([sale_buyer::Column::UserId, sale_buyer::Column::Units])
        .filter(sale_buyer::Column::SaleId.eq(sale))
        .into_tuple()
        .all(tx)
        .await
}

/// Releases those tickets of the orders that still hold units, and returns them.
pub(in crate::sale) async fn release(
    tx: &DatabaseTransaction,
    sale: SaleId,
    orders: &[OrderId],
    why: TicketReason,
) -> Result<Vec<ticket::Model>, DbErr> {
    let meant = || {
        Condition::all()
            .add(ticket::Column::SaleId.eq(sale))
            .add(ticket::Column::OrderId.is_in(padded(orders.to_vec())))
            .add(ticket::Column::State.eq(TicketState::Ordered))
    };
    // The orders' rows are locked: no other transaction releases these tickets.
    let held = ticket::Entity::find().filter(meant()).all(tx).await?;
    ticket::Entity::update_many()
        .col_expr(ticket::Column::State, Expr::value(TicketState::Released))
        .col_expr(ticket::Column::Reason, Expr::value(why))
        .filter(meant())
        .exec(tx)
        .await?;
    Ok(held)
}

/// The largest number of units that a buyer has.
pub(in crate::sale) async fn most_units(
    tx: &DatabaseTransaction,
    sale: SaleId,
) -> Result<i64, DbErr> {
    let most = sale_buyer::Entity::find()
        .filter(sale_buyer::Column::SaleId.eq(sale))
        .order_by_desc(sale_buyer::Column::Units)
        .one(tx)
        .await?;
    Ok(most.map_or(0, |row| row.units))
}

/// Sums units by user, in the order of user ids.
pub(crate) fn by_user(units: impl IntoIterator<Item = (UserId, i64)>) -> Vec<(UserId, i64)> {
    let mut sums = std::collections::BTreeMap::new();
    for (user, units) in units {
        *sums.entry(user).or_insert(0) += units;
    }
    sums.into_iter().collect()
}
