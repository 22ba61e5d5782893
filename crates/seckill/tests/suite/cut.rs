//! A gate that one process cannot reach, while others do.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use stampede_kernel::*;
use stampede_seckill::*;

/// The gate of another process, behind a line that may be cut.
pub(crate) struct CutGate {
    gate: Arc<dyn Gate>,
    away: AtomicBool,
}

impl CutGate {
    pub(crate) fn off(gate: Arc<dyn Gate>) -> Self {
        Self {
            gate,
            away: AtomicBool::new(true),
        }
    }

    pub(crate) fn mend(&self) {
        self.away.store(false, Ordering::SeqCst);
    }

    fn way(&self) -> Result<&dyn Gate, GateError> {
        if self.away.load(Ordering::SeqCst) {
            return Err(GateError::Unreachable("the line is cut".into()));
        }
        Ok(self.gate.as_ref())
    }
}

#[async_trait]
impl Gate for CutGate {
    async fn now(&self, sale: SaleId) -> Result<Timestamp, GateError> {
        self.way()?.now(sale).await
    }

    async fn take(&self, sale: SaleId, epoch: Epoch, batch: Batch<'_>) -> Result<Taken, GateError> {
        self.way()?.take(sale, epoch, batch).await
    }

    async fn done(
        &self,
        sale: SaleId,
        epoch: Epoch,
        batch: BatchId,
        orders: &[(TicketId, Option<OrderId>)],
    ) -> Result<Acknowledged, GateError> {
        self.way()?.done(sale, epoch, batch, orders).await
    }

    async fn give(
        &self,
        sale: SaleId,
        epoch: Epoch,
        tickets: &[(TicketId, TicketEnd)],
    ) -> Result<Vec<Given>, GateError> {
        self.way()?.give(sale, epoch, tickets).await
    }

    async fn known(&self, sale: SaleId, epoch: Epoch) -> Result<Vec<UserId>, GateError> {
        self.way()?.known(sale, epoch).await
    }

    async fn open_batches(
        &self,
        sale: SaleId,
        epoch: Epoch,
    ) -> Result<Vec<(BatchId, Vec<TicketId>)>, GateError> {
        self.way()?.open_batches(sale, epoch).await
    }

    async fn dump(&self, sale: SaleId, epoch: Epoch) -> Result<GateDump, GateError> {
        self.way()?.dump(sale, epoch).await
    }

    async fn run_id(&self, sale: SaleId) -> Result<RunId, GateError> {
        self.way()?.run_id(sale).await
    }

    async fn load(&self, sale: SaleId, epoch: Epoch, part: Chunk<'_>) -> Result<(), GateError> {
        self.way()?.load(sale, epoch, part).await
    }

    async fn loaded(&self, sale: SaleId, epoch: Epoch) -> Result<Option<u64>, GateError> {
        self.way()?.loaded(sale, epoch).await
    }

    fn forget(&self, sale: SaleId) {
        self.gate.forget(sale);
    }

    async fn flip(&self, sale: SaleId, flip: &Flip) -> Result<Flipped, GateError> {
        self.way()?.flip(sale, flip).await
    }
}
