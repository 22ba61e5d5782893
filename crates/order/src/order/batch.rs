//! Cancelling many unpaid orders at once.

use sea_orm::DatabaseTransaction;
use stampede_kernel::{OrderId, SaleId};
use stampede_persistence::entity::order::CancelReason;
use stampede_persistence::retrying;

use super::model::Step;
use super::store::{self, By, Change, Filed};
use super::{DbOrders, OrderError, jobs};

/// Orders per transaction.
pub(super) const BATCH: u64 = 200;

impl DbOrders {
    /// Cancels every unpaid order of a sale, as an admin would each of them, and
    /// says how many those were. Buyers who pay meanwhile keep theirs.
    ///
    /// # Errors
    ///
    /// When the database fails; earlier batches stay cancelled.
    pub async fn call_off(&self, sale: SaleId) -> Result<u64, OrderError> {
        let mut called_off = 0;
        loop {
            let ids = store::unpaid_of(self.db.reader(), sale, BATCH).await?;
            if ids.is_empty() {
                return Ok(called_off);
            }
            called_off += retrying(|| self.call_off_batch(&ids)).await?;
        }
    }

    async fn call_off_batch(&self, ids: &[OrderId]) -> Result<u64, OrderError> {
        let step = Step::Cancel(CancelReason::Admin);
        let change = Change::plain(step, By::Shop, self.clock.now());
        let tx = self.db.begin_write().await?;
        let ids = store::hold_unpaid(&tx, ids).await?;
        let filed = self.cancel_held(&tx, &ids, &change).await?;
        tx.commit().await?;
        Ok(self.many_cancelled(&filed))
    }

    /// Cancels unpaid orders that the transaction holds: status, history, units, jobs.
    pub(super) async fn cancel_held(
        &self,
        tx: &DatabaseTransaction,
        ids: &[OrderId],
        change: &Change<'_>,
    ) -> Result<Vec<Filed>, OrderError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let cancelled = store::shift(tx, ids, change).await?;
        debug_assert_eq!(usize::try_from(cancelled).ok(), Some(ids.len()));
        store::record(tx, ids, change).await?;
        let filed = store::read(tx, ids).await?;
        self.release(tx, &filed, change).await?;
        jobs::push(tx, &filed, None, change.at).await?;
        Ok(filed)
    }

    /// After the commit: this process hears of it, and how many those were is told.
    pub(super) fn many_cancelled(&self, filed: &[Filed]) -> u64 {
        if !filed.is_empty() {
            self.db.wake_workers();
            self.stock_moved(filed.iter().map(|Filed { order, .. }| order));
        }
        u64::try_from(filed.len()).unwrap_or(u64::MAX)
    }
}
