//! A gate on a bad day.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use stampede_kernel::*;
use stampede_seckill::*;

/// It can forget everything, or come back with an older memory of its epoch, as a
/// replica that lags has it, which nobody can tell; it flips, and its verdicts
/// arrive, only when they are let.
pub(crate) struct FrailGate {
    clock: Arc<ManualClock>,
    memory: Mutex<Arc<MemoryGate>>,
    /// Knows each epoch as it was when it opened.
    older: Mutex<Option<Arc<MemoryGate>>>,
    /// Held while no flip is to happen.
    pub(crate) flips: tokio::sync::Mutex<()>,
    /// Held while no verdict is to arrive.
    pub(crate) verdicts: tokio::sync::Mutex<()>,
    waiting: AtomicUsize,
    takes: AtomicUsize,
}

impl FrailGate {
    pub(crate) fn new(clock: Arc<ManualClock>) -> Self {
        let empty = || Arc::new(MemoryGate::new(clock.clone()));
        Self {
            memory: Mutex::new(empty()),
            older: Mutex::new(Some(empty())),
            flips: tokio::sync::Mutex::default(),
            verdicts: tokio::sync::Mutex::default(),
            waiting: AtomicUsize::new(0),
            takes: AtomicUsize::new(0),
            clock,
        }
    }

    /// How many verdicts are on their way.
    pub(crate) fn asked(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// How often it was asked to judge, also when nobody was to be judged.
    pub(crate) fn takes(&self) -> usize {
        self.takes.load(Ordering::SeqCst)
    }

    /// It forgets everything.
    pub(crate) fn lose(&self) {
        *self.memory.lock().unwrap() = Arc::new(MemoryGate::new(self.clock.clone()));
    }

    /// It forgets what happened since its epoch was loaded; once.
    pub(crate) fn come_back_older(&self) {
        let older = self.older.lock().unwrap().take();
        *self.memory.lock().unwrap() = older.unwrap();
    }

    fn memory(&self) -> Arc<MemoryGate> {
        self.memory.lock().unwrap().clone()
    }

    fn older(&self) -> Option<Arc<MemoryGate>> {
        self.older.lock().unwrap().clone()
    }
}

/// Counted as long as it lives; whoever waits may die.
struct Waits<'a>(&'a AtomicUsize);

impl<'a> Waits<'a> {
    fn of(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[async_trait]
impl Gate for FrailGate {
    async fn take(&self, sale: SaleId, epoch: Epoch, batch: Batch<'_>) -> Result<Taken, GateError> {
        self.takes.fetch_add(1, Ordering::SeqCst);
        let taken = self.memory().take(sale, epoch, batch).await;
        let _waits = Waits::of(&self.waiting);
        let _turn = self.verdicts.lock().await;
        taken
    }

    async fn done(
        &self,
        sale: SaleId,
        epoch: Epoch,
        batch: BatchId,
        orders: &[(TicketId, Option<OrderId>)],
    ) -> Result<Acknowledged, GateError> {
        self.memory().done(sale, epoch, batch, orders).await
    }

    async fn give(
        &self,
        sale: SaleId,
        epoch: Epoch,
        tickets: &[(TicketId, TicketEnd)],
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

    async fn dump(&self, sale: SaleId, epoch: Epoch) -> Result<GateDump, GateError> {
        self.memory().dump(sale, epoch).await
    }

    async fn now(&self, sale: SaleId) -> Result<Timestamp, GateError> {
        self.memory().now(sale).await
    }

    async fn run_id(&self, sale: SaleId) -> Result<RunId, GateError> {
        self.memory().run_id(sale).await
    }

    async fn load(&self, sale: SaleId, epoch: Epoch, part: Chunk<'_>) -> Result<(), GateError> {
        if let Some(older) = self.older() {
            older.load(sale, epoch, part).await?;
        }
        self.memory().load(sale, epoch, part).await
    }

    async fn loaded(&self, sale: SaleId, epoch: Epoch) -> Result<Option<u64>, GateError> {
        self.memory().loaded(sale, epoch).await
    }

    fn forget(&self, sale: SaleId) {
        self.memory().forget(sale);
    }

    async fn flip(&self, sale: SaleId, flip: &Flip) -> Result<Flipped, GateError> {
        let _turn = self.flips.lock().await;
        if let Some(older) = self.older() {
            older.flip(sale, flip).await?;
        }
        self.memory().flip(sale, flip).await
    }
}
