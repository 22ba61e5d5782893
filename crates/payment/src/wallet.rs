//! Opening a wallet, and its PIN.

use async_trait::async_trait;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
};
use secrecy::SecretString;
use stampede_kernel::{Money, OrderId, Timestamp, UserId};
use stampede_persistence::entity::{payment, pin, wallet};

use crate::model::between;
use crate::pin::{PinCheck, check_mac, check_pin, pin_mac};
use crate::{Account, NewTransfer, Transfer, TransferKind, WalletError, post};

/// Joins the transactions of those who open accounts and move money.
#[async_trait]
pub trait Wallet: Send + Sync {
    /// Writes wallet, PIN and, where the shop grants one, the opening credit
    /// of a new user.
    ///
    /// # Errors
    ///
    /// [`WalletError::PinLength`] before anything is written.
    async fn open(
        &self,
        tx: &DatabaseTransaction,
        user: UserId,
        pin: &SecretString,
        now: Timestamp,
    ) -> Result<(), WalletError>;

    /// Replaces the PIN.
    ///
    /// # Errors
    ///
    /// [`WalletError::PinLength`], or [`WalletError::NoWallet`] when the user never had one.
    async fn set_pin(
        &self,
        tx: &DatabaseTransaction,
        user: UserId,
        pin: &SecretString,
        now: Timestamp,
    ) -> Result<(), WalletError>;

    /// Pays an order from the buyer's wallet into the shop's revenue and writes
    /// the order's one payment row.
    ///
    /// # Errors
    ///
    /// [`WalletError::InsufficientFunds`]; an order that has a payment already
    /// fails in the database, for its row is unique.
    async fn pay(
        &self,
        tx: &DatabaseTransaction,
        order: OrderId,
        buyer: UserId,
        amount: Money,
        now: Timestamp,
    ) -> Result<Transfer, WalletError>;

    /// Gives an order's payment back to who paid it. The caller sees to it that
    /// this happens once: by the order's status.
    ///
    /// # Errors
    ///
    /// [`WalletError::NotPaid`] for an order without a payment.
    async fn refund(
        &self,
        tx: &DatabaseTransaction,
        order: OrderId,
        admin: UserId,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<Transfer, WalletError>;
}

/// What wallets are told at start.
#[derive(Debug, Clone)]
pub struct WalletSettings {
    /// The key of the PINs' HMAC, shared with the passwords.
    pub pepper: SecretString,
    /// What a new user finds in the wallet.
    pub opening_credit: Money,
}

/// Wallets in the database.
#[derive(Debug, Clone)]
pub struct DbWallet {
    settings: WalletSettings,
}

impl DbWallet {
    /// Wallets under `settings`.
    pub fn new(settings: WalletSettings) -> Self {
        Self { settings }
    }

    /// Whether `pin` is `user`'s; takes the same time either way. The caller
    /// limits how often that may be asked.
    pub async fn is_pin(
        &self,
        db: &impl ConnectionTrait,
        user: UserId,
        pin: &SecretString,
    ) -> Result<bool, WalletError> {
        Ok(self.check_pin(db, user, pin).await?.0 != PinCheck::Wrong)
    }

    /// How `pin` opens what is stored, and what that is.
    pub(crate) async fn check_pin(
        &self,
        db: &impl ConnectionTrait,
        user: UserId,
        pin: &SecretString,
    ) -> Result<(PinCheck, String), WalletError> {
        let mac = match pin::Entity::find_by_id(user).one(db).await? {
            Some(row) => row.mac,
            None => return Ok((PinCheck::Wrong, String::new())),
        };
        Ok((check_mac(&self.settings.pepper, user, pin, &mac)?, mac))
    }

    /// Seals anew what was sealed in another spelling, unless it was changed meanwhile.
    pub(crate) async fn renew_pin(
        &self,
        tx: &DatabaseTransaction,
        user: UserId,
        pin: &SecretString,
        stored: &str,
    ) -> Result<(), WalletError> {
        let mac = pin_mac(&self.settings.pepper, user, pin)?;
        pin::Entity::update_many()
            .col_expr(pin::Column::Mac, Expr::value(mac))
            .filter(pin::Column::UserId.eq(user))
            .filter(pin::Column::Mac.eq(stored))
            .exec(tx)
            .await?;
        Ok(())
    }

    /// Every credit is a transfer from the opening account: money is never made
    /// out of nothing.
    async fn credit(
        &self,
        tx: &DatabaseTransaction,
        user: UserId,
        now: Timestamp,
    ) -> Result<(), WalletError> {
        let amount = self.settings.opening_credit;
        if amount <= Money::ZERO {
            return Ok(());
        }
        let postings = between(Account::Opening, Account::User(user), amount);
        post(
            tx,
            NewTransfer::plain(TransferKind::Opening),
            &postings,
            now,
        )
        .await?;
        Ok(())
    }
}

#[async_trait]
impl Wallet for DbWallet {
    async fn open(
        &self,
        tx: &DatabaseTransaction,
        user: UserId,
        pin: &SecretString,
        now: Timestamp,
    ) -> Result<(), WalletError> {
        check_pin(pin)?;
        let wallet = wallet::ActiveModel {
            user_id: Set(user),
            balance: Set(Money::ZERO),
            created_at: Set(now),
        };
        wallet::Entity::insert(wallet)
            .exec_without_returning(tx)
            .await?;
        let pin = pin::ActiveModel {
            user_id: Set(user),
            mac: Set(pin_mac(&self.settings.pepper, user, pin)?),
            updated_at: Set(now),
        };
        pin::Entity::insert(pin).exec_without_returning(tx).await?;
        self.credit(tx, user, now).await
    }

    async fn set_pin(
        &self,
        tx: &DatabaseTransaction,
        user: UserId,
        pin: &SecretString,
        now: Timestamp,
    ) -> Result<(), WalletError> {
        check_pin(pin)?;
        let mac = pin_mac(&self.settings.pepper, user, pin)?;
        let set = pin::Entity::update_many()
            .col_expr(pin::Column::Mac, Expr::value(mac))
            .col_expr(pin::Column::UpdatedAt, Expr::value(now))
            .filter(pin::Column::UserId.eq(user))
            .exec(tx)
            .await?
            .rows_affected;
        // MySQL counts matched rows through sqlx, so the same PIN again is one row too.
        if set == 1 {
            Ok(())
        } else {
            Err(WalletError::NoWallet)
        }
    }

    async fn pay(
        &self,
        tx: &DatabaseTransaction,
        order: OrderId,
        buyer: UserId,
        amount: Money,
        now: Timestamp,
    ) -> Result<Transfer, WalletError> {
        let transfer = NewTransfer {
            order: Some(order),
            ..NewTransfer::plain(TransferKind::Payment)
        };
        let postings = between(Account::User(buyer), Account::Revenue, amount);
        let posted = post(tx, transfer, &postings, now).await?;
        let row = payment::ActiveModel {
            order_id: Set(order),
            transfer_id: Set(posted.id()),
            user_id: Set(buyer),
            amount: Set(amount),
            created_at: Set(now),
        };
        payment::Entity::insert(row)
            .exec_without_returning(tx)
            .await?;
        posted.seen_by(buyer)
    }

    async fn refund(
        &self,
        tx: &DatabaseTransaction,
        order: OrderId,
        admin: UserId,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<Transfer, WalletError> {
        let payment = payment::Entity::find_by_id(order)
            .one(tx)
            .await?
            .ok_or(WalletError::NotPaid)?;
        let transfer = NewTransfer {
            kind: TransferKind::Refund,
            order: Some(order),
            reason: reason.map(str::to_owned),
            actor: Some(admin),
        };
        let payer = payment.user_id;
        let postings = between(Account::Revenue, Account::User(payer), payment.amount);
        post(tx, transfer, &postings, now).await?.seen_by(payer)
    }
}
