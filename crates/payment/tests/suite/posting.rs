//! Balances move by balanced transfers only, and never below zero.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use stampede_kernel::{Money, Timestamp, TransferId, UserId};
use stampede_payment::*;
use stampede_persistence::entity::{entry, pin, transfer, wallet};
use stampede_persistence::{Database, retrying};
use stampede_test_support::TestDb;
use tokio::sync::Barrier;

const NOW: Timestamp = Timestamp(1_795_336_200_000);
const ALICE: UserId = UserId(1);
const BOB: UserId = UserId(2);

fn money(minor: i64) -> Money {
    Money::new(minor).unwrap()
}

/// Alice and Bob with `credit` each.
async fn wallets(test: &TestDb, credit: i64) {
    let wallets = DbWallet::new(WalletSettings {
        pepper: "pepper".into(),
        opening_credit: money(credit),
    });
    for user in [ALICE, BOB] {
        let tx = test.db.begin_write().await.unwrap();
        wallets
            .open(&tx, user, &"246810".into(), NOW)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

async fn pay(
    db: &Database,
    from: Account,
    to: Account,
    amount: Money,
) -> Result<TransferId, WalletError> {
    let postings = [
        Posting {
            account: to,
            amount,
        },
        Posting {
            account: from,
            amount: -amount,
        },
    ];
    let tx = db.begin_write().await?;
    let posted = post(&tx, NewTransfer::plain(Kind::Payment), &postings, NOW).await?;
    tx.commit().await?;
    Ok(posted.id())
}

async fn balance(db: &Database, user: UserId) -> i64 {
    let row = wallet::Entity::find_by_id(user).one(db.reader()).await;
    row.unwrap().unwrap().balance.minor()
}

#[tokio::test]
async fn a_refused_transfer_leaves_nothing() {
    let test = TestDb::open().await;
    wallets(&test, 100).await;
    let (alice, bob) = (Account::User(ALICE), Account::User(BOB));

    let short = pay(&test.db, alice, bob, money(101)).await;
    let nowhere = pay(&test.db, alice, Account::User(UserId(404)), money(1)).await;
    let tx = test.db.begin_write().await.unwrap();
    let one_sided = [Posting {
        account: alice,
        amount: money(1),
    }];
    let minted = post(&tx, NewTransfer::plain(Kind::TopUp), &one_sided, NOW).await;
    drop(tx);
    let endless = pay(&test.db, Account::TopUp, alice, Money::MAX).await;

    assert!(matches!(short, Err(WalletError::InsufficientFunds)));
    assert!(matches!(nowhere, Err(WalletError::NoWallet)));
    assert!(matches!(minted, Err(WalletError::Unbalanced)));
    assert!(matches!(endless, Err(WalletError::OutOfRange(_))));
    assert_eq!(balance(&test.db, ALICE).await, 100);
    let transfers = transfer::Entity::find().count(test.db.reader()).await;
    assert_eq!(transfers.unwrap(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_spend_one_balance_spend_it_once() {
    let test = TestDb::open().await;
    wallets(&test, 50).await;
    let barrier = Arc::new(Barrier::new(16));
    let tasks: Vec<_> = (0..16)
        .map(|i| {
            let (db, barrier) = (test.db.clone(), Arc::clone(&barrier));
            let other = if i % 2 == 0 {
                Account::User(BOB)
            } else {
                Account::Revenue
            };
            tokio::spawn(async move {
                barrier.wait().await;
                retrying(|| pay(&db, Account::User(ALICE), other, money(10))).await
            })
        })
        .collect();

    let mut paid = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => paid += 1,
            Err(error) => assert!(matches!(error, WalletError::InsufficientFunds)),
        }
    }

    assert_eq!((paid, balance(&test.db, ALICE).await), (5, 0));
    let entries = entry::Entity::find().all(test.db.reader()).await.unwrap();
    let sum = |account| {
        let of = entries.iter().filter(|entry| entry.account_id == account);
        of.map(|entry| entry.amount.minor()).sum::<i64>()
    };
    assert_eq!(
        entries
            .iter()
            .map(|entry| entry.amount.minor())
            .sum::<i64>(),
        0
    );
    assert_eq!((sum(1), sum(2)), (0, balance(&test.db, BOB).await));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn payments_in_opposite_directions_do_not_wait_for_each_other_for_ever() {
    let test = TestDb::open().await;
    wallets(&test, 1_000).await;
    let tasks: Vec<_> = (0..20)
        .map(|i| {
            let db = test.db.clone();
            let (from, to) = if i % 2 == 0 {
                (ALICE, BOB)
            } else {
                (BOB, ALICE)
            };
            tokio::spawn(async move {
                retrying(|| pay(&db, Account::User(from), Account::User(to), money(7))).await
            })
        })
        .collect();

    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(balance(&test.db, ALICE).await, 1_000);
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
    let test = TestDb::open().await;
    wallets(&test, 100).await;

    let db = test.db.reader();
    for sql in ["UPDATE entry SET amount = 0", "DELETE FROM transfer"] {
        assert!(db.execute_unprepared(sql).await.is_err(), "{sql}");
    }
}
