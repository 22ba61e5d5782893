//! Money that moved.

use serde::Serialize;
use stampede_payment::Transfer;
use utoipa::ToSchema;
use uuid::Uuid;

/// A transfer as one account sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Transfer)]
pub(crate) struct TransferBody {
    id: Uuid,
    /// `opening`, `top_up`, `payment` or `refund`.
    kind: String,
    /// Signed: what the account gained, in minor units.
    amount: i64,
    /// In minor units.
    balance_after: i64,
    /// ISO 4217.
    currency: String,
    /// The order it pays or refunds.
    order_id: Option<Uuid>,
    created_at: String,
}

impl TransferBody {
    pub(crate) fn new(transfer: Transfer, currency: &str) -> Self {
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
