//! A shop with nothing but wallets in it.

use std::sync::Arc;

use stampede_kernel::{Clock, ManualClock, Money, Timestamp, TransferId, UserId};
use stampede_payment::*;
use stampede_persistence::Database;
use stampede_persistence::audit::Breach;
use stampede_test_support::TestDb;
pub(crate) use stampede_test_support::{at_once, rounds};

pub(crate) const NOW: Timestamp = Timestamp(1_795_336_200_000);
pub(crate) const ALICE: UserId = UserId(1);
pub(crate) const BOB: UserId = UserId(2);
pub(crate) const ADMIN: UserId = UserId(9);
pub(crate) const NOBODY: UserId = UserId(404);
pub(crate) const PIN: &str = "246810";

/// A database, a clock that stands, and the services of one process.
pub(crate) struct Bank {
    pub(crate) test: TestDb,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) wallets: DbWallet,
    pub(crate) pins: Arc<DbPins>,
    pub(crate) payments: Arc<DbPayments>,
}

impl Bank {
    /// Alice and Bob with `credit` each.
    pub(crate) async fn open(credit: i64) -> Self {
        let test = TestDb::open().await;
        let clock = Arc::new(ManualClock::at(NOW));
        let wallets = DbWallet::new(WalletSettings {
            pepper: "pepper".into(),
            opening_credit: money(credit),
        });
        let db = test.db.clone();
        let time: Arc<dyn Clock> = clock.clone();
        let pins = DbPins::new(db.clone(), Arc::clone(&time), wallets.clone(), 5);
        let pins = Arc::new(pins);
        let payments = DbPayments::new(db, time, pins.clone());
        let bank = Self {
            test,
            clock,
            wallets,
            pins,
            payments: Arc::new(payments),
        };
        for user in [ALICE, BOB] {
            let tx = bank.db().begin_write().await.unwrap();
            let opened = bank.wallets.open(&tx, user, &PIN.into(), NOW).await;
            opened.unwrap();
            tx.commit().await.unwrap();
        }
        bank
    }

    pub(crate) fn db(&self) -> &Database {
        &self.test.db
    }

    pub(crate) async fn balance(&self, user: UserId) -> i64 {
        let balance = self.payments.balance(user, &PIN.into()).await;
        balance.unwrap().minor()
    }

    pub(crate) async fn breaches(&self) -> Vec<Breach> {
        let tx = self.db().snapshot().await.unwrap();
        audit(&tx).await.unwrap()
    }

    pub(crate) async fn sound(&self) {
        assert_eq!(self.breaches().await, []);
    }
}

pub(crate) fn money(minor: i64) -> Money {
    Money::new(minor).unwrap()
}

/// Moves `amount` in a transaction of its own; the payer stands last on purpose.
pub(crate) async fn shift(
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
    let posted = post(&tx, NewTransfer::plain(TransferKind::TopUp), &postings, NOW).await?;
    tx.commit().await?;
    Ok(posted.id())
}
