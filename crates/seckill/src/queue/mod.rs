//! One sale in one process: who waits, the batch on its way, and what is
//! remembered of the last answers.

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

/// How long a pause is while another process loads a gate that is behind.
const POLL: Duration = Duration::from_millis(20);
/// How long an epoch may have begun without a sign of its load at the gate.
const START_TIMEOUT: Duration = Duration::from_millis(100);

/// Refusals for want of an address that are recorded of one buyer in one sale.
const MAX_ADDRESS_REFUSALS: u64 = 8;
/// Buyers without an address that a process remembers of a sale; when there are
/// more, it forgets them all, and each may be refused once more by the gate.
const MAX_WITHOUT_ADDRESS: usize = 10_000;

/// One sale in this process.
pub(crate) struct SaleQueue {
    pub(crate) sale: SaleId,
    pub(crate) stats: ClaimStats,
    pub(crate) context: Arc<Context>,
    config: RwLock<Arc<Config>>,
    /// Whether the database knows better than `config`.
    stale: AtomicBool,
    /// How often somebody has asked for `config` to be read.
    wanted: AtomicU64,
    /// How many of those are answered; one at a time reads.
    read: tokio::sync::Mutex<u64>,
    /// The epoch at which the gate has answered last.
    answered: AtomicI64,
    claims: ClaimQueue,
    sold_out: SoldOutCache,
    /// Held by the task that serves the counter.
    serving: tokio::sync::Mutex<()>,
    /// One at a time looks after the gate.
    loading: tokio::sync::Mutex<()>,
    /// Batches of the gate that are not done, and since when.
    orphans: Mutex<HashMap<BatchId, Instant>>,
    /// What the gate has said last, for all who look at the sale; `None` when it was
    /// asked in vain.
    last_answer: SingleFlightCache<(Epoch, Option<Taken>)>,
    /// What was left by the database.
    last_left: SingleFlightCache<i64>,
    /// Since when units have been missing, as far as somebody watches.
    pub(crate) short: Mutex<Option<Timestamp>>,
    /// Who was refused often enough for want of an address that theirs is looked up
    /// before the gate is asked.
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
            loading: tokio::sync::Mutex::default(),
            orphans: Mutex::default(),
            last_answer: SingleFlightCache::default(),
            last_left: SingleFlightCache::default(),
            short: Mutex::default(),
            without_address: Mutex::default(),
        }
    }

    /// What this process knows of the sale; read anew when it has changed.
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

    /// What this process knows of the sale.
    pub(crate) fn known(&self) -> Arc<Config> {
        let config = self.config.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&config)
    }

    /// There is news of the sale.
    pub(crate) fn changed(&self) {
        self.stale.store(true, Ordering::Release);
    }

    /// Reads the sale anew. Whatever the database says is believed, also an epoch that
    /// went back with a restored database. Readings do not overlap, so that an older
    /// one never takes the place of a newer one, and those who wait share the next.
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

    /// Whether `user` hears from memory that all is sold.
    pub(crate) fn rejects(&self, user: UserId, now: Timestamp) -> bool {
        self.sold_out.rejects(user, now)
    }

    /// Whether `user` has a ticket of this sale, which is over.
    pub(crate) async fn holds(&self, user: UserId) -> Result<bool, SaleError> {
        let db = self.context.db.reader();
        Ok(store::holds(db, self.sale, user).await?)
    }

    /// Whether `user` was refused often for want of an address.
    pub(crate) fn lacks_address(&self, user: UserId) -> bool {
        self.without_address().contains(&user)
    }

    /// `user` was refused for want of an address. Each such refusal is a row and an
    /// entry of the gate for ever, frees a unit and so ends the sold-out marks of all
    /// gateways: a few of them are recorded, and then their address comes first.
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

    /// Queues up; false when too many wait.
    pub(crate) fn push(&self, waiting: WaitingClaim) -> bool {
        self.claims.push(waiting)
    }

    /// Whether there is news that has not been read.
    pub(crate) fn is_stale(&self) -> bool {
        self.stale.load(Ordering::Acquire)
    }

    /// Nothing is served here any more.
    pub(crate) fn close(&self) {
        self.claims.close();
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> usize {
        self.claims.len()
    }

    /// What the gate says when nothing is asked of it.
    pub(crate) async fn ask(&self, epoch: Epoch) -> Result<Taken, GateError> {
        let nobody = Batch {
            id: BatchId::new(),
            claims: &[],
        };
        self.take(epoch, nobody).await
    }

    /// What the gate says when somebody looks at the sale: however many do, it is
    /// asked a few times a second. `None` when it does not answer at this epoch.
    pub(crate) async fn cached_answer(&self, epoch: Epoch) -> Option<Taken> {
        let within = self.context.settings.look_within;
        let fits = |(at, _): &(Epoch, _)| *at == epoch;
        let read = || async { Ok::<_, Infallible>((epoch, self.ask(epoch).await.ok())) };
        let Ok((_, last_answer)) = self.last_answer.get(within, fits, read).await;
        last_answer
    }

    /// What is left by the database, for who has no gate to ask; read as rarely.
    pub(crate) async fn cached_left(&self) -> Result<i64, SaleError> {
        let within = self.context.settings.look_within;
        let read = || async {
            let stock = store::stock(self.context.db.reader(), self.sale).await?;
            let stock = stock.ok_or(SaleError::NotFound)?;
            Ok::<_, SaleError>(stock.total - stock.taken)
        };
        self.last_left.get(within, |_| true, read).await
    }

    /// Has a batch judged.
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

    /// Brings gate and database to one epoch and says which. A gate that is behind is
    /// waited for as long as another process loads it; one that has lost something,
    /// or the whole epoch that it had, and one that nobody loads, is loaded here. Of a
    /// sale that is over the gate is left alone.
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

    /// Loads the gate anew, whatever it says.
    pub(crate) async fn rebuild(&self) -> Result<(), SaleError> {
        let config = self.refresh().await?;
        self.context
            .rebuild(self.sale, config.epoch, config.epoch)
            .await
    }
}

/// WaitingClaim for another process to load an epoch, for as long as it seems to.
struct Wait {
    /// How long a load may stand still.
    timeout: Duration,
    /// The last sign of it, and when it was first seen.
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

    /// Whether to wait on for a load that has come so far.
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
    /// An id that nobody has used.
    pub(crate) fn new() -> Self {
        Self(uuid::Uuid::now_v7().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_is_waited_for_while_it_is_running_and_not_where_nobody_has_begun_one() {
        let begun = Instant::now();
        let at = |ms| begun + Duration::from_millis(ms);
        let mut wait = Wait::new(Duration::from_secs(2));

        assert!(wait.is_running(Epoch(1), None, at(0)));
        assert!(!wait.is_running(Epoch(1), None, at(100)));
        // Another process has begun.
        for (loaded, ms) in [(2, 100), (2, 2_099), (500, 2_100), (500, 4_099)] {
            assert!(wait.is_running(Epoch(1), Some(loaded), at(ms)), "{ms}");
        }
        // It stands still.
        assert!(!wait.is_running(Epoch(1), Some(500), at(4_100)));
        assert!(wait.is_running(Epoch(2), None, at(4_100)));

        // Where no other process can load it, nobody waits.
        assert!(!Wait::new(Duration::ZERO).is_running(Epoch(1), None, at(0)));
    }
}
