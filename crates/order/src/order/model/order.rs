//! An order, its lines and its history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stampede_kernel::{
    Money, MoneyOutOfRange, OrderId, ProductId, SaleId, SkuId, Timestamp, UserId,
};
use stampede_media::Image;
use stampede_persistence::entity::order::{CancelReason, OrderStatus};
use stampede_persistence::entity::order_history::Actor;
use stampede_user::AddressSnapshot;

/// A line of an order, with name and price as they were when the order was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The SKU.
    pub sku_id: SkuId,
    /// The SKU's product.
    pub product_id: ProductId,
    /// The product's name at that time, in the buyer's language if translated,
    /// else in the shop's.
    pub name: String,
    /// The SKU's options at that time.
    pub options: BTreeMap<String, String>,
    /// The product's cover at that time.
    pub image: Option<Image>,
    /// The price of one unit.
    pub unit_price: Money,
    /// Units.
    pub num: i64,
    /// `unit_price` × `num`.
    pub total: Money,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The order's id.
    pub id: OrderId,
    /// The buyer.
    pub buyer: UserId,
    /// The order's status.
    pub status: OrderStatus,
    /// The lines, at least one.
    pub lines: Vec<Line>,
    /// What the buyer pays.
    pub total: Money,
    /// The delivery address as it was when the order was placed.
    pub address: Option<AddressSnapshot>,
    /// The sale that the units come from, if any.
    pub sale: Option<SaleId>,
    /// The tracking number of the shipment.
    pub tracking: Option<String>,
    /// The time at which the order was placed.
    pub created_at: Timestamp,
    /// The time to pay by; an unpaid order is cancelled then.
    pub pay_by: Option<Timestamp>,
    /// The time at which the order was paid.
    pub paid_at: Option<Timestamp>,
    /// The time at which the order was shipped.
    pub shipped_at: Option<Timestamp>,
    /// The time at which the buyer confirmed receipt.
    pub completed_at: Option<Timestamp>,
    /// The time at which the order was cancelled.
    pub cancelled_at: Option<Timestamp>,
    /// The reason of the cancellation.
    pub cancel_reason: Option<CancelReason>,
}

/// One entry of an order's status history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The status before; `None` for the placing.
    pub from: Option<OrderStatus>,
    /// The status after.
    pub to: OrderStatus,
    /// The time of the change.
    pub at: Timestamp,
    /// The actor of the change.
    pub actor: Actor,
    /// The text that the actor gave as reason.
    pub reason: Option<String>,
}

/// An order with its history, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderDetail {
    /// The order.
    pub order: Order,
    /// The status history, oldest first.
    pub history: Vec<History>,
}

/// Sums the totals of the lines.
pub(crate) fn total(lines: &[Line]) -> Result<Money, MoneyOutOfRange> {
    lines
        .iter()
        .try_fold(Money::ZERO, |sum, line| sum.plus(line.total))
}
