//! Orders as the rest of the shop sees them, and which changes of status are legal.

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_kernel::{
    AddressId, Cursor, Language, Money, OrderId, PageSize, ProductId, SaleId, SkuId, Timestamp,
    UserId,
};
use stampede_media::Image;
use stampede_payment::Transfer;
use stampede_persistence::entity::order::{CancelReason, OrderStatus};
use stampede_persistence::entity::order_history::Actor;
use stampede_user::AddressSnapshot;

/// A line of an order: what was bought, as it was called and cost then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What.
    pub sku_id: SkuId,
    /// Of which product.
    pub product_id: ProductId,
    /// The product's name then, in the shop's language.
    pub name: String,
    /// The SKU's options then.
    pub options: BTreeMap<String, String>,
    /// The cover then.
    pub image: Option<Image>,
    /// What one cost.
    pub unit_price: Money,
    /// How many.
    pub num: i64,
    /// `unit_price` × `num`.
    pub total: Money,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// The buyer.
    pub buyer: UserId,
    /// Where it stands.
    pub status: OrderStatus,
    /// At least one.
    pub lines: Vec<Line>,
    /// What the buyer pays.
    pub total: Money,
    /// Where it goes, as it was.
    pub address: Option<AddressSnapshot>,
    /// The sale its units come from.
    pub sale: Option<SaleId>,
    /// What the carrier calls it.
    pub tracking: Option<String>,
    /// Placed.
    pub created_at: Timestamp,
    /// Cancelled when not paid by then.
    pub pay_by: Option<Timestamp>,
    /// Paid.
    pub paid_at: Option<Timestamp>,
    /// Shipped.
    pub shipped_at: Option<Timestamp>,
    /// Received.
    pub completed_at: Option<Timestamp>,
    /// Cancelled.
    pub cancelled_at: Option<Timestamp>,
    /// Why it was cancelled.
    pub cancel_reason: Option<CancelReason>,
}

/// One change of an order's status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Before; `None` when it was placed.
    pub from: Option<OrderStatus>,
    /// After.
    pub to: OrderStatus,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// In their words.
    pub reason: Option<String>,
}

/// An order with its history, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderDetail {
    /// The order.
    pub order: Order,
    /// How it came to where it stands.
    pub history: Vec<History>,
}

/// What a buyer wants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// So many of a product's first SKU.
    Product {
        /// Which.
        product: ProductId,
        /// 1–99.
        num: i64,
    },
    /// So many of each SKU: 1–50 different SKUs, 1–99 each.
    Items(Vec<(SkuId, i64)>),
    /// What is in the cart; its lines go with the order.
    Cart,
}

/// An order to be placed; its JSON is the idempotency fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewOrder {
    /// The buyer.
    pub buyer: UserId,
    /// Where it goes; must be the buyer's.
    pub address: AddressId,
    /// What.
    pub wanted: Wanted,
    /// What the buyer was told it costs.
    pub expected_total: Option<Money>,
    /// The language of the mails about it; no part of the command.
    #[serde(skip)]
    pub language: Language,
}

/// An order to be paid from the wallet.
#[derive(Debug)]
pub struct Payment {
    /// Who pays; must be the buyer.
    pub buyer: UserId,
    /// What.
    pub order: OrderId,
    /// The payment PIN.
    pub pin: SecretString,
}

/// What a payment gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The order, paid.
    pub order: Order,
    /// The transfer, from the buyer's side.
    pub transfer: Transfer,
    /// What is left in the wallet.
    pub balance: Money,
}

/// A paid order to be paid back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// Which.
    pub order: OrderId,
    /// Whether its units go back to the stock.
    pub restock: bool,
    /// In the admin's words.
    pub reason: Option<String>,
}

/// An answer, and whether it is the stored one of an earlier request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered<T> {
    /// The answer.
    pub value: T,
    /// Stored under the same idempotency key.
    pub replayed: bool,
}

/// Which orders a list shows, newest first.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Only of this buyer.
    pub buyer: Option<UserId>,
    /// Only where they stand so.
    pub status: Option<OrderStatus>,
    /// How many.
    pub size: PageSize,
    /// From where.
    pub cursor: Option<Cursor>,
}

/// What a sale sold, at the sale's price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedLine {
    /// What.
    pub sku: SkuId,
    /// Of which product.
    pub product: ProductId,
    /// The product's name.
    pub name: String,
    /// The SKU's options.
    pub options: BTreeMap<String, String>,
    /// The cover.
    pub image: Option<Image>,
    /// What one costs in the sale.
    pub unit_price: Money,
    /// How many.
    pub num: i64,
}

/// An order that a sale books; its units are the sale's, not the SKU's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Made by the sale.
    pub id: OrderId,
    /// The buyer.
    pub buyer: UserId,
    /// Which sale.
    pub sale: SaleId,
    /// What.
    pub line: BookedLine,
    /// Where it goes.
    pub address: AddressSnapshot,
    /// The language of the mails about it.
    pub language: Language,
}

/// Why units go back to a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The order was cancelled.
    Cancelled(CancelReason),
    /// The order was refunded with its units put back.
    Refunded,
}
