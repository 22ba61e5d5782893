//! Inserting a slice of orders.

use sea_orm::ActiveValue::Set;
use stampede_catalog::bulk::journal;
use stampede_kernel::{OrderId, Timestamp};
use stampede_payment::bulk::pay;
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::entity::{order, order_history, order_line};
use stampede_persistence::{Database, insert_all};

use super::BulkError;
use super::draft::Draft;
use crate::order::OrderStatus;
use crate::order::store::{Initiator, line_row};

/// Inserts, in one transaction, the orders with lines and history, their stock
/// movements and payments, and one entry of the audit log.
pub(super) async fn write(db: &Database, drafts: &[Draft], at: Timestamp) -> Result<(), BulkError> {
    let Some(first) = drafts.first() else {
        return Ok(());
    };
    let tx = db.begin_write().await?;
    let orders = drafts.iter().map(|draft| draft.row.clone()).collect();
    insert_all::<order::Entity, _>(&tx, orders).await?;
    insert_all::<order_line::Entity, _>(&tx, lines(drafts)?).await?;
    let history = drafts.iter().flat_map(history).collect();
    insert_all::<order_history::Entity, _>(&tx, history).await?;
    let sold: Vec<_> = drafts.iter().flat_map(Draft::sold).collect();
    journal(&tx, &sold, first.placed).await?;
    let paid: Vec<_> = drafts.iter().filter_map(Draft::paid).collect();
    pay(&tx, &paid, first.placed).await?;
    let act = AuditEntry {
        actor: None,
        action: "order.seed",
        target: format!("order:{}", first.id),
        detail: format!(r#"{{"count":{}}}"#, drafts.len()),
    };
    audit_log::write(&tx, act, at).await?;
    Ok(tx.commit().await?)
}

fn lines(drafts: &[Draft]) -> Result<Vec<order_line::ActiveModel>, BulkError> {
    let mut rows = Vec::new();
    for draft in drafts {
        for (place, line) in (0..).zip(&draft.lines) {
            rows.push(line_row(draft.id, place, line)?);
        }
    }
    Ok(rows)
}

fn history(draft: &Draft) -> impl Iterator<Item = order_history::ActiveModel> {
    let placed = history_row(
        draft.id,
        (None, OrderStatus::Unpaid),
        Initiator::Buyer(draft.buyer),
        draft.placed,
    );
    let steps = draft.steps.iter().map(|(step, by, at)| {
        let (from, to) = step.ends();
        history_row(draft.id, (Some(from), to), *by, *at)
    });
    std::iter::once(placed).chain(steps)
}

fn history_row(
    order: OrderId,
    (from, to): (Option<OrderStatus>, OrderStatus),
    by: Initiator,
    at: Timestamp,
) -> order_history::ActiveModel {
    let (actor, actor_id) = by.columns();
    order_history::ActiveModel {
        order_id: Set(order),
        from_status: Set(from),
        to_status: Set(to),
        actor: Set(actor),
        actor_id: Set(actor_id),
        reason: Set(None),
        at: Set(at),
        ..Default::default()
    }
}
