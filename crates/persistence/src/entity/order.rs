//! An order.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use stampede_kernel::{Money, OrderId, SaleId, Timestamp, UserId};

/// Where an order stands.
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
    /// Given up before payment; its units went back.
    Cancelled,
    /// Paid back.
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
    /// Where it stands; the one compare-and-set between pay, cancel, expiry and refund.
    pub status: OrderStatus,
    /// What the buyer pays.
    pub total: Money,
    /// Of the recipient, as it was.
    pub address_name: Option<String>,
    /// Of the recipient, as it was.
    pub address_phone: Option<String>,
    /// Where to, as it was.
    pub address_text: Option<String>,
    /// The sale its units come from.
    pub seckill_id: Option<SaleId>,
    /// Two-letter code for mails.
    pub language: String,
    /// What the carrier calls it.
    pub tracking: Option<String>,
    /// Why it was cancelled.
    pub cancel_reason: Option<CancelReason>,
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
    /// Paid back.
    pub refunded_at: Option<Timestamp>,
    /// Whether its units went back.
    pub restocked: bool,
}

impl ActiveModelBehavior for ActiveModel {}
