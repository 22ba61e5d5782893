//! Wallets: balance, transfers, and top-up.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_http::problem::Problem;
use stampede_kernel::{Money, UserId};
use stampede_payment::{TopUp, Transfer};
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

/// Request that carries the payment PIN.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinBody {
    /// The caller's payment PIN.
    #[schema(value_type = String, format = Password)]
    pub key: SecretString,
}

/// Balance of a wallet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Balance)]
pub struct BalanceBody {
    /// Balance, in minor units.
    balance: i64,
    /// ISO 4217 code of the currency.
    currency: String,
}

impl BalanceBody {
    /// The balance, in the shop's currency.
    pub fn new(balance: Money, currency: &str) -> Self {
        Self {
            balance: balance.minor(),
            currency: currency.to_owned(),
        }
    }
}

/// Request to top up a wallet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TopUpBody {
    /// Amount to add, in minor units, above 0.
    #[schema(minimum = 1)]
    amount: i64,
    /// Reason for the audit log, 1–255 characters.
    #[schema(min_length = 1, max_length = 255)]
    reason: String,
}

impl TopUpBody {
    /// The top-up of this user's wallet.
    ///
    /// # Errors
    ///
    /// 422 for an amount that is out of range.
    pub fn into_top_up(self, user: UserId) -> Result<TopUp, Problem> {
        let out_of_range = |_| Problem::field("amount", "out_of_range", "must be at most 2^53 − 1");
        Ok(TopUp {
            user,
            amount: Money::new(self.amount).map_err(out_of_range)?,
            reason: self.reason,
        })
    }
}
