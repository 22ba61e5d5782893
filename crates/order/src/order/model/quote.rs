//! Quotes: what an order would cost.

use stampede_kernel::{AddressId, DeliveryMethodId, Language, Money, ProductId, SkuId, UserId};
use stampede_promotion::RejectedCode;

use super::{OrderItems, OrderPromotion};
use crate::delivery::{DeliveryMethod, OrderDelivery};
use crate::order::Totals;

/// A request for a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewQuote {
    /// The buyer.
    pub buyer: UserId,
    /// The goods.
    pub items: OrderItems,
    /// The delivery address, one of the buyer's; without one, delivery is within the
    /// country of the shop.
    pub address: Option<AddressId>,
    /// The delivery method.
    pub delivery: Option<DeliveryMethodId>,
    /// The codes of promotions, at most 5.
    pub codes: Vec<String>,
    /// The language of the lines' names.
    pub language: Language,
}

/// What an order of these goods would cost now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The lines, in the order in which they were asked for.
    pub lines: Vec<QuoteLine>,
    /// The promotions that would be applied.
    pub promotions: Vec<OrderPromotion>,
    /// The codes that cannot be used.
    pub rejected: Vec<RejectedCode>,
    /// The delivery methods for the address, at their prices for these goods.
    pub methods: Vec<DeliveryMethod>,
    /// The delivery of an order with the same members; `None` when such an order is
    /// refused for it, or the shop has no methods.
    pub delivery: Option<OrderDelivery>,
    /// The totals of the lines that are available, and of that delivery.
    pub totals: Totals,
}

/// A line of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteLine {
    /// The SKU.
    pub sku_id: SkuId,
    /// Its product.
    pub product_id: ProductId,
    /// The product's name in the buyer's language.
    pub name: String,
    /// Units.
    pub num: i64,
    /// The present price of one unit.
    pub unit_price: Money,
    /// `unit_price` × `num`.
    pub total: Money,
    /// What promotions take off it; nothing when it is not available.
    pub discount: Money,
    /// Whether the product is on sale and as many units are left. Otherwise the line is not
    /// part of the totals, and an order of it is refused.
    pub available: bool,
}
