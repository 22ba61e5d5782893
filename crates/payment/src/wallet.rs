//! Wallets: opening, PIN, payment and refund inside the caller's transaction.

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

/// Wallet operations inside the caller's transaction.
#[async_trait]
pub trait Wallet: Send + Sync {
    /// Opens the wallet of a new user: writes wallet, PIN and, where configured, the
    /// opening credit.
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

    /// Refunds an order's payment to its payer. The caller ensures by the order's
    /// status that this happens once.
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

/// Settings of wallets.
#[derive(Debug, Clone)]
pub struct WalletSettings {
    /// The key of the PINs' HMAC, shared with the passwords.
    pub pepper: SecretString,
    /// Opening credit of a new user.
    pub opening_credit: Money,
}

/// Wallets on the database.
#[derive(Debug, Clone)]
pub struct DbWallet {
    settings: WalletSettings,
}

impl DbWallet {
    /// Creates the wallets with `settings`.
    pub fn new(settings: WalletSettings) -> Self {
        Self { settings }
    }

    /// Checks in constant time whether `pin` is `user`'s. The caller must limit the
    /// attempts.
    pub async fn is_pin(
        &self,
        db: &impl ConnectionTrait,
        user: UserId,
        pin: &SecretString,
    ) -> Result<bool, WalletError> {
        Ok(self.check_pin(db, user, pin).await?.0 != PinCheck::Wrong)
    }

    /// Checks `pin` and returns the stored MAC too.
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

    /// Replaces a MAC from before normalisation, unless the PIN was changed meanwhile.
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

    /// Credits a wallet by a transfer from the opening account, so that the ledger
    /// stays balanced.
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
