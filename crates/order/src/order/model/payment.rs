//! The payment of an order, and its refund.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_kernel::{Money, OrderId, UserId};
use stampede_payment::Transfer;

use super::order::Order;

/// An order to be paid from the wallet.
#[derive(Debug)]
pub struct Payment {
    /// The paying user, who must be the buyer.
    pub buyer: UserId,
    /// The order to pay.
    pub order: OrderId,
    /// The payment PIN.
    pub pin: SecretString,
}

/// The result of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The order, paid.
    pub order: Order,
    /// The transfer, from the buyer's side.
    pub transfer: Transfer,
    /// The wallet's balance after the payment.
    pub balance: Money,
}

/// A refund of a paid order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// The order to refund.
    pub order: OrderId,
    /// Whether the units return to the stock.
    pub restock: bool,
    /// The reason, as the admin wrote it.
    pub reason: Option<String>,
}
