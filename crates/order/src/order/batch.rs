//! Cancelling many unpaid orders at once.

use sea_orm::DatabaseTransaction;
use stampede_kernel::{OrderId, SaleId};
use stampede_persistence::entity::order::CancelReason;
use stampede_persistence::retrying;

use super::model::Step;
use super::store::{self, Initiator, OrderRecord, Transition};
use super::{DbOrders, OrderError, jobs};

/// Orders per transaction.
pub(super) const BATCH: u64 = 200;

impl DbOrders {
    /// Cancels every unpaid order of a sale with the reason "admin", and
    /// returns their number. Orders that are paid meanwhile are kept.
    ///
    /// # Errors
    ///
    /// When the database fails; earlier batches stay cancelled.
    pub async fn cancel_sale_orders(&self, sale: SaleId) -> Result<u64, OrderError> {
        let mut cancelled = 0;
        loop {
            let ids = store::unpaid_of(self.db.reader(), sale, BATCH).await?;
            if ids.is_empty() {
                return Ok(cancelled);
            }
            cancelled += retrying(|| self.cancel_sale_batch(&ids)).await?;
        }
    }

    async fn cancel_sale_batch(&self, ids: &[OrderId]) -> Result<u64, OrderError> {
        let step = Step::Cancel(CancelReason::Admin);
        let change = Transition::plain(step, Initiator::Shop, self.clock.now());
        let tx = self.db.begin_write().await?;
        let ids = store::lock_unpaid(&tx, ids).await?;
        let records = self.cancel_locked(&tx, &ids, &change).await?;
        tx.commit().await?;
        Ok(self.many_cancelled(&records))
    }

    /// Cancels unpaid orders whose rows are locked: status, history, units,
    /// jobs.
    pub(super) async fn cancel_locked(
        &self,
        tx: &DatabaseTransaction,
        ids: &[OrderId],
        change: &Transition<'_>,
    ) -> Result<Vec<OrderRecord>, OrderError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let cancelled = store::transition(tx, ids, change).await?;
        debug_assert_eq!(usize::try_from(cancelled).ok(), Some(ids.len()));
        store::record_history(tx, ids, change).await?;
        let records = store::load_ids(tx, ids).await?;
        self.release(tx, &records, change).await?;
        jobs::push(tx, &records, None, change.at).await?;
        Ok(records)
    }

    /// Notifies this process after the commit, and returns the number of
    /// cancelled orders.
    pub(super) fn many_cancelled(&self, records: &[OrderRecord]) -> u64 {
        if !records.is_empty() {
            self.db.wake_workers();
            self.stock_moved(records.iter().map(|OrderRecord { order, .. }| order));
        }
        u64::try_from(records.len()).unwrap_or(u64::MAX)
    }
}
