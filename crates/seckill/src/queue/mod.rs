//! The queue of one sale in one process: waiting claims, the batch in flight, and
//! caches of the gate's answers.

mod batcher;
mod claims;
mod in_flight;
mod sold_out;
mod sweep;

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use stampede_kernel::{SaleId, Timestamp, UserId};
use tokio::time::Instant;

use crate::claim_stats::ClaimStats;
use crate::config::Config;
use crate::context::Context;
use crate::gate::{Batch, BatchId, Epoch, GateError, Taken};
use crate::sale::{SaleError, store};
use crate::single_flight::SingleFlightCache;

use claims::ClaimQueue;
pub(crate) use claims::{Rejection, Reply, WaitingClaim};
use sold_out::SoldOutCache;

/// The polling interval while another process loads the gate.
const POLL: Duration = Duration::from_millis(20);
/// How long a new epoch may exist before its load must be visible at the gate.
const START_TIMEOUT: Duration = Duration::from_millis(100);

/// Recorded refusals because of a missing address, per buyer and sale.
const MAX_ADDRESS_REFUSALS: u64 = 8;
/// Buyers without an address that are cached per sale. When there are more, the
/// cache is emptied, and each buyer may be admitted and refused once more.
const MAX_WITHOUT_ADDRESS: usize = 10_000;

/// The queue of one sale in this process.
pub(crate) struct SaleQueue {
    pub(crate) sale: SaleId,
    pub(crate) stats: ClaimStats,
    pub(crate) context: Arc<Context>,
    config: RwLock<Arc<Config>>,
    /// Whether the sale has changed since `config` was read.
    stale: AtomicBool,
    /// The number of requests to read `config`.
    wanted: AtomicU64,
    /// The number of those requests that are answered. The lock admits one read
    /// at a time.
    read: tokio::sync::Mutex<u64>,
    /// The epoch of the gate's last answer.
    answered: AtomicI64,
    claims: ClaimQueue,
    sold_out: SoldOutCache,
    /// Held by the task that serves the queue.
    serving: tokio::sync::Mutex<()>,
    /// Held while a batch is at the gate, so that claims are admitted in the order in
    /// which they came.
    at_gate: tokio::sync::Mutex<()>,
    /// Admits one resync at a time.
    loading: tokio::sync::Mutex<()>,
    /// Open batches of the gate, with the time at which the sweep first saw
    /// them.
    orphans: Mutex<HashMap<BatchId, Instant>>,
    /// The last answer of the gate, for requests that show the sale; `None`
    /// when the gate did not answer.
    last_answer: SingleFlightCache<(Epoch, Option<Taken>)>,
    /// The units left according to the database.
    last_left: SingleFlightCache<i64>,
    /// The time since which the live view has seen units missing.
    pub(crate) short: Mutex<Option<Timestamp>>,
    /// Buyers who were refused so often because of a missing address that their
    /// address is checked before the gate is called.
    without_address: Mutex<HashSet<UserId>>,
}

impl SaleQueue {
    pub(crate) fn new(context: Arc<Context>, config: Config) -> Self {
        Self {
            sale: config.id,
            stats: ClaimStats::default(),
            context,
            config: RwLock::new(Arc::new(config)),
            stale: AtomicBool::new(false),
            wanted: AtomicU64::new(0),
            read: tokio::sync::Mutex::default(),
            answered: AtomicI64::new(0),
            claims: ClaimQueue::default(),
            sold_out: SoldOutCache::default(),
            serving: tokio::sync::Mutex::default(),
            at_gate: tokio::sync::Mutex::default(),
            loading: tokio::sync::Mutex::default(),
            orphans: Mutex::default(),
            last_answer: SingleFlightCache::default(),
            last_left: SingleFlightCache::default(),
            short: Mutex::default(),
            without_address: Mutex::default(),
        }
    }

    /// Returns the sale's configuration, read again if the sale has changed.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub(crate) async fn config(&self) -> Result<Arc<Config>, SaleError> {
        if self.stale.load(Ordering::Acquire) {
            return self.refresh().await;
        }
        Ok(self.known())
    }

    /// Returns the cached configuration.
    pub(crate) fn known(&self) -> Arc<Config> {
        let config = self.config.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&config)
    }

    /// Marks the cached configuration as stale.
    pub(crate) fn changed(&self) {
        self.stale.store(true, Ordering::Release);
    }

    /// Reads the configuration. The database is right even if its epoch went
    /// back, as after a restore. Reads do not overlap, so that an older result
    /// never replaces a newer one; waiting callers share the next read.
    async fn refresh(&self) -> Result<Arc<Config>, SaleError> {
        let turn = self.wanted.fetch_add(1, Ordering::AcqRel) + 1;
        let mut read = self.read.lock().await;
        if *read >= turn {
            return Ok(self.known());
        }
        let answered = self.wanted.load(Ordering::Acquire);
        self.stale.store(false, Ordering::Release);
        let fresh = self.context.config(self.sale).await;
        let Ok(Some(fresh)) = fresh else {
            self.changed();
            return Err(fresh.err().unwrap_or(SaleError::NotFound));
        };
        *read = answered;
        let fresh = Arc::new(fresh);
        let mut config = self.config.write().unwrap_or_else(PoisonError::into_inner);
        *config = Arc::clone(&fresh);
        Ok(fresh)
    }

    /// Whether a claim of `user` is rejected as sold out without a gate call.
    pub(crate) fn rejects(&self, user: UserId, now: Timestamp) -> bool {
        self.sold_out.rejects(user, now)
    }

    /// Whether `user` has a ticket of this sale. Used after its end.
    pub(crate) async fn holds(&self, user: UserId) -> Result<bool, SaleError> {
        let db = self.context.db.reader();
        Ok(store::holds(db, self.sale, user).await?)
    }

    /// Whether `user` was refused several times because of a missing address.
    pub(crate) fn lacks_address(&self, user: UserId) -> bool {
        self.without_address().contains(&user)
    }

    /// Counts a refusal because of a missing address. Each one is a permanent
    /// row and gate entry, and frees a unit, which empties the sold-out caches
    /// of all processes. After [`MAX_ADDRESS_REFUSALS`] the buyer's address is
    /// checked before the gate is called.
    pub(crate) async fn note_address_refusal(&self, user: UserId) -> Result<(), SaleError> {
        if self.lacks_address(user) {
            return Ok(());
        }
        let db = self.context.db.reader();
        if store::address_refusals(db, self.sale, user).await? >= MAX_ADDRESS_REFUSALS {
            let mut without_address = self.without_address();
            if without_address.len() >= MAX_WITHOUT_ADDRESS {
                without_address.clear();
            }
            without_address.insert(user);
        }
        Ok(())
    }

    fn without_address(&self) -> MutexGuard<'_, HashSet<UserId>> {
        self.without_address
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a claim; false when the queue is full or closed.
    pub(crate) fn push(&self, waiting: WaitingClaim) -> bool {
        self.claims.push(waiting)
    }

    /// Whether the cached configuration is stale.
    pub(crate) fn is_stale(&self) -> bool {
        self.stale.load(Ordering::Acquire)
    }

    /// Closes the queue.
    pub(crate) fn close(&self) {
        self.claims.close();
    }

    /// The number of waiting claims.
    pub(crate) fn waiting(&self) -> usize {
        self.claims.len()
    }

    /// Sends an empty batch to the gate, to read its state.
    pub(crate) async fn ask(&self, epoch: Epoch) -> Result<Taken, GateError> {
        let nobody = Batch {
            id: BatchId::new(),
            claims: &[],
        };
        self.take(epoch, nobody).await
    }

    /// Returns a recent answer of the gate, for requests that show the sale.
    /// The gate is called a few times a second at most. `None` when it does not
    /// answer at this epoch.
    pub(crate) async fn cached_answer(&self, epoch: Epoch) -> Option<Taken> {
        let within = self.context.settings.look_within;
        let fits = |(at, _): &(Epoch, _)| *at == epoch;
        let read = || async { Ok::<_, Infallible>((epoch, self.ask(epoch).await.ok())) };
        let Ok((_, last_answer)) = self.last_answer.get(within, fits, read).await;
        last_answer
    }

    /// Returns the units left according to the database, when the gate does not
    /// answer. Cached like the gate's answer.
    pub(crate) async fn cached_left(&self) -> Result<i64, SaleError> {
        let within = self.context.settings.look_within;
        let read = || async {
            let stock = store::stock(self.context.db.reader(), self.sale).await?;
            let stock = stock.ok_or(SaleError::NotFound)?;
            Ok::<_, SaleError>(stock.total - stock.taken)
        };
        self.last_left.get(within, |_| true, read).await
    }

    /// Sends a batch to the gate, and caches its state.
    async fn take(&self, epoch: Epoch, batch: Batch<'_>) -> Result<Taken, GateError> {
        let gate = &self.context.dependencies.gate;
        let taken = gate.take(self.sale, epoch, batch).await?;
        self.answered.store(epoch.0, Ordering::Relaxed);
        let last_answer = Taken {
            now: taken.now,
            generation: taken.generation,
            left: taken.left,
            verdicts: Vec::new(),
        };
        self.last_answer.put((epoch, Some(last_answer)));
        Ok(taken)
    }

    /// Brings gate and database to the same epoch, and returns the
    /// configuration of that epoch. If the gate is behind, this waits as long
    /// as another process loads it. A gate that has lost data, or that no other
    /// process loads, is rebuilt here. Nothing is done for a closed sale.
    ///
    /// # Errors
    ///
    /// [`SaleError::Gate`] when the gate cannot be reached; else when the database fails.
    pub(crate) async fn resync(&self) -> Result<Arc<Config>, SaleError> {
        let _turn = self.loading.lock().await;
        let mut wait = Wait::new(self.context.settings.load_within);
        loop {
            let config = self.refresh().await?;
            if config.closed_at.is_some() {
                return Ok(config);
            }
            let at = match self.ask(config.epoch).await {
                Ok(_) => return Ok(config),
                Err(GateError::Fenced { at }) => at,
                Err(unreachable) => return Err(unreachable.into()),
            };
            let had_it = self.answered.load(Ordering::Relaxed) == config.epoch.0;
            if at < config.epoch && !had_it {
                let gate = &self.context.dependencies.gate;
                let loaded = gate.loaded(self.sale, config.epoch).await?;
                if wait.is_running(config.epoch, loaded, Instant::now()) {
                    tokio::time::sleep(POLL).await;
                    continue;
                }
            }
            self.context.rebuild(self.sale, config.epoch, at).await?;
        }
    }

    /// Rebuilds the gate in any case.
    pub(crate) async fn rebuild(&self) -> Result<(), SaleError> {
        let config = self.refresh().await?;
        self.context
            .rebuild(self.sale, config.epoch, config.epoch)
            .await
    }
}

/// Waits for another process to load an epoch, as long as its load makes progress.
struct Wait {
    /// How long a load may make no progress.
    timeout: Duration,
    /// The last progress, and the time at which it was first seen.
    seen: Option<(Epoch, Option<u64>)>,
    since: Instant,
}

impl Wait {
    fn new(timeout: Duration) -> Self {
        Self {
            timeout,
            seen: None,
            since: Instant::now(),
        }
    }

    /// Whether a load that has come so far still seems to run.
    fn is_running(&mut self, epoch: Epoch, loaded: Option<u64>, now: Instant) -> bool {
        let sign = Some((epoch, loaded));
        if self.seen != sign {
            self.seen = sign;
            self.since = now;
        }
        let timeout = match loaded {
            Some(_) => self.timeout,
            None => self.timeout.min(START_TIMEOUT),
        };
        now.duration_since(self.since) < timeout
    }
}

impl BatchId {
    /// A new, unique id.
    pub(crate) fn new() -> Self {
        Self(uuid::Uuid::now_v7().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_is_waited_for_while_it_goes_on_and_not_where_nobody_has_begun_one() {
        let begun = Instant::now();
        let at = |ms| begun + Duration::from_millis(ms);
        let mut wait = Wait::new(Duration::from_secs(2));

        assert!(wait.is_running(Epoch(1), None, at(0)));
        assert!(!wait.is_running(Epoch(1), None, at(100)));
        // Another process has begun.
        for (loaded, ms) in [(2, 100), (2, 2_099), (500, 2_100), (500, 4_099)] {
            assert!(wait.is_running(Epoch(1), Some(loaded), at(ms)), "{ms}");
        }
        // It makes no progress.
        assert!(!wait.is_running(Epoch(1), Some(500), at(4_100)));
        assert!(wait.is_running(Epoch(2), None, at(4_100)));

        // No wait where no other process can load it.
        assert!(!Wait::new(Duration::ZERO).is_running(Epoch(1), None, at(0)));
    }
}
