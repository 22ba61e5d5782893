//! Transitions of an order's status: the conditional update and its history row.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
};
use stampede_kernel::{OrderId, Timestamp, UserId};
use stampede_persistence::entity::order_history::Actor;
use stampede_persistence::entity::{order, order_history};
use stampede_persistence::insert_all;

use crate::order::model::Step;

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
