//! The sold-out cache: after the gate has reported 0 units, claims are rejected
//! without a gate call.

use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use stampede_kernel::{Timestamp, UserId};

use crate::gate::{Epoch, Taken};

/// The interval at which one claim reaches the gate all the same, in milliseconds.
/// Restocked units may stay unseen for that long.
const PROBE_MS: i64 = 250;

/// The state of the gate when the sale was sold out.
#[derive(Debug)]
struct SoldOut {
    epoch: Epoch,
    generation: u64,
    /// Users with a ticket, whose claims always reach the gate.
    known: HashSet<UserId>,
}

/// Caches whether a sale is sold out.
#[derive(Debug, Default)]
pub(crate) struct SoldOutCache {
    set: RwLock<Option<Arc<SoldOut>>>,
    /// The time of the next probe, in milliseconds since the Unix epoch.
    probe_at: AtomicI64,
}

impl SoldOutCache {
    /// Whether a claim of `user` can be rejected as sold out without a gate
    /// call.
    pub(crate) fn rejects(&self, user: UserId, now: Timestamp) -> bool {
        let Some(set) = self.get() else {
            return false;
        };
        !set.known.contains(&user) && !self.probes(now)
    }

    /// Compares the cache with an answer of the gate. Another epoch or
    /// generation, or units left, empty the cache. True when it is still valid.
    pub(crate) fn observe(&self, epoch: Epoch, taken: &Taken) -> bool {
        let current = |set: &Arc<SoldOut>| {
            (set.epoch, set.generation, 0) == (epoch, taken.generation, taken.left)
        };
        let up = self.get().is_some_and(|set| current(&set));
        if !up {
            self.drop();
        }
        up
    }

    /// Fills the cache after the gate answered that no units are left. `known`
    /// must be read after `taken`.
    pub(crate) fn set(&self, epoch: Epoch, taken: &Taken, known: Vec<UserId>, now: Timestamp) {
        self.probe_at.store(now.0 + PROBE_MS, Ordering::Relaxed);
        self.put(Some(Arc::new(SoldOut {
            epoch,
            generation: taken.generation,
            known: known.into_iter().collect(),
        })));
    }

    /// Empties the cache.
    pub(crate) fn drop(&self) {
        if self.get().is_some() {
            self.put(None);
        }
    }

    /// Whether this claim is the probe: true for one caller per [`PROBE_MS`].
    fn probes(&self, now: Timestamp) -> bool {
        let due = self.probe_at.load(Ordering::Relaxed);
        // A clock that was set back must not stop the probes.
        let passed = now.0 >= due || due - now.0 > PROBE_MS;
        let next = now.0 + PROBE_MS;
        passed
            && self
                .probe_at
                .compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }

    fn get(&self) -> Option<Arc<SoldOut>> {
        let set = self.set.read().unwrap_or_else(PoisonError::into_inner);
        set.clone()
    }

    fn put(&self, cache: Option<Arc<SoldOut>>) {
        *self.set.write().unwrap_or_else(PoisonError::into_inner) = cache;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINNER: UserId = UserId(1);
    const STRANGER: UserId = UserId(2);

    fn answer(generation: u64, left: i64) -> Taken {
        Taken {
            now: Timestamp(0),
            generation,
            left,
            verdicts: Vec::new(),
        }
    }

    fn sold_out() -> SoldOutCache {
        let cache = SoldOutCache::default();
        cache.set(Epoch(1), &answer(0, 0), vec![WINNER], Timestamp(1_000));
        cache
    }

    #[test]
    fn strangers_are_turned_away_and_winners_are_not() {
        assert!(!SoldOutCache::default().rejects(STRANGER, Timestamp(1_001)));
        assert!(sold_out().rejects(STRANGER, Timestamp(1_001)));
        assert!(!sold_out().rejects(WINNER, Timestamp(1_001)));
    }

    #[test]
    fn one_stranger_in_a_quarter_of_a_second_asks_all_the_same() {
        let cache = sold_out();
        let away = |at| cache.rejects(STRANGER, Timestamp(at));

        assert!(away(1_249));
        assert!(!away(1_250));
        assert!(away(1_251));
        assert!(!away(1_500));
        // The clock was set back by an hour.
        assert!(!away(-3_598_500));
        assert!(away(-3_598_499));
    }

    #[test]
    fn whatever_the_gate_says_anew_takes_the_mark_down() {
        for (epoch, taken) in [
            (Epoch(1), answer(1, 0)),
            (Epoch(2), answer(0, 0)),
            (Epoch(1), answer(0, 1)),
        ] {
            let cache = sold_out();
            assert!(!cache.observe(epoch, &taken));
            assert!(!cache.rejects(STRANGER, Timestamp(1_001)));
        }
        let cache = sold_out();
        assert!(cache.observe(Epoch(1), &answer(0, 0)));
        assert!(cache.rejects(STRANGER, Timestamp(1_001)));
    }
}
