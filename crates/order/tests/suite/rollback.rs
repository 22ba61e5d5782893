//! A partner that refuses at the last step leaves nothing behind.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use secrecy::SecretString;
use stampede_kernel::*;
use stampede_order::*;
use stampede_payment::{Transfer, Wallet, WalletError};

use crate::shop::*;

/// A wallet that says no.
struct EmptyWallet;

#[async_trait]
impl Wallet for EmptyWallet {
    async fn open(
        &self,
        _: &DatabaseTransaction,
        _: UserId,
        _: &SecretString,
        _: Timestamp,
    ) -> Result<(), WalletError> {
        Err(WalletError::NoWallet)
    }

    async fn set_pin(
        &self,
        _: &DatabaseTransaction,
        _: UserId,
        _: &SecretString,
        _: Timestamp,
    ) -> Result<(), WalletError> {
        Err(WalletError::NoWallet)
    }

    async fn pay(
        &self,
        _: &DatabaseTransaction,
        _: OrderId,
        _: UserId,
        _: Money,
        _: Timestamp,
    ) -> Result<Transfer, WalletError> {
        Err(WalletError::InsufficientFunds)
    }

    async fn refund(
        &self,
        _: &DatabaseTransaction,
        _: OrderId,
        _: UserId,
        _: Option<&str>,
        _: Timestamp,
    ) -> Result<Transfer, WalletError> {
        Err(WalletError::Database(DbErr::Custom("no money".into())))
    }
}

#[tokio::test]
async fn a_refused_payment_leaves_the_order_unpaid_and_the_key_free() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(99).await, shop.tea(5, 5).await);
    let order = shop.place(buyer, tea, 1).await.unwrap();
    let poor = shop.orders_with(|dependencies| dependencies.wallet = Arc::new(EmptyWallet));
    let before = shop.digest().await;

    let (attempt, key) = payment(buyer, order.id, "k");
    let error = poor.pay(attempt, key).await.unwrap_err();
    assert!(matches!(error, OrderError::InsufficientFunds));
    assert_eq!(shop.digest().await, before);

    let (attempt, key) = payment(buyer, order.id, "k");
    assert!(!shop.orders.pay(attempt, key).await.unwrap().replayed);
}

#[tokio::test]
async fn a_refused_refund_puts_no_unit_back() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(99).await, shop.tea(5, 5).await);
    let order = shop.paid(buyer, tea, 2).await;
    let poor = shop.orders_with(|dependencies| dependencies.wallet = Arc::new(EmptyWallet));
    let before = shop.digest().await;

    let refund = Refund {
        order: order.id,
        restock: true,
        reason: None,
    };
    poor.refund(ADMIN, refund, None).await.unwrap_err();

    assert_eq!(shop.digest().await, before);
}

#[tokio::test]
async fn a_sale_that_takes_nothing_back_leaves_its_order_as_it_is() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(999).await, shop.tea(5, 5).await);
    let orders = shop.book(&[buyer, buyer], tea).await;
    shop.pay(buyer, orders[1].id).await.unwrap();
    let stern = shop.orders_with(|dependencies| dependencies.sales = Arc::new(NoSale));
    let before = shop.digest().await;

    stern.cancel(buyer.id, orders[0].id).await.unwrap_err();
    let refund = Refund {
        order: orders[1].id,
        restock: true,
        reason: None,
    };
    stern.refund(ADMIN, refund, None).await.unwrap_err();

    assert_eq!(shop.digest().await, before);
}
