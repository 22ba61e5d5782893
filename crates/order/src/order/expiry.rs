//! Expiry: an order that is not paid by `pay_by` is cancelled, once.

use std::time::Duration;

use fail::fail_point;
use sea_orm::DatabaseTransaction;
use stampede_kernel::{OrderId, Timestamp};
use stampede_persistence::entity::order::CancelReason;
use stampede_persistence::retrying;
use uuid::Uuid;

use super::batch::BATCH;
use super::model::Step;
use super::store::{self, Initiator, OrderRecord, Transition};
use super::{DbOrders, OrderError};

/// The polling interval; a quarter of the 2 s within which an overdue order is
/// cancelled.
const POLL: Duration = Duration::from_millis(500);

/// The background task that cancels overdue orders. Several processes may run it:
/// each skips the rows that another one has locked.
#[derive(Debug, Clone)]
pub struct Expiry {
    orders: DbOrders,
}

impl Expiry {
    /// Creates the task for these orders.
    pub fn new(orders: DbOrders) -> Self {
        Self { orders }
    }

    /// Cancels overdue orders until the task is aborted.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.run_due().await {
                tracing::warn!(%error, "overdue orders could not be cancelled");
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Cancels all orders that are overdue now, and returns their number. An
    /// order that cannot be cancelled does not delay the others; the next call
    /// retries it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn run_due(&self) -> Result<u64, OrderError> {
        let now = self.orders.clock.now();
        let mut behind = (Timestamp(i64::MIN), OrderId(Uuid::nil()));
        let mut cancelled = 0;
        loop {
            let due = store::overdue(self.orders.db.reader(), now, behind, BATCH).await?;
            let Some(last) = due.last() else {
                return Ok(cancelled);
            };
            behind = *last;
            let ids: Vec<_> = due.into_iter().map(|(_, id)| id).collect();
            cancelled += self.cancel_batch(&ids, now).await;
        }
    }

    /// Cancels a batch in one transaction or, if that fails, each order in its
    /// own.
    async fn cancel_batch(&self, ids: &[OrderId], now: Timestamp) -> u64 {
        match retrying(|| self.orders.expire(ids, now)).await {
            Ok(cancelled) => cancelled,
            Err(error) => {
                tracing::warn!(%error, "overdue orders are cancelled one by one");
                self.cancel_each(ids, now).await
            }
        }
    }

    async fn cancel_each(&self, ids: &[OrderId], now: Timestamp) -> u64 {
        let mut cancelled = 0;
        for id in ids {
            match retrying(|| self.orders.expire(std::slice::from_ref(id), now)).await {
                Ok(one) => cancelled += one,
                Err(error) => {
                    tracing::error!(%error, order.id = %id, "an overdue order cannot be cancelled");
                }
            }
        }
        cancelled
    }
}

impl DbOrders {
    async fn expire(&self, ids: &[OrderId], now: Timestamp) -> Result<u64, OrderError> {
        let tx = self.db.begin_write().await?;
        let records = match self.expire_within(&tx, ids, now).await {
            Ok(records) => records,
            Err(error) => {
                // Dropped, its locks would outlive it, and the next try skips what is locked.
                if let Err(lost) = tx.rollback().await {
                    tracing::warn!(error = %lost, "a transaction could not be rolled back");
                }
                return Err(error);
            }
        };
        if records.is_empty() {
            return Ok(0);
        }
        fail_point!("expiry.commit");
        tx.commit().await?;
        fail_point!("expiry.committed");
        Ok(self.many_cancelled(&records))
    }

    async fn expire_within(
        &self,
        tx: &DatabaseTransaction,
        ids: &[OrderId],
        now: Timestamp,
    ) -> Result<Vec<OrderRecord>, OrderError> {
        let change = Transition::plain(Step::Cancel(CancelReason::Unpaid), Initiator::Shop, now);
        let ids = store::lock_overdue(tx, ids, now).await?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        self.cancel_locked(tx, &ids, &change).await
    }
}
