//! Queries on the tickets of a sale.

use futures::{Stream, TryStreamExt};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr,
    EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, Statement,
};
use stampede_kernel::{OrderId, SaleId, UserId};
use stampede_persistence::entity::ticket::{self, TicketReason, TicketState};
use stampede_persistence::{in_shapes, insert_or_ignore, padded};
use uuid::Uuid;

use crate::gate::TicketId;

/// Builds the statements that insert the tickets whose ids are new; they change as many
/// rows.
pub(crate) fn ticket_inserts(backend: DatabaseBackend, rows: Vec<ticket::Model>) -> Vec<Statement> {
    let statement = |chunk: Vec<ticket::Model>| {
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
        insert_or_ignore(backend, &insert)
    };
    in_shapes(rows).map(statement).collect()
}

/// Reads a ticket.
pub(crate) async fn ticket(
    db: &impl ConnectionTrait,
    id: TicketId,
) -> Result<Option<ticket::Model>, DbErr> {
    ticket::Entity::find_by_id(Uuid::from(id)).one(db).await
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
