//! The payloads of jobs about orders. The crate of orders writes them, and the crate of
//! mails and webhooks reads them; neither knows the other.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use stampede_kernel::{Language, Money, OrderId, Timestamp, UserId};

use super::Payload;
use crate::entity::webhook;

/// The job payload of a mail to the buyer about an order, with all data of its
/// template. Unknown fields, those of a later release, are ignored.
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
/// per registered webhook. Unknown fields, those of a later release, are ignored.
///
/// `O` is the order: a type for the writer, and any JSON
/// ([`Value`](serde_json::Value)) for the reader, which hands the order on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderEvent<O> {
    /// `order.placed`, `order.paid`, `order.cancelled`, `order.shipped`,
    /// `order.completed` or `order.refunded`.
    pub event: String,
    /// The order after the change.
    pub order: O,
    /// The time of the change.
    pub at: Timestamp,
}

impl<O: Serialize + DeserializeOwned + Send> Payload for OrderEvent<O> {
    const KIND: &'static str = "webhook.event";
}

/// The job payload of orders that a sale has booked in one transaction: one row instead of
/// a mail and an event for each order. Its worker reads the orders and pushes an
/// [`OrderMail`] and an [`OrderEvent`] for those who hear of them (the transactional
/// outbox; <https://microservices.io/patterns/data/transactional-outbox.html>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookedOrders {
    /// The orders, all placed by one transaction.
    pub orders: Vec<OrderId>,
    /// The time at which they were placed.
    pub at: Timestamp,
}

impl Payload for BookedOrders {
    const KIND: &'static str = "order.booked";
}

/// Returns whether a webhook is enabled: without one, nobody hears an [`OrderEvent`].
///
/// # Errors
///
/// When the database fails.
pub async fn has_receivers(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let enabled = webhook::Entity::find()
        .filter(webhook::Column::DeletedAt.is_null())
        .filter(webhook::Column::DisabledAt.is_null());
    Ok(enabled.count(db).await? > 0)
}
