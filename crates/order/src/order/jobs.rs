//! The background jobs of a change of an order: one mail and one webhook event,
//! inserted in the transaction of the change. A sale inserts one job for the orders of
//! a batch, which [`OrderAnnouncer`](super::OrderAnnouncer) expands.

use sea_orm::DatabaseTransaction;
use stampede_kernel::{MoneyOutOfRange, Timestamp};
use stampede_persistence::entity::order::{CancelReason, OrderStatus};
use stampede_persistence::job::{self, MailLine, OrderEvent, OrderMail};

use super::store::OrderRecord;
use super::{Order, OrderError};

/// Inserts the jobs of orders whose status has just changed.
pub(super) async fn push(
    tx: &DatabaseTransaction,
    records: &[OrderRecord],
    reason: Option<&str>,
    now: Timestamp,
) -> Result<(), OrderError> {
    let mails: Vec<_> = records
        .iter()
        .filter(|record| record.order.status != OrderStatus::Completed)
        .map(|record| mail(record, reason))
        .collect::<Result<_, _>>()?;
    let events: Vec<_> = records
        .iter()
        .map(|record| event(&record.order, now))
        .collect();
    job::push_all(tx, &mails, now).await?;
    Ok(job::push_all(tx, &events, now).await?)
}

pub(super) fn mail(
    OrderRecord { order, language }: &OrderRecord,
    reason: Option<&str>,
) -> Result<OrderMail, OrderError> {
    // After discounts, so that the lines add up to the total.
    let lines = order.lines.iter().map(|line| {
        Ok(MailLine {
            name: line.name.clone(),
            num: line.num,
            total: line.charged()?,
        })
    });
    let why = order.cancel_reason.map(|reason| why(reason).to_owned());
    Ok(OrderMail {
        order_id: order.id,
        user_id: order.buyer,
        event: name(order.status).to_owned(),
        language: *language,
        total: order.total,
        lines: lines.collect::<Result<_, MoneyOutOfRange>>()?,
        reason: why.or_else(|| reason.map(str::to_owned)),
    })
}

pub(super) fn event(order: &Order, at: Timestamp) -> OrderEvent<Order> {
    OrderEvent {
        event: format!("order.{}", name(order.status)),
        order: order.clone(),
        at,
    }
}

/// The event name of an order that has just reached this status.
fn name(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Unpaid => "placed",
        OrderStatus::Paid => "paid",
        OrderStatus::Shipped => "shipped",
        OrderStatus::Completed => "completed",
        OrderStatus::Cancelled => "cancelled",
        OrderStatus::Refunded => "refunded",
    }
}

fn why(reason: CancelReason) -> &'static str {
    match reason {
        CancelReason::Buyer => "buyer",
        CancelReason::Unpaid => "unpaid",
        CancelReason::Admin => "admin",
    }
}
