//! What a change of an order leaves for the mailer and the webhooks: one job
//! for each, in the transaction of the change.

use sea_orm::{DatabaseTransaction, DbErr};
use serde::{Deserialize, Serialize};
use stampede_kernel::{Language, Money, OrderId, Timestamp, UserId};
use stampede_persistence::entity::order::{CancelReason, OrderStatus};
use stampede_persistence::job::{self, Payload};

use super::Order;
use super::store::OrderRecord;

/// A mail to the buyer about their order, with all that its template says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderMail {
    /// The order.
    pub order_id: OrderId,
    /// The buyer; the worker looks the address up when it writes.
    pub user_id: UserId,
    /// `placed`, `paid`, `cancelled`, `shipped` or `refunded`.
    pub event: String,
    /// In which language.
    pub language: Language,
    /// What the buyer pays.
    pub total: Money,
    /// What was bought.
    pub lines: Vec<MailLine>,
    /// Why it was cancelled (`buyer`, `unpaid`, `admin`) or, in an admin's
    /// words, refunded.
    pub reason: Option<String>,
}

/// A line of such a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailLine {
    /// The product's name.
    pub name: String,
    /// How many.
    pub num: i64,
    /// What they cost.
    pub total: Money,
}

impl Payload for OrderMail {
    const KIND: &'static str = "mail.order";
}

/// A change of an order for whoever registered to hear of it; the worker makes
/// one delivery per webhook of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderEvent {
    /// `order.placed`, `order.paid`, `order.cancelled`, `order.shipped`,
    /// `order.completed` or `order.refunded`.
    pub event: String,
    /// The order after the change.
    pub order: Order,
    /// When.
    pub at: Timestamp,
}

impl Payload for OrderEvent {
    const KIND: &'static str = "webhook.event";
}

/// Pushes the jobs of orders that have just come to stand where they stand.
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

/// What has happened to an order that has just come to stand so.
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
