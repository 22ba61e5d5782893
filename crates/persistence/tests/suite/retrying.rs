//! A transaction that lost against another one is run again, and no other.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait,
    ExprTrait, QueryFilter,
};
use stampede_kernel::{Money, Timestamp, UserId};
use stampede_persistence::entity::wallet;
use stampede_persistence::{Conflict, Database, retrying};
use stampede_test_support::TestDb;
use tokio::sync::Barrier;

async fn open_wallet(db: &Database, user: i64) -> Result<(), DbErr> {
    let row = wallet::ActiveModel {
        user_id: Set(UserId(user)),
        balance: Set(Money::new(100).unwrap()),
        created_at: Set(Timestamp(0)),
    };
    let tx = db.begin_write().await?;
    wallet::Entity::insert(row)
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await
}

async fn add(tx: &DatabaseTransaction, user: i64, amount: i64) -> Result<(), DbErr> {
    wallet::Entity::update_many()
        .col_expr(
            wallet::Column::Balance,
            Expr::col(wallet::Column::Balance).add(amount),
        )
        .filter(wallet::Column::UserId.eq(user))
        .exec(tx)
        .await?;
    Ok(())
}

async fn balance(db: &Database, user: i64) -> i64 {
    let row = wallet::Entity::find_by_id(UserId(user))
        .one(db.reader())
        .await
        .unwrap();
    row.unwrap().balance.minor()
}

/// Two transfers that take their locks in opposite order; where two can write at
/// once, their first runs go on when both have one.
struct Crossing<'a> {
    db: &'a Database,
    both_have_one: Barrier,
    runs: AtomicU32,
}

impl Crossing<'_> {
    async fn transfer(&self, from: i64, to: i64, amount: i64) -> Result<(), DbErr> {
        let run = self.runs.fetch_add(1, Ordering::SeqCst);
        let tx = self.db.begin_write().await?;
        add(&tx, from, -amount).await?;
        if run < 2 && self.db.backend() != DatabaseBackend::Sqlite {
            self.both_have_one.wait().await;
        }
        add(&tx, to, amount).await?;
        tx.commit().await
    }
}

#[tokio::test]
async fn two_transactions_that_deadlock_both_succeed_in_the_end() {
    let shop = TestDb::open().await;
    open_wallet(&shop.db, 1).await.unwrap();
    open_wallet(&shop.db, 2).await.unwrap();
    let crossing = Crossing {
        db: &shop.db,
        both_have_one: Barrier::new(2),
        runs: AtomicU32::new(0),
    };

    let (there, back) = tokio::join!(
        retrying(|| crossing.transfer(1, 2, 30)),
        retrying(|| crossing.transfer(2, 1, 10)),
    );

    there.unwrap();
    back.unwrap();
    assert_eq!(balance(&shop.db, 1).await, 80);
    assert_eq!(balance(&shop.db, 2).await, 120);
    if shop.db.backend() != DatabaseBackend::Sqlite {
        assert!(crossing.runs.into_inner() > 2, "no deadlock happened");
    }
}

#[tokio::test]
async fn a_transaction_that_failed_for_another_reason_is_not_repeated() {
    let shop = TestDb::open().await;
    open_wallet(&shop.db, 1).await.unwrap();
    let runs = AtomicU32::new(0);

    let outcome = retrying(|| {
        runs.fetch_add(1, Ordering::SeqCst);
        open_wallet(&shop.db, 1)
    })
    .await;

    let error = outcome.unwrap_err();
    assert!(matches!(
        error.sql_err(),
        Some(sea_orm::SqlErr::UniqueConstraintViolation(_))
    ));
    assert!(!error.is_conflict());
    assert_eq!(runs.into_inner(), 1);
}

#[tokio::test]
async fn a_transaction_that_always_loses_gives_up() {
    #[derive(Debug)]
    struct Lost;
    impl Conflict for Lost {
        fn is_conflict(&self) -> bool {
            true
        }
    }
    let runs = AtomicU32::new(0);

    let outcome: Result<(), Lost> = retrying(async || {
        runs.fetch_add(1, Ordering::SeqCst);
        Err(Lost)
    })
    .await;

    assert!(outcome.is_err());
    assert_eq!(runs.into_inner(), 7);
}
