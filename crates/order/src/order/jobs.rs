//! The background jobs of a change of an order: one mail and one webhook event,
//! inserted in the transaction of the change.

use sea_orm::{DatabaseTransaction, DbErr};
use serde::{Deserialize, Serialize};
use stampede_kernel::{Language, Money, OrderId, Timestamp, UserId};
use stampede_persistence::entity::order::{CancelReason, OrderStatus};
use stampede_persistence::job::{self, Payload};

use super::Order;
use super::store::OrderRecord;

/// The job payload of a mail to the buyer about an order, with all data of its
/// template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderMail {
    /// The order.
    pub order_id: OrderId,
    /// The buyer; the worker reads the email address when it sends the mail.
    pub user_id: UserId,
    /// `placed`, `paid`, `cancelled`, `shipped` or `refunded`.
    pub event: String,
    /// The language of the mail.
    pub language: Language,
    /// The order's total.
    pub total: Money,
    /// The order's lines.
    pub lines: Vec<MailLine>,
    /// The reason of a cancellation (`buyer`, `unpaid`, `admin`), or the text
    /// that an admin gave for a refund.
    pub reason: Option<String>,
}

/// An order line in a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailLine {
    /// The product's name.
    pub name: String,
    /// Units.
    pub num: i64,
    /// The line's total.
    pub total: Money,
}

impl Payload for OrderMail {
    const KIND: &'static str = "mail.order";
}

/// The job payload of a webhook event about an order. The worker makes one delivery
/// per registered webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderEvent {
    /// `order.placed`, `order.paid`, `order.cancelled`, `order.shipped`,
    /// `order.completed` or `order.refunded`.
    pub event: String,
    /// The order after the change.
    pub order: Order,
    /// The time of the change.
    pub at: Timestamp,
}

impl Payload for OrderEvent {
    const KIND: &'static str = "webhook.event";
}

/// Inserts the jobs of orders whose status has just changed.
pub(super) async fn push(
    tx: &DatabaseTransaction,
    records: &[OrderRecord],
    reason: Option<&str>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let mails: Vec<_> = records
        .iter()
        .filter(|record| record.order.status != OrderStatus::Completed)
        .map(|record| mail(record, reason))
        .collect();
    let events: Vec<_> = records
        .iter()
        .map(|record| event(&record.order, now))
        .collect();
    job::push_all(tx, &mails, now).await?;
    job::push_all(tx, &events, now).await
}

fn mail(OrderRecord { order, language }: &OrderRecord, reason: Option<&str>) -> OrderMail {
    let lines = order.lines.iter().map(|line| MailLine {
        name: line.name.clone(),
        num: line.num,
        total: line.total,
    });
    let why = order.cancel_reason.map(|reason| why(reason).to_owned());
    OrderMail {
        order_id: order.id,
        user_id: order.buyer,
        event: name(order.status).to_owned(),
        language: *language,
        total: order.total,
        lines: lines.collect(),
        reason: why.or_else(|| reason.map(str::to_owned)),
    }
}

fn event(order: &Order, at: Timestamp) -> OrderEvent {
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
