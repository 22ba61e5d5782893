//! Bulk payments, for rehearsals and measurements.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use stampede_kernel::{Money, OrderId, Timestamp, TransferId, UserId};
use stampede_persistence::entity::{entry, payment, transfer, wallet};
use stampede_persistence::{Database, insert_all};

use crate::model::between;
use crate::{Account, Posting, TransferKind, WalletError};

/// A paid order, perhaps refunded.
#[derive(Debug, Clone, Copy)]
pub struct Paid {
    /// The order.
    pub order: OrderId,
    /// The buyer.
    pub buyer: UserId,
    /// The amount.
    pub amount: Money,
    /// When it was paid.
    pub at: Timestamp,
    /// When it was refunded.
    pub refunded_at: Option<Timestamp>,
}

/// Opens empty wallets without a PIN, from which nobody can pay.
///
/// # Errors
///
/// When one of the users has a wallet already.
pub async fn open_empty(
    tx: &DatabaseTransaction,
    users: &[UserId],
    at: Timestamp,
) -> Result<(), DbErr> {
    let wallets = users.iter().map(|user| wallet::ActiveModel {
        user_id: Set(*user),
        balance: Set(Money::ZERO),
        created_at: Set(at),
    });
    insert_all::<wallet::Entity, _>(tx, wallets.collect()).await
}

/// Reads at most `most` users with a wallet.
///
/// # Errors
///
/// When they cannot be read.
pub async fn payers(db: &Database, most: u64) -> Result<Vec<UserId>, DbErr> {
    wallet::Entity::find()
        .select_only()
        .column(wallet::Column::UserId)
        .order_by_asc(wallet::Column::UserId)
        .limit(most)
        .into_tuple()
        .all(db.reader())
        .await
}

/// Writes payments and refunds of several users, after topping each wallet up with the
/// amount that the payments need.
///
/// # Errors
///
/// [`WalletError::NoWallet`] for a user without one, [`WalletError::OutOfRange`] for
/// sums out of range.
pub async fn pay(
    tx: &DatabaseTransaction,
    paid: &[Paid],
    topped_up_at: Timestamp,
) -> Result<(), WalletError> {
    let mut needs: BTreeMap<UserId, Money> = BTreeMap::new();
    for one in paid {
        let need = needs.entry(one.buyer).or_insert(Money::ZERO);
        *need = need.plus(one.amount)?;
    }
    let before = lock_balances(tx, &needs).await?;
    let mut pending = PendingRows::new(&before);
    for (buyer, amount) in &needs {
        let wallet = Account::User(*buyer);
        let postings = between(Account::TopUp, wallet, *amount);
        pending.post(TransferKind::TopUp, None, postings, topped_up_at)?;
    }
    for one in paid {
        pending.pay(one)?;
    }
    pending.write(tx, &before).await
}

/// Reads the balances and locks the wallets in ascending order until the transaction
/// ends.
async fn lock_balances(
    tx: &DatabaseTransaction,
    users: &BTreeMap<UserId, Money>,
) -> Result<BTreeMap<UserId, Money>, WalletError> {
    let rows = wallet::Entity::find()
        .filter(wallet::Column::UserId.is_in(users.keys().copied()))
        .order_by_asc(wallet::Column::UserId)
        .lock_exclusive()
        .all(tx)
        .await?;
    if rows.len() < users.len() {
        return Err(WalletError::NoWallet);
    }
    Ok(rows
        .into_iter()
        .map(|row| (row.user_id, row.balance))
        .collect())
}

/// Rows to be written, with the resulting balances.
struct PendingRows {
    balances: BTreeMap<UserId, Money>,
    transfers: Vec<transfer::ActiveModel>,
    entries: Vec<entry::ActiveModel>,
    payments: Vec<payment::ActiveModel>,
}

impl PendingRows {
    fn new(balances: &BTreeMap<UserId, Money>) -> Self {
        Self {
            balances: balances.clone(),
            transfers: Vec::new(),
            entries: Vec::new(),
            payments: Vec::new(),
        }
    }

    fn pay(&mut self, paid: &Paid) -> Result<(), WalletError> {
        let (wallet, order) = (Account::User(paid.buyer), Some(paid.order));
        let postings = between(wallet, Account::Revenue, paid.amount);
        let transfer = self.post(TransferKind::Payment, order, postings, paid.at)?;
        self.payments.push(payment::ActiveModel {
            order_id: Set(paid.order),
            transfer_id: Set(transfer),
            user_id: Set(paid.buyer),
            amount: Set(paid.amount),
            created_at: Set(paid.at),
        });
        if let Some(at) = paid.refunded_at {
            let postings = between(Account::Revenue, wallet, paid.amount);
            self.post(TransferKind::Refund, order, postings, at)?;
        }
        Ok(())
    }

    fn post(
        &mut self,
        kind: TransferKind,
        order: Option<OrderId>,
        postings: [Posting; 2],
        at: Timestamp,
    ) -> Result<TransferId, WalletError> {
        let id = TransferId::new();
        self.transfers.push(transfer::ActiveModel {
            id: Set(id),
            kind: Set(kind.as_str().to_owned()),
            order_id: Set(order),
            reason: Set(None),
            actor_id: Set(None),
            created_at: Set(at),
        });
        for posting in postings {
            let balance_after = self.adjust_balance(posting)?;
            self.entries.push(entry::ActiveModel {
                transfer_id: Set(id),
                account_id: Set(posting.account.id()),
                amount: Set(posting.amount),
                balance_after: Set(balance_after),
                created_at: Set(at),
                ..Default::default()
            });
        }
        Ok(id)
    }

    fn adjust_balance(&mut self, posting: Posting) -> Result<Option<Money>, WalletError> {
        let Account::User(user) = posting.account else {
            return Ok(None);
        };
        let balance = self.balances.get_mut(&user).ok_or(WalletError::NoWallet)?;
        *balance = balance.plus(posting.amount)?;
        Ok(Some(*balance))
    }

    async fn write(
        self,
        tx: &DatabaseTransaction,
        before: &BTreeMap<UserId, Money>,
    ) -> Result<(), WalletError> {
        insert_all::<transfer::Entity, _>(tx, self.transfers).await?;
        insert_all::<entry::Entity, _>(tx, self.entries).await?;
        insert_all::<payment::Entity, _>(tx, self.payments).await?;
        for ((user, before), after) in before.iter().zip(self.balances.values()) {
            let gained = after.minus(*before)?;
            if gained != Money::ZERO {
                let balance = Expr::col(wallet::Column::Balance).add(gained.minor());
                wallet::Entity::update_many()
                    .col_expr(wallet::Column::Balance, balance)
                    .filter(wallet::Column::UserId.eq(*user))
                    .exec(tx)
                    .await?;
            }
        }
        Ok(())
    }
}
