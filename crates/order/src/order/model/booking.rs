//! Orders of a sale: their booking, and the release of their units.

use std::collections::BTreeMap;

use stampede_kernel::{
    DeliveryMethodId, Language, Money, OrderId, ProductId, SaleId, SkuId, TaxRate, UserId,
};
use stampede_media::Image;
use stampede_persistence::entity::order::CancelReason;
use stampede_user::AddressSnapshot;

/// The line of an order of a sale, at the sale's price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedLine {
    /// The SKU.
    pub sku: SkuId,
    /// The SKU's product.
    pub product: ProductId,
    /// The product's name.
    pub name: String,
    /// The SKU's options.
    pub options: BTreeMap<String, String>,
    /// The cover.
    pub image: Option<Image>,
    /// The price of one unit in the sale.
    pub unit_price: Money,
    /// Units.
    pub num: i64,
    /// The SKU's tax rate; `None` for the shop's.
    pub tax_rate: Option<TaxRate>,
}

/// An order to be inserted for a sale. Its units come from the sale, not from the
/// SKU's stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The order's id, made by the sale.
    pub id: OrderId,
    /// The buyer.
    pub buyer: UserId,
    /// The sale.
    pub sale: SaleId,
    /// The order's line.
    pub line: BookedLine,
    /// The delivery address.
    pub address: AddressSnapshot,
    /// The delivery method that was asked for.
    pub delivery: Option<DeliveryMethodId>,
    /// The language of the mails about the order.
    pub language: Language,
}

/// The reason for which the units of a sale's order are released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseReason {
    /// The order was cancelled.
    Cancelled(CancelReason),
    /// The order was refunded with its units.
    Refunded,
}
