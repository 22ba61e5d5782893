//! Wallet transfers as JSON.

use serde::Serialize;
use stampede_payment::Transfer;
use utoipa::ToSchema;
use uuid::Uuid;

/// A transfer of money, as seen from one wallet.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Transfer)]
pub struct TransferBody {
    /// Id of the transfer.
    id: Uuid,
    /// Kind of the transfer: `opening`, `top_up`, `payment` or `refund`.
    kind: String,
    /// Change of the balance, in minor units; negative for a payment.
    amount: i64,
    /// Balance after the transfer, in minor units.
    balance_after: i64,
    /// ISO 4217 code of the currency.
    currency: String,
    /// Id of the order that was paid or refunded; null for other kinds.
    order_id: Option<Uuid>,
    /// Time of the transfer: RFC 3339, UTC.
    created_at: String,
}

impl TransferBody {
    /// The transfer, in the shop's currency.
    pub fn new(transfer: Transfer, currency: &str) -> Self {
        Self {
            id: transfer.id.0,
            kind: transfer.kind,
            amount: transfer.amount.minor(),
            balance_after: transfer.balance_after.minor(),
            currency: currency.to_owned(),
            order_id: transfer.order_id.map(|order| order.0),
            created_at: transfer.created_at.to_rfc3339(),
        }
    }
}
