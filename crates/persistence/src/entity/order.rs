//! An order.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use stampede_kernel::{DeliveryMethodId, Money, OrderId, SaleId, Timestamp, UserId};

/// The status of an order.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Placed; its units are reserved.
    Unpaid,
    /// Paid; waits for shipment.
    Paid,
    /// On its way.
    Shipped,
    /// Received.
    Completed,
    /// Cancelled before payment; its units were released.
    Cancelled,
    /// Refunded.
    Refunded,
}

/// Why an order was cancelled.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// The buyer changed their mind.
    Buyer,
    /// Not paid in time.
    Unpaid,
    /// An admin did it.
    Admin,
}

/// An order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order")]
pub struct Model {
    /// Made before the insert; later orders sort after earlier ones.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderId,
    /// The buyer.
    pub user_id: UserId,
    /// The status; its compare-and-set decides between concurrent payment,
    /// cancellation, expiry and refund.
    pub status: OrderStatus,
    /// The total that the buyer pays.
    pub total: Money,
    /// What promotions take off the lines, part of no line's total.
    pub discount: Money,
    /// The price of delivery.
    pub shipping: Money,
    /// The part of the total that is tax.
    pub tax: Money,
    /// JSON array of the promotions that were applied; null for none.
    #[sea_orm(column_type = "Text", nullable)]
    pub promotions: Option<String>,
    /// The recipient's name at that time.
    pub address_name: Option<String>,
    /// The recipient's phone number at that time.
    pub address_phone: Option<String>,
    /// The postal address at that time.
    pub address_text: Option<String>,
    /// The postcode at that time.
    pub address_postcode: Option<String>,
    /// The code of the country (ISO 3166-1); null is the shop's.
    pub address_country: Option<String>,
    /// The delivery method, which may be gone by now.
    pub delivery_method_id: Option<DeliveryMethodId>,
    /// The name of the delivery method at that time.
    pub delivery_name: Option<String>,
    /// What that delivery cost this order, before promotions that pay it.
    pub delivery_price: Option<Money>,
    /// The sale its units come from.
    pub seckill_id: Option<SaleId>,
    /// Two-letter code for mails.
    pub language: String,
    /// The carrier's tracking number.
    pub tracking: Option<String>,
    /// Why it was cancelled.
    pub cancel_reason: Option<CancelReason>,
    /// When it was placed.
    pub created_at: Timestamp,
    /// The payment deadline; an unpaid order is cancelled then.
    pub pay_by: Option<Timestamp>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// When it was shipped.
    pub shipped_at: Option<Timestamp>,
    /// When it was received.
    pub completed_at: Option<Timestamp>,
    /// When it was cancelled.
    pub cancelled_at: Option<Timestamp>,
    /// When it was refunded.
    pub refunded_at: Option<Timestamp>,
    /// Whether its units were released.
    pub restocked: bool,
}

impl ActiveModelBehavior for ActiveModel {}
