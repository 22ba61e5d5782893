//! Balances move by balanced transfers only, and never below zero.

use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use stampede_kernel::Money;
use stampede_payment::*;
use stampede_persistence::entity::{pin, transfer, wallet};
use stampede_persistence::retrying;
use stampede_test_support::TestDb;

use crate::bank::*;

#[tokio::test]
async fn a_refused_transfer_leaves_nothing() {
    let bank = Bank::open(100).await;
    let db = bank.db();
    let (alice, bob) = (Account::User(ALICE), Account::User(BOB));

    let short = shift(db, alice, bob, money(101)).await;
    let nowhere = shift(db, alice, Account::User(NOBODY), money(1)).await;
    let tx = db.begin_write().await.unwrap();
    let one_sided = [Posting {
        account: alice,
        amount: money(1),
    }];
    let minted = post(
        &tx,
        NewTransfer::plain(TransferKind::TopUp),
        &one_sided,
        NOW,
    )
    .await;
    drop(tx);
    let endless = shift(db, Account::TopUp, alice, Money::MAX).await;

    assert!(matches!(short, Err(WalletError::InsufficientFunds)));
    assert!(matches!(nowhere, Err(WalletError::NoWallet)));
    assert!(matches!(minted, Err(WalletError::Unbalanced)));
    assert!(matches!(endless, Err(WalletError::OutOfRange(_))));
    assert_eq!(bank.balance(ALICE).await, 100);
    let transfers = transfer::Entity::find().count(db.reader()).await;
    assert_eq!(transfers.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_spend_one_balance_spend_it_once() {
    let bank = Bank::open(50).await;
    let tasks = (0..16)
        .map(|i| {
            let db = bank.db().clone();
            let other = if i % 2 == 0 {
                Account::User(BOB)
            } else {
                Account::Revenue
            };
            async move { retrying(|| shift(&db, Account::User(ALICE), other, money(10))).await }
        })
        .collect();

    let mut paid = 0;
    for answer in at_once(tasks).await {
        match answer {
            Ok(_) => paid += 1,
            Err(error) => assert!(matches!(error, WalletError::InsufficientFunds)),
        }
    }

    assert_eq!((paid, bank.balance(ALICE).await), (5, 0));
    bank.sound().await;
}

#[tokio::test]
async fn a_wallet_that_cannot_be_opened_leaves_nothing() {
    let test = TestDb::open().await;
    let wallets = DbWallet::new(WalletSettings {
        pepper: "pepper".into(),
        opening_credit: Money::ZERO,
    });
    let tx = test.db.begin_write().await.unwrap();

    let refused = wallets.open(&tx, ALICE, &"12345".into(), NOW).await;
    let unopened = wallets.set_pin(&tx, ALICE, &"246810".into(), NOW).await;
    tx.commit().await.unwrap();

    assert!(matches!(refused, Err(WalletError::PinLength)));
    assert!(matches!(unopened, Err(WalletError::NoWallet)));
    assert_eq!(
        wallet::Entity::find()
            .count(test.db.reader())
            .await
            .unwrap(),
        0
    );
    assert_eq!(
        pin::Entity::find().count(test.db.reader()).await.unwrap(),
        0
    );
}

#[tokio::test]
async fn the_ledger_itself_refuses_to_be_rewritten() {
    let bank = Bank::open(100).await;

    let db = bank.db().reader();
    for sql in ["UPDATE entry SET amount = 0", "DELETE FROM transfer"] {
        assert!(db.execute_unprepared(sql).await.is_err(), "{sql}");
    }
}
