//! A gate on a bad day.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use stampede_kernel::*;
use stampede_seckill::*;
use tokio::sync::Mutex;

/// It can come back with an older memory of its epoch, as a replica that lags
/// has it, and nobody can tell; it flips, and its verdicts arrive, only when they
/// are let.
pub(crate) struct FrailGate {
    now: MemoryGate,
    older: MemoryGate,
    came_back: AtomicBool,
    /// Held while no flip is to happen.
    pub(crate) flips: Mutex<()>,
    /// Held while no verdict is to arrive.
    pub(crate) verdicts: Mutex<()>,
}

impl FrailGate {
    pub(crate) fn new(clock: std::sync::Arc<ManualClock>) -> Self {
        Self {
            now: MemoryGate::new(clock.clone()),
            older: MemoryGate::new(clock),
            came_back: AtomicBool::new(false),
            flips: Mutex::default(),
            verdicts: Mutex::default(),
        }
    }

    /// It forgets what happened since its epoch was loaded.
    pub(crate) fn come_back_older(&self) {
        self.came_back.store(true, Ordering::SeqCst);
    }

    fn memory(&self) -> &MemoryGate {
        if self.came_back.load(Ordering::SeqCst) {
            &self.older
        } else {
            &self.now
        }
    }
}

#[async_trait]
impl Gate for FrailGate {
    async fn take(&self, sale: SaleId, epoch: Epoch, batch: Batch<'_>) -> Result<Taken, GateError> {
        let taken = self.memory().take(sale, epoch, batch).await;
        let _turn = self.verdicts.lock().await;
        taken
    }

    async fn done(
        &self,
        sale: SaleId,
        epoch: Epoch,
        batch: BatchId,
        orders: &[(TicketId, Option<OrderId>)],
    ) -> Result<Settled, GateError> {
        self.memory().done(sale, epoch, batch, orders).await
    }

    async fn give(
        &self,
        sale: SaleId,
        epoch: Epoch,
        tickets: &[(TicketId, End)],
    ) -> Result<Vec<Given>, GateError> {
        self.memory().give(sale, epoch, tickets).await
    }

    async fn known(&self, sale: SaleId, epoch: Epoch) -> Result<Vec<UserId>, GateError> {
        self.memory().known(sale, epoch).await
    }

    async fn open_batches(
        &self,
        sale: SaleId,
        epoch: Epoch,
    ) -> Result<Vec<(BatchId, Vec<TicketId>)>, GateError> {
        self.memory().open_batches(sale, epoch).await
    }

    async fn books(&self, sale: SaleId, epoch: Epoch) -> Result<Books, GateError> {
        self.memory().books(sale, epoch).await
    }

    async fn run_id(&self, sale: SaleId) -> Result<RunId, GateError> {
        self.now.run_id(sale).await
    }

    async fn load(&self, sale: SaleId, epoch: Epoch, part: Part<'_>) -> Result<(), GateError> {
        self.older.load(sale, epoch, part).await?;
        self.now.load(sale, epoch, part).await
    }

    async fn flip(&self, sale: SaleId, flip: &Flip) -> Result<Flipped, GateError> {
        let _turn = self.flips.lock().await;
        self.older.flip(sale, flip).await?;
        self.now.flip(sale, flip).await
    }
}
