//! The sales of one process and their background tasks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as Lock, PoisonError, RwLock};
use std::time::Duration;

use futures::StreamExt;
use futures::stream;
use stampede_kernel::{Clock, SaleId, Timestamp};
use stampede_persistence::job::Worker;
use stampede_persistence::{Change, Database, Topic};
use tokio::sync::{Mutex, mpsc};
use tokio::task::{Id, JoinSet};

use crate::config::Config;
use crate::context::{Context, Dependencies, SaleSettings};
use crate::gate_clock::GateClock;
use crate::queue::SaleQueue;
use crate::return_units::ReturnUnitsWorker;
use crate::sale::{SaleError, store};
use crate::seller_lock::SellerLock;
use crate::single_flight::SingleFlightCache;
use crate::ticket::TicketIds;

/// The interval of maintenance: load, sweep, close.
const INTERVAL: Duration = Duration::from_secs(1);
/// How long before its start a sale is loaded into the gate.
pub(crate) const PREHEAT: Duration = Duration::from_mins(1);
/// The delay before the task of a queue restarts after a panic.
const AFTER_PANIC: Duration = Duration::from_millis(100);
/// Sales that are maintained concurrently, so that one slow load delays few others.
const CONCURRENCY: usize = 8;
/// How long a closed sale stays in memory, since many clients still ask about it.
const KEEP_CLOSED: Duration = Duration::from_hours(1);
/// Closed sales that are cached between two maintenance runs.
const MAX_CLOSED: usize = 256;
/// The time between the end of a sale and its closing, in which admitted claims may
/// still commit.
pub(crate) const GRACE: Duration = Duration::from_secs(2);

/// The sales of one process. Cheap to clone.
#[derive(Clone)]
pub struct Sales {
    pub(crate) context: Arc<Context>,
    pub(crate) seller_lock: Arc<SellerLock>,
    queues: Arc<RwLock<HashMap<SaleId, Arc<SaleQueue>>>>,
    /// The public list of sales, read at most a few times a second.
    pub(crate) listed: Arc<SingleFlightCache<Arc<Vec<Config>>>>,
    /// Queues of closed sales that were requested since the last maintenance.
    /// They never change and have no task.
    closed: Arc<Lock<HashMap<SaleId, Arc<SaleQueue>>>>,
    /// Queues whose task is not started yet.
    opened: mpsc::UnboundedSender<Arc<SaleQueue>>,
    openings: Arc<Mutex<mpsc::UnboundedReceiver<Arc<SaleQueue>>>>,
}

impl Sales {
    /// Sales of this database. The caller spawns [`Sales::run`] once.
    pub fn new(
        db: Database,
        clock: Arc<dyn Clock>,
        dependencies: Dependencies,
        tickets: TicketIds,
        seller_lock: SellerLock,
        settings: SaleSettings,
    ) -> Self {
        let (opened, openings) = mpsc::unbounded_channel();
        let queues = Arc::<RwLock<HashMap<SaleId, Arc<SaleQueue>>>>::default();
        let listed = Arc::<SingleFlightCache<Arc<Vec<Config>>>>::default();
        let subscribed = (Arc::downgrade(&queues), Arc::downgrade(&listed));
        db.changes().subscribe(move |change| {
            if let Some(queues) = subscribed.0.upgrade() {
                mark_stale(&queues, change);
            }
            let Some(listed) = subscribed.1.upgrade() else {
                return;
            };
            match change {
                Change::Row(Topic::Sale | Topic::Product, _) | Change::Everything => {
                    listed.forget();
                }
                Change::Row(_, _) => {}
            }
        });
        Self {
            context: Arc::new(Context {
                db,
                clock,
                dependencies,
                tickets,
                settings,
                gate_clock: GateClock::default(),
            }),
            seller_lock: Arc::new(seller_lock),
            queues,
            listed,
            closed: Arc::default(),
            opened,
            openings: Arc::new(Mutex::new(openings)),
        }
    }

    /// The job workers of sales.
    pub fn workers(&self) -> Vec<Arc<dyn Worker>> {
        vec![Arc::new(ReturnUnitsWorker::new(Arc::clone(&self.context)))]
    }

    /// Whether this process sells. With a gate in memory only one process does.
    pub fn sells(&self) -> bool {
        self.seller_lock.sells()
    }

    /// The number of sales that this process keeps in memory.
    pub fn in_memory(&self) -> usize {
        let queues = self.queues.read().unwrap_or_else(PoisonError::into_inner);
        queues.len()
    }

    /// Serves the queues and maintains the sales until the task is aborted. It
    /// can be run again: then it serves all existing queues.
    pub async fn run(self) {
        let mut openings = self.openings.lock().await;
        let mut serving = QueueTasks::default();
        while openings.try_recv().is_ok() {}
        for queue in self.all() {
            serving.begin(queue, Duration::ZERO);
        }
        let mut each = tokio::time::interval(INTERVAL);
        each.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let sales = self.clone();
        let mut maintenance = tokio::spawn(async {});
        loop {
            tokio::select! {
                Some(queue) = openings.recv() => serving.begin(queue, Duration::ZERO),
                () = serving.ended() => {}
                _ = each.tick() => {
                    if maintenance.is_finished() {
                        let sales = sales.clone();
                        maintenance = tokio::spawn(async move { sales.maintain().await });
                    }
                }
            }
        }
    }

    /// Maintains every sale that is not over: loads it, recovers orphaned
    /// batches, and closes it when it is due. A failure is logged and retried
    /// at the next run.
    pub async fn maintain(&self) {
        self.seller_lock.refresh().await;
        self.forget().await;
        if !self.seller_lock.sells() {
            return;
        }
        let horizon = self.latest_time().await.plus(PREHEAT);
        match store::running(self.context.db.reader(), horizon).await {
            Ok(running) => {
                let tasks = stream::iter(running).map(|sale| async move {
                    if let Err(error) = self.maintain_sale(sale).await {
                        tracing::warn!(%error, sale = sale.0, "a sale is not looked after");
                    }
                });
                tasks.buffer_unordered(CONCURRENCY).collect::<()>().await;
            }
            Err(error) => tracing::warn!(%error, "the sales cannot be read"),
        }
    }

    /// The later of the gate's time and this process's time, so that a process
    /// whose clock is behind maintains a running sale too.
    async fn latest_time(&self) -> Timestamp {
        let own = self.context.clock.now();
        match self.context.dependencies.gate.now(SaleId(0)).await {
            Ok(gate) => {
                self.context.gate_clock.observe(gate, own);
                own.max(gate)
            }
            Err(_) => own,
        }
    }

    /// Drops sales from memory that were closed long ago.
    async fn forget(&self) {
        self.closed().clear();
        let now = self.context.clock.now();
        for queue in self.all() {
            // A process that does not sell learns of the end only by
            // change events.
            if queue.is_stale() && queue.config().await.is_err() {
                continue;
            }
            let closed_at = queue.known().closed_at;
            if closed_at.is_none_or(|at| now < at.plus(KEEP_CLOSED)) {
                continue;
            }
            let mut queues = self.queues.write().unwrap_or_else(PoisonError::into_inner);
            queues.remove(&queue.sale);
            drop(queues);
            queue.close();
            self.context.dependencies.gate.forget(queue.sale);
        }
    }

    fn all(&self) -> Vec<Arc<SaleQueue>> {
        let queues = self.queues.read().unwrap_or_else(PoisonError::into_inner);
        queues.values().map(Arc::clone).collect()
    }

    fn closed(&self) -> std::sync::MutexGuard<'_, HashMap<SaleId, Arc<SaleQueue>>> {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn maintain_sale(&self, sale: SaleId) -> Result<(), SaleError> {
        let queue = self.queue(sale).await?;
        let config = queue.config().await?;
        let now = self.context.dependencies.gate.now(sale).await?;
        if now >= config.closes_at() {
            return self.close(sale, now).await;
        }
        let config = queue.resync().await?;
        if config.closed_at.is_some() {
            return Ok(());
        }
        queue.sweep(&config).await
    }

    /// The queue of a sale. That of a closed sale is kept until the next
    /// maintenance.
    pub(crate) async fn queue(&self, sale: SaleId) -> Result<Arc<SaleQueue>, SaleError> {
        if let Some(queue) = self.open(sale) {
            return Ok(queue);
        }
        let config = self
            .context
            .config(sale)
            .await?
            .ok_or(SaleError::NotFound)?;
        let over = config.closed_at.is_some();
        let queue = Arc::new(SaleQueue::new(Arc::clone(&self.context), config));
        if over {
            queue.close();
            let mut closed = self.closed();
            if closed.len() >= MAX_CLOSED {
                closed.clear();
            }
            closed.insert(sale, Arc::clone(&queue));
            return Ok(queue);
        }
        let mut queues = self.queues.write().unwrap_or_else(PoisonError::into_inner);
        let open = queues.entry(sale).or_insert_with(|| {
            // Received as soon as `run` is running.
            let _ = self.opened.send(Arc::clone(&queue));
            queue
        });
        Ok(Arc::clone(open))
    }

    fn open(&self, sale: SaleId) -> Option<Arc<SaleQueue>> {
        let queues = self.queues.read().unwrap_or_else(PoisonError::into_inner);
        let open = queues.get(&sale).map(Arc::clone);
        drop(queues);
        open.or_else(|| self.closed().get(&sale).map(Arc::clone))
    }
}

/// The tasks that serve queues. A task that ends before its queue is closed has
/// panicked, and is restarted.
#[derive(Default)]
struct QueueTasks {
    tasks: JoinSet<()>,
    queues: HashMap<Id, Arc<SaleQueue>>,
}

impl QueueTasks {
    fn begin(&mut self, queue: Arc<SaleQueue>, after: Duration) {
        let served = Arc::clone(&queue);
        let task = self.tasks.spawn(async move {
            tokio::time::sleep(after).await;
            served.serve().await;
        });
        self.queues.insert(task.id(), queue);
    }

    /// Waits until a task ends; never returns when there is none.
    async fn ended(&mut self) {
        let Some(ended) = self.tasks.join_next_with_id().await else {
            return std::future::pending().await;
        };
        match ended {
            Ok((id, ())) => {
                self.queues.remove(&id);
            }
            Err(error) => {
                let queue = self.queues.remove(&error.id());
                let sale = queue.as_ref().map(|queue| queue.sale.0);
                tracing::error!(%error, sale, "a counter's task ended, and is begun again");
                metrics::counter!("stampede_sale_task_restarts_total").increment(1);
                if let Some(queue) = queue {
                    self.begin(queue, AFTER_PANIC);
                }
            }
        }
    }
}

impl std::fmt::Debug for Sales {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sales").finish_non_exhaustive()
    }
}

fn mark_stale(queues: &RwLock<HashMap<SaleId, Arc<SaleQueue>>>, change: &Change) {
    let queues = queues.read().unwrap_or_else(PoisonError::into_inner);
    match change {
        Change::Row(Topic::Sale, id) => {
            if let Some(queue) = queues.get(&SaleId(*id)) {
                queue.changed();
            }
        }
        // The product data that orders copy may have changed.
        Change::Row(Topic::Product, id) => {
            for queue in queues.values() {
                if queue.known().line.product.0 == *id {
                    queue.changed();
                }
            }
        }
        Change::Everything => queues.values().for_each(|queue| queue.changed()),
        Change::Row(_, _) => {}
    }
}
