//! The ledger: posting of balanced transfers.

use fail::fail_point;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
};
use stampede_kernel::{Money, OrderId, Timestamp, TransferId, UserId};
use stampede_persistence::entity::{entry, transfer, wallet};

use crate::model::balances;
use crate::{Account, NewTransfer, Posting, Transfer, TransferKind, WalletError};

/// Posts a transfer: writes it with its entries and adjusts the stored balances, inside
/// the caller's transaction.
///
/// Wallets are locked in ascending account id, whatever the order of `postings`, so
/// that two payments in opposite directions cannot deadlock.
///
/// # Errors
///
/// [`WalletError::Unbalanced`] when the postings do not sum to 0,
/// [`WalletError::InsufficientFunds`] when a wallet would fall below 0,
/// [`WalletError::NoWallet`] for a user without one.
pub async fn post(
    tx: &DatabaseTransaction,
    transfer: NewTransfer,
    postings: &[Posting],
    now: Timestamp,
) -> Result<Posted, WalletError> {
    if !balances(postings)? {
        return Err(WalletError::Unbalanced);
    }
    let (kind, order) = (transfer.kind, transfer.order);
    let id = insert_transfer(tx, transfer, now).await?;
    let mut postings = postings.to_vec();
    postings.sort_by_key(|posting| posting.account.id());
    let mut entries = Vec::with_capacity(postings.len());
    let mut sides = Vec::with_capacity(postings.len());
    for posting in postings {
        let Posting { account, amount } = posting;
        let balance_after = match account {
            Account::User(user) => Some(adjust_balance(tx, user, amount).await?),
            Account::Revenue | Account::Opening | Account::TopUp => None,
        };
        sides.push((posting, balance_after));
        entries.push(entry::ActiveModel {
            transfer_id: Set(id),
            account_id: Set(account.id()),
            amount: Set(amount),
            balance_after: Set(balance_after),
            created_at: Set(now),
            ..Default::default()
        });
    }
    entry::Entity::insert_many(entries)
        .exec_without_returning(tx)
        .await?;
    fail_point!("ledger.posted");
    Ok(Posted {
        id,
        kind,
        order,
        at: now,
        sides,
    })
}

/// A posted transfer, with the balances after it.
#[derive(Debug)]
pub struct Posted {
    id: TransferId,
    kind: TransferKind,
    order: Option<OrderId>,
    at: Timestamp,
    sides: Vec<(Posting, Option<Money>)>,
}

impl Posted {
    /// Returns the transfer's id.
    pub fn id(&self) -> TransferId {
        self.id
    }

    /// Returns the transfer from the point of view of `user`.
    ///
    /// # Errors
    ///
    /// [`WalletError::NoWallet`] when the user's wallet had no part in it.
    pub fn seen_by(&self, user: UserId) -> Result<Transfer, WalletError> {
        let mine = |(posting, after): &(Posting, Option<Money>)| match posting.account {
            Account::User(owner) if owner == user => after.map(|after| (posting.amount, after)),
            _ => None,
        };
        let (amount, balance_after) = self
            .sides
            .iter()
            .find_map(mine)
            .ok_or(WalletError::NoWallet)?;
        Ok(Transfer {
            id: self.id,
            kind: self.kind.as_str().to_owned(),
            amount,
            balance_after,
            order_id: self.order,
            created_at: self.at,
        })
    }
}

async fn insert_transfer(
    tx: &DatabaseTransaction,
    transfer: NewTransfer,
    now: Timestamp,
) -> Result<TransferId, DbErr> {
    let id = TransferId::new();
    let row = transfer::ActiveModel {
        id: Set(id),
        kind: Set(transfer.kind.as_str().to_owned()),
        order_id: Set(transfer.order),
        reason: Set(transfer.reason),
        actor_id: Set(transfer.actor),
        created_at: Set(now),
    };
    transfer::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(id)
}

/// Adjusts a stored balance by one statement that is check and lock at once, and
/// returns the new balance.
async fn adjust_balance(
    tx: &DatabaseTransaction,
    user: UserId,
    amount: Money,
) -> Result<Money, WalletError> {
    let balance = || Expr::col(wallet::Column::Balance);
    let moved = wallet::Entity::update_many()
        .col_expr(wallet::Column::Balance, balance().add(amount.minor()))
        .filter(wallet::Column::UserId.eq(user))
        .filter(balance().gte(-amount.minor()))
        .filter(balance().lte(Money::MAX.minor() - Ord::max(amount.minor(), 0)))
        .exec(tx)
        .await?
        .rows_affected
        == 1;
    match wallet::Entity::find_by_id(user).one(tx).await? {
        None => Err(WalletError::NoWallet),
        Some(wallet) if moved => Ok(wallet.balance),
        Some(wallet) => {
            wallet.balance.plus(amount)?;
            Err(WalletError::InsufficientFunds)
        }
    }
}
