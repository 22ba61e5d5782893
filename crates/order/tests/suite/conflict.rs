//! A transaction that lost against another one is run again, whole: its key too.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, QuerySelect,
};
use secrecy::SecretString;
use stampede_kernel::*;
use stampede_order::*;
use stampede_payment::{Transfer, Wallet, WalletError};
use stampede_persistence::entity::user;
use stampede_persistence::{Conflict, idempotency::Idempotency};
use stampede_user::{AddressBook, AddressError, AddressSnapshot};

use crate::shop::*;

/// A partner whose first call loses against somebody else's transaction.
struct LosesOnce<T: ?Sized> {
    partner: Arc<T>,
    url: String,
    lost: AtomicBool,
}

impl<T: ?Sized> LosesOnce<T> {
    fn new(partner: Arc<T>, shop: &Shop) -> Self {
        Self {
            partner,
            url: shop.db.url.clone(),
            lost: AtomicBool::new(false),
        }
    }

    async fn lose(&self, tx: &DatabaseTransaction, owner: UserId) -> Result<(), DbErr> {
        if self.lost.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        Err(conflict(tx, &self.url, owner).await)
    }
}

/// What whoever asks for something that `tx` holds is told, without waiting.
async fn conflict(tx: &DatabaseTransaction, url: &str, owner: UserId) -> DbErr {
    let row = || user::Entity::find_by_id(owner);
    row().lock_exclusive().one(tx).await.unwrap();
    let other = sea_orm::Database::connect(url).await.unwrap();
    let refused = if other.get_database_backend() == DatabaseBackend::Sqlite {
        let sql = "PRAGMA busy_timeout = 0; BEGIN IMMEDIATE";
        other.execute_unprepared(sql).await.map(|_| ())
    } else {
        let row = row().lock_with_behavior(LockType::Update, LockBehavior::Nowait);
        row.one(&other).await.map(|_| ())
    };
    let error = refused.unwrap_err();
    assert!(error.is_conflict(), "{error:?}");
    error
}

#[async_trait]
impl AddressBook for LosesOnce<dyn AddressBook> {
    async fn snapshot(
        &self,
        tx: &DatabaseTransaction,
        owner: UserId,
        id: Option<AddressId>,
    ) -> Result<AddressSnapshot, AddressError> {
        self.lose(tx, owner).await?;
        self.partner.snapshot(tx, owner, id).await
    }

    async fn snapshots(
        &self,
        wanted: &[(UserId, Option<AddressId>)],
    ) -> Result<Vec<Result<AddressSnapshot, AddressError>>, DbErr> {
        self.partner.snapshots(wanted).await
    }
}

#[async_trait]
impl Wallet for LosesOnce<dyn Wallet> {
    async fn open(
        &self,
        tx: &DatabaseTransaction,
        user: UserId,
        pin: &SecretString,
        now: Timestamp,
    ) -> Result<(), WalletError> {
        self.partner.open(tx, user, pin, now).await
    }

    async fn set_pin(
        &self,
        tx: &DatabaseTransaction,
        user: UserId,
        pin: &SecretString,
        now: Timestamp,
    ) -> Result<(), WalletError> {
        self.partner.set_pin(tx, user, pin, now).await
    }

    async fn pay(
        &self,
        tx: &DatabaseTransaction,
        order: OrderId,
        buyer: UserId,
        amount: Money,
        now: Timestamp,
    ) -> Result<Transfer, WalletError> {
        let paid = self.partner.pay(tx, order, buyer, amount, now).await;
        self.lose(tx, buyer).await?;
        paid
    }

    async fn refund(
        &self,
        tx: &DatabaseTransaction,
        order: OrderId,
        admin: UserId,
        reason: Option<&str>,
        now: Timestamp,
    ) -> Result<Transfer, WalletError> {
        let refunded = self.partner.refund(tx, order, admin, reason, now).await;
        self.lose(tx, admin).await?;
        refunded
    }
}

fn with_unlucky_wallet(shop: &Shop) -> DbOrders {
    shop.orders_with(|dependencies| {
        let wallet = Arc::clone(&dependencies.wallet);
        dependencies.wallet = Arc::new(LosesOnce::new(wallet, shop));
    })
}

#[tokio::test]
async fn an_order_that_lost_is_placed_once_and_its_key_gives_it_again() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(5, 5).await);
    let unlucky = shop.orders_with(|dependencies| {
        let addresses = Arc::clone(&dependencies.addresses);
        dependencies.addresses = Arc::new(LosesOnce::new(addresses, &shop));
    });
    let order = wants(buyer, items(&[(tea.sku, 1)]));
    let key = place_key(&order, "k");

    let first = unlucky.place(order.clone(), key.clone()).await.unwrap();
    let again = unlucky.place(order, key).await.unwrap();

    assert!(!first.replayed && again.replayed);
    assert_eq!(again.value, first.value);
    assert_eq!(shop.stock_of(tea).await, 4);
    shop.sound().await;
}

#[tokio::test]
async fn a_payment_that_lost_is_made_once_and_its_key_gives_it_again() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(9).await, shop.tea(5, 5).await);
    let order = shop.place(buyer, tea, 1).await.unwrap();
    let unlucky = with_unlucky_wallet(&shop);
    let pay = || {
        let (payment, key) = payment(buyer, order.id, "k");
        unlucky.pay(payment, key)
    };

    let (first, again) = (pay().await.unwrap(), pay().await.unwrap());

    assert!(!first.replayed && again.replayed);
    assert_eq!(again.value, first.value);
    assert_eq!(shop.balance_of(buyer).await, 4);
    shop.sound().await;
}

#[tokio::test]
async fn a_refund_that_lost_is_made_once_and_its_key_gives_it_again() {
    let shop = Shop::open().await;
    let (admin, buyer, tea) = (
        shop.buyer(0).await.id,
        shop.buyer(9).await,
        shop.tea(5, 5).await,
    );
    let order = shop.paid(buyer, tea, 1).await;
    let unlucky = with_unlucky_wallet(&shop);
    let refund = Refund {
        order: order.id,
        restock: true,
        reason: None,
    };
    let key = Idempotency::of(admin, "POST refund".into(), "k".into(), &refund);
    let give_back = || unlucky.refund(admin, refund.clone(), Some(key.clone()));

    let first = give_back().await.unwrap();
    let again = give_back().await.unwrap();

    assert!(!first.replayed && again.replayed);
    assert_eq!(again.value, first.value);
    assert_eq!(
        (shop.balance_of(buyer).await, shop.stock_of(tea).await),
        (9, 5)
    );
    shop.sound().await;
}
