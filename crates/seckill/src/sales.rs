//! The sales of one process, and what runs beside the requests.

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
use crate::context::{Ground, Partners, SaleSettings};
use crate::gate_clock::GateClock;
use crate::queue::Counter;
use crate::return_units::Giver;
use crate::sale::{SaleError, store};
use crate::seller_lock::Owner;
use crate::single_flight::Recent;
use crate::ticket::TicketIds;

/// How often a process looks after its sales.
const EVERY: Duration = Duration::from_secs(1);
/// How long before its start a sale is loaded into the gate.
pub(crate) const PREHEAT: Duration = Duration::from_mins(1);
/// How long a counter rests whose task has panicked.
const AFTER_PANIC: Duration = Duration::from_millis(100);
/// How many sales are looked after at once: a load that is waited for holds up few.
const ABREAST: usize = 8;
/// How long a sale that was closed stays in memory: many still ask about it.
const REMEMBERED: Duration = Duration::from_hours(1);
/// How many sales that are over are known between two looks.
const PAST: usize = 256;
/// How long after its end a sale is closed: what was admitted may still commit.
pub(crate) const GRACE: Duration = Duration::from_secs(2);

/// The sales of one process. Cheap to clone.
#[derive(Clone)]
pub struct Sales {
    pub(crate) ground: Arc<Ground>,
    pub(crate) owner: Arc<Owner>,
    counters: Arc<RwLock<HashMap<SaleId, Arc<Counter>>>>,
    /// What everybody sees in the list, read at most a few times a second.
    pub(crate) listed: Arc<Recent<Arc<Vec<Config>>>>,
    /// Sales that were over when somebody asked, since the last look. Nothing of them
    /// changes any more, and nobody serves them.
    past: Arc<Lock<HashMap<SaleId, Arc<Counter>>>>,
    /// Counters that nobody serves yet.
    opened: mpsc::UnboundedSender<Arc<Counter>>,
    openings: Arc<Mutex<mpsc::UnboundedReceiver<Arc<Counter>>>>,
}

impl Sales {
    /// Sales of this database. [`Sales::run`] is to be spawned once.
    pub fn new(
        db: Database,
        clock: Arc<dyn Clock>,
        partners: Partners,
        tickets: TicketIds,
        owner: Owner,
        settings: SaleSettings,
    ) -> Self {
        let (opened, openings) = mpsc::unbounded_channel();
        let counters = Arc::<RwLock<HashMap<SaleId, Arc<Counter>>>>::default();
        let listed = Arc::<Recent<Arc<Vec<Config>>>>::default();
        let of_news = (Arc::downgrade(&counters), Arc::downgrade(&listed));
        db.news().subscribe(move |change| {
            if let Some(counters) = of_news.0.upgrade() {
                hear(&counters, change);
            }
            let Some(listed) = of_news.1.upgrade() else {
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
            ground: Arc::new(Ground {
                db,
                clock,
                partners,
                tickets,
                settings,
                gate_clock: GateClock::default(),
            }),
            owner: Arc::new(owner),
            counters,
            listed,
            past: Arc::default(),
            opened,
            openings: Arc::new(Mutex::new(openings)),
        }
    }

    /// Who gives released units back to the gate.
    pub fn workers(&self) -> Vec<Arc<dyn Worker>> {
        vec![Arc::new(Giver::new(Arc::clone(&self.ground)))]
    }

    /// Whether this process sells: of several whose gate is in memory, one does.
    pub fn sells(&self) -> bool {
        self.owner.sells()
    }

    /// How many sales this process keeps in memory.
    pub fn in_memory(&self) -> usize {
        let counters = self.counters.read().unwrap_or_else(PoisonError::into_inner);
        counters.len()
    }

    /// Serves the counters and looks after the sales, for ever. Run again after it was
    /// ended, it serves all that there are.
    pub async fn run(self) {
        let mut openings = self.openings.lock().await;
        let mut serving = Serving::default();
        while openings.try_recv().is_ok() {}
        for counter in self.all() {
            serving.begin(counter, Duration::ZERO);
        }
        let mut each = tokio::time::interval(EVERY);
        each.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let sales = self.clone();
        let mut looking = tokio::spawn(async {});
        loop {
            tokio::select! {
                Some(counter) = openings.recv() => serving.begin(counter, Duration::ZERO),
                () = serving.ended() => {}
                _ = each.tick() => {
                    if looking.is_finished() {
                        let sales = sales.clone();
                        looking = tokio::spawn(async move { sales.look_after().await });
                    }
                }
            }
        }
    }

    /// One look at every sale that is not over: it is loaded, swept and closed as
    /// is due. What fails is logged and tried again at the next look.
    pub async fn look_after(&self) {
        self.owner.look().await;
        self.forget().await;
        if !self.owner.sells() {
            return;
        }
        let horizon = self.latest().await.plus(PREHEAT);
        match store::running(self.ground.db.reader(), horizon).await {
            Ok(running) => {
                let looks = stream::iter(running).map(|sale| async move {
                    if let Err(error) = self.look_at(sale).await {
                        tracing::warn!(%error, sale = sale.0, "a sale is not looked after");
                    }
                });
                looks.buffer_unordered(ABREAST).collect::<()>().await;
            }
            Err(error) => tracing::warn!(%error, "the sales cannot be read"),
        }
    }

    /// The time by the gate's clock or this process's, whichever is later: a process
    /// whose clock is behind looks after what is on all the same.
    async fn latest(&self) -> Timestamp {
        let own = self.ground.clock.now();
        match self.ground.partners.gate.now(SaleId(0)).await {
            Ok(gate) => {
                self.ground.gate_clock.learn(gate, own);
                own.max(gate)
            }
            Err(_) => own,
        }
    }

    /// Drops what is kept in memory of sales that were closed long ago.
    async fn forget(&self) {
        self.past().clear();
        let now = self.ground.clock.now();
        for counter in self.all() {
            // A process that does not sell hears of the end by the news alone.
            if counter.is_stale() && counter.config().await.is_err() {
                continue;
            }
            let closed_at = counter.known().closed_at;
            if closed_at.is_none_or(|at| now < at.plus(REMEMBERED)) {
                continue;
            }
            let mut counters = self
                .counters
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            counters.remove(&counter.sale);
            drop(counters);
            counter.close();
            self.ground.partners.gate.forget(counter.sale);
        }
    }

    fn all(&self) -> Vec<Arc<Counter>> {
        let counters = self.counters.read().unwrap_or_else(PoisonError::into_inner);
        counters.values().map(Arc::clone).collect()
    }

    fn past(&self) -> std::sync::MutexGuard<'_, HashMap<SaleId, Arc<Counter>>> {
        self.past.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn look_at(&self, sale: SaleId) -> Result<(), SaleError> {
        let counter = self.counter(sale).await?;
        let config = counter.config().await?;
        let now = self.ground.partners.gate.now(sale).await?;
        if now >= config.closes_at() {
            return self.close(sale, now).await;
        }
        let config = counter.align().await?;
        if config.closed_at.is_some() {
            return Ok(());
        }
        counter.sweep(&config).await
    }

    /// The counter of a sale; of one that is over, one that lasts until the next look.
    pub(crate) async fn counter(&self, sale: SaleId) -> Result<Arc<Counter>, SaleError> {
        if let Some(counter) = self.open(sale) {
            return Ok(counter);
        }
        let config = self.ground.config(sale).await?.ok_or(SaleError::NotFound)?;
        let over = config.closed_at.is_some();
        let counter = Arc::new(Counter::new(Arc::clone(&self.ground), config));
        if over {
            counter.close();
            let mut past = self.past();
            if past.len() >= PAST {
                past.clear();
            }
            past.insert(sale, Arc::clone(&counter));
            return Ok(counter);
        }
        let mut counters = self
            .counters
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let open = counters.entry(sale).or_insert_with(|| {
            // Heard as soon as `run` runs.
            let _ = self.opened.send(Arc::clone(&counter));
            counter
        });
        Ok(Arc::clone(open))
    }

    fn open(&self, sale: SaleId) -> Option<Arc<Counter>> {
        let counters = self.counters.read().unwrap_or_else(PoisonError::into_inner);
        let open = counters.get(&sale).map(Arc::clone);
        drop(counters);
        open.or_else(|| self.past().get(&sale).map(Arc::clone))
    }
}

/// The tasks that serve counters. One that ends before its counter is closed has
/// panicked, and is begun again.
#[derive(Default)]
struct Serving {
    tasks: JoinSet<()>,
    counters: HashMap<Id, Arc<Counter>>,
}

impl Serving {
    fn begin(&mut self, counter: Arc<Counter>, after: Duration) {
        let served = Arc::clone(&counter);
        let task = self.tasks.spawn(async move {
            tokio::time::sleep(after).await;
            served.serve().await;
        });
        self.counters.insert(task.id(), counter);
    }

    /// Waits for a task that ends; for ever when there is none.
    async fn ended(&mut self) {
        let Some(ended) = self.tasks.join_next_with_id().await else {
            return std::future::pending().await;
        };
        match ended {
            Ok((id, ())) => {
                self.counters.remove(&id);
            }
            Err(error) => {
                let counter = self.counters.remove(&error.id());
                let sale = counter.as_ref().map(|counter| counter.sale.0);
                tracing::error!(%error, sale, "a counter's task ended, and is begun again");
                metrics::counter!("stampede_sale_task_restarts_total").increment(1);
                if let Some(counter) = counter {
                    self.begin(counter, AFTER_PANIC);
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

fn hear(counters: &RwLock<HashMap<SaleId, Arc<Counter>>>, change: &Change) {
    let counters = counters.read().unwrap_or_else(PoisonError::into_inner);
    match change {
        Change::Row(Topic::Sale, id) => {
            if let Some(counter) = counters.get(&SaleId(*id)) {
                counter.changed();
            }
        }
        // What an order says of the product may have changed.
        Change::Row(Topic::Product, id) => {
            for counter in counters.values() {
                if counter.known().line.product.0 == *id {
                    counter.changed();
                }
            }
        }
        Change::Everything => counters.values().for_each(|counter| counter.changed()),
        Change::Row(_, _) => {}
    }
}
