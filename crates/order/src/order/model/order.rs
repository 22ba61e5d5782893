//! An order, its lines and its history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stampede_kernel::{
    Money, MoneyOutOfRange, OrderId, ProductId, PromotionId, SaleId, SkuId, TaxRate, Timestamp,
    UserId,
};
use stampede_media::Image;
use stampede_persistence::entity::order::{CancelReason, OrderStatus};
use stampede_persistence::entity::order_history::Actor;
use stampede_promotion::AppliedPromotion;
use stampede_user::AddressSnapshot;

use crate::delivery::OrderDelivery;
use crate::order::totals::{TaxedLine, Totals};

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
    /// What promotions take off it, at most `total`. A release without promotions stored
    /// none.
    #[serde(default)]
    pub discount: Money,
    /// The rate of the tax that its price includes, as of that time.
    #[serde(default)]
    pub tax_rate: TaxRate,
}

impl Line {
    /// What is left of the line's total after its discount.
    ///
    /// # Errors
    ///
    /// Never for a line of an order, whose discount is at most its total.
    pub fn charged(&self) -> Result<Money, MoneyOutOfRange> {
        self.total.minus(self.discount)
    }
}

impl From<&Line> for TaxedLine {
    fn from(line: &Line) -> Self {
        Self {
            total: line.total,
            discount: line.discount,
            rate: line.tax_rate,
        }
    }
}

/// A promotion that was applied to an order, as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPromotion {
    /// The promotion.
    pub id: PromotionId,
    /// Its name.
    pub name: String,
    /// Its code; `None` when it applied by itself.
    pub code: Option<String>,
    /// What it took off the lines; nothing when it paid the delivery.
    pub discount: Money,
}

impl From<&AppliedPromotion> for OrderPromotion {
    fn from(applied: &AppliedPromotion) -> Self {
        Self {
            id: applied.id,
            name: applied.name.clone(),
            code: applied.code.clone(),
            discount: applied.discount,
        }
    }
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
    /// What promotions take off the lines.
    #[serde(default)]
    pub discount: Money,
    /// What the buyer pays for delivery: its price, or nothing where a promotion pays it.
    #[serde(default)]
    pub shipping: Money,
    /// The part of `total` that is tax.
    #[serde(default)]
    pub tax: Money,
    /// The promotions that were applied, as they were then.
    #[serde(default)]
    pub promotions: Vec<OrderPromotion>,
    /// The delivery that was chosen, as it was then; `None` in a shop without methods.
    #[serde(default)]
    pub delivery: Option<OrderDelivery>,
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

impl Order {
    /// What the total is made of.
    pub fn totals(&self) -> Totals {
        let charged = self.total.minus(self.shipping);
        let items = charged.and_then(|charged| charged.plus(self.discount));
        Totals {
            // In range: they were summed when the order was placed.
            items: items.unwrap_or(Money::MAX),
            discount: self.discount,
            shipping: self.shipping,
            tax: self.tax,
            total: self.total,
        }
    }
}
