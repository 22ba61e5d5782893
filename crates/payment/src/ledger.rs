//! Posting a balanced transfer.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter,
};
use stampede_kernel::{Money, Timestamp, TransferId, UserId};
use stampede_persistence::entity::{entry, transfer, wallet};

use crate::model::balances;
use crate::{Account, NewTransfer, Posting, WalletError};

/// Writes a transfer and its entries, and moves the stored balances, inside
/// somebody else's transaction.
///
/// Wallets are taken in ascending account id, whatever the order of
/// `postings`, so that two payments in opposite directions cannot deadlock.
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
) -> Result<TransferId, WalletError> {
    if !balances(postings)? {
        return Err(WalletError::Unbalanced);
    }
    let id = insert_transfer(tx, transfer, now).await?;
    let mut postings = postings.to_vec();
    postings.sort_by_key(|posting| posting.account.id());
    let mut entries = Vec::with_capacity(postings.len());
    for Posting { account, amount } in postings {
        let balance_after = match account {
            Account::User(user) => Some(shift(tx, user, amount).await?),
            Account::Revenue | Account::Opening | Account::TopUp => None,
        };
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
    Ok(id)
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

/// Moves a stored balance by one statement that is check and lock at once, and
/// returns what it is now.
async fn shift(
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
