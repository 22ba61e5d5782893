//! Accounts, transfers and postings.

use serde::{Deserialize, Serialize};
use stampede_kernel::{Money, MoneyOutOfRange, OrderId, Timestamp, TransferId, UserId};

/// An account of the ledger: a user's wallet or a system account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Account {
    /// A user's wallet; its balance is stored and never below 0.
    User(UserId),
    /// Revenue of the shop. The balance of a system account is the sum of its entries
    /// and is not stored, so that no payment waits for another.
    Revenue,
    /// The source of opening credits.
    Opening,
    /// The source of top-ups.
    TopUp,
}

impl Account {
    /// The id in the `entry` table: negative for system accounts.
    pub fn id(self) -> i64 {
        match self {
            Self::User(user) => user.0,
            Self::Revenue => -1,
            Self::Opening => -2,
            Self::TopUp => -3,
        }
    }
}

/// The kind of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferKind {
    /// A new user's opening credit.
    Opening,
    /// An admin's top-up.
    TopUp,
    /// The payment of an order.
    Payment,
    /// The refund of an order.
    Refund,
}

impl TransferKind {
    /// The name in the `transfer` table and in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::TopUp => "top_up",
            Self::Payment => "payment",
            Self::Refund => "refund",
        }
    }
}

/// A transfer to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTransfer {
    /// The kind.
    pub kind: TransferKind,
    /// The order it pays or refunds.
    pub order: Option<OrderId>,
    /// An admin's reason.
    pub reason: Option<String>,
    /// The admin who makes it.
    pub actor: Option<UserId>,
}

impl NewTransfer {
    /// Creates a transfer of a kind, without order, reason or actor.
    pub fn plain(kind: TransferKind) -> Self {
        Self {
            kind,
            order: None,
            reason: None,
            actor: None,
        }
    }
}

/// One side of a transfer: what an account gains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The account.
    pub account: Account,
    /// The signed amount.
    pub amount: Money,
}

/// A transfer as one account sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// `opening`, `top_up`, `payment`, `refund`.
    pub kind: String,
    /// Signed: what the account gained.
    pub amount: Money,
    /// The account's balance after it.
    pub balance_after: Money,
    /// The order it pays or refunds.
    pub order_id: Option<OrderId>,
    /// When it was posted.
    pub created_at: Timestamp,
}

/// Builds the two postings of a simple transfer.
pub(crate) fn between(from: Account, to: Account, amount: Money) -> [Posting; 2] {
    [
        Posting {
            account: from,
            amount: -amount,
        },
        Posting {
            account: to,
            amount,
        },
    ]
}

/// Returns whether the postings sum to 0.
pub(crate) fn balances(postings: &[Posting]) -> Result<bool, MoneyOutOfRange> {
    let sum = postings
        .iter()
        .try_fold(Money::ZERO, |sum, posting| sum.plus(posting.amount))?;
    Ok(sum == Money::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transfer_balances_when_its_postings_sum_to_nothing() {
        let ten = Money::new(10).unwrap();
        let to_alice = Posting {
            account: Account::User(UserId(1)),
            amount: ten,
        };
        let from_opening = Posting {
            account: Account::Opening,
            amount: -ten,
        };

        assert_eq!(balances(&[to_alice, from_opening]), Ok(true));
        assert_eq!(balances(&[to_alice]), Ok(false));
    }
}
