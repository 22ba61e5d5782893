//! An in-memory rate limiter: attempts in fixed windows of 15 minutes.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, Hash};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Timestamp;

/// The length of a window; it starts with its first attempt.
const WINDOW: Duration = Duration::from_mins(15);
/// Maximum number of counters, about 30 MB. When all are in use, each new one evicts
/// the one with the fewest attempts, the oldest first.
const CAPACITY: usize = 200_000;

/// Number of expired windows that are removed with each attempt.
const FORGOTTEN_AT_ONCE: usize = 4;

/// The limit is reached; the field says how long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany(pub Duration);

/// A counter of attempts for one key, with its limit per window.
#[derive(Debug, Clone, Copy)]
pub struct AttemptCounter {
    key: u64,
    limit: u32,
    forgiving: bool,
}

impl AttemptCounter {
    /// Returns the same counter, but one that a success resets.
    #[must_use]
    pub fn forgiving(self) -> Self {
        Self {
            forgiving: true,
            ..self
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Count {
    attempts: u32,
    since: Timestamp,
}

impl Count {
    /// Limits the start of the window to `now`: a clock that was set back must not make
    /// a window longer.
    fn not_after(&mut self, now: Timestamp) {
        self.since = self.since.min(now);
    }
}

/// A rate limiter. Keys are hashed, so that memory does not depend on their length.
#[derive(Debug, Default)]
pub struct Limiter {
    hasher: RandomState,
    counts: Mutex<Counts>,
}

/// Counters by key, with two sorted indexes, so that eviction never scans.
#[derive(Debug, Default)]
struct Counts {
    of: HashMap<u64, Count>,
    /// Sorted by the start of the window: the first one expires first.
    oldest: BTreeSet<(Timestamp, u64)>,
    /// Sorted by attempts, then age: the first one is evicted when there is no room.
    least: BTreeSet<(u32, Timestamp, u64)>,
}

impl Counts {
    fn remove(&mut self, key: u64) {
        if let Some(count) = self.of.remove(&key) {
            self.oldest.remove(&(count.since, key));
            self.least.remove(&(count.attempts, count.since, key));
        }
    }

    fn insert(&mut self, key: u64, count: Count) {
        self.remove(key);
        self.of.insert(key, count);
        self.oldest.insert((count.since, key));
        self.least.insert((count.attempts, count.since, key));
    }

    /// Returns the counter of `key`, with its window adjusted by [`Count::not_after`].
    fn get(&mut self, key: u64, now: Timestamp) -> Option<Count> {
        let known = *self.of.get(&key)?;
        let mut count = known;
        count.not_after(now);
        if count.since != known.since {
            self.insert(key, count);
        }
        Some(count)
    }

    fn add(&mut self, key: u64, now: Timestamp) {
        self.forget(now);
        let known = self.get(key, now);
        let full = known.is_none() && self.of.len() >= CAPACITY;
        if let (true, Some((_, _, key))) = (full, self.least.first().copied()) {
            self.remove(key);
        }
        let fresh = Count {
            attempts: 0,
            since: now,
        };
        let Count { attempts, since } = known
            .filter(|count| count.since.plus(WINDOW) > now)
            .unwrap_or(fresh);
        let attempts = attempts.saturating_add(1);
        self.insert(key, Count { attempts, since });
    }

    /// Removes a few counters whose window has ended: more than are ever added.
    fn forget(&mut self, now: Timestamp) {
        for _ in 0..FORGOTTEN_AT_ONCE {
            match self.oldest.first().copied() {
                Some((since, key)) if since.plus(WINDOW) <= now => self.remove(key),
                _ => return,
            }
        }
    }
}

impl Limiter {
    /// Returns the counter for actions of the kind `what` by `who`.
    pub fn counter(&self, what: &'static str, who: impl Hash, limit: u32) -> AttemptCounter {
        AttemptCounter {
            key: self.hasher.hash_one((what, who)),
            limit,
            forgiving: false,
        }
    }

    /// Checks that every counter has an attempt left, without counting one: it refuses
    /// before the expensive part of an attempt.
    ///
    /// # Errors
    ///
    /// [`TooMany`] until the last of the full windows ends.
    pub fn check(&self, counters: &[AttemptCounter], now: Timestamp) -> Result<(), TooMany> {
        full(&mut self.lock(), counters, now)
    }

    /// Counts one attempt on every counter, or on none.
    ///
    /// # Errors
    ///
    /// [`TooMany`] until the last of the full windows ends.
    pub fn take(&self, counters: &[AttemptCounter], now: Timestamp) -> Result<(), TooMany> {
        self.record(counters, false, now)
    }

    /// Records the outcome of an attempt: a failure counts, a success resets forgiving
    /// counters. Of many attempts sent at once, only as many get an answer as of
    /// attempts sent one after another: the rest fail here, right or not.
    ///
    /// # Errors
    ///
    /// [`TooMany`], whether the guess was right or not.
    pub fn record(
        &self,
        counters: &[AttemptCounter],
        right: bool,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        let mut counts = self.lock();
        full(&mut counts, counters, now)?;
        for counter in counters {
            if !right {
                counts.add(counter.key, now);
            } else if counter.forgiving {
                counts.remove(counter.key);
            }
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn full(counts: &mut Counts, counters: &[AttemptCounter], now: Timestamp) -> Result<(), TooMany> {
    let of = |counter: &AttemptCounter| {
        let count = counts.get(counter.key, now)?;
        (count.attempts >= counter.limit).then(|| count.since.plus(WINDOW).since(now))
    };
    let wait = counters.iter().filter_map(of).max().unwrap_or_default();
    if wait.is_zero() {
        Ok(())
    } else {
        Err(TooMany(wait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    #[test]
    fn a_full_window_refuses_until_it_ends_even_who_is_right() {
        let limiter = Limiter::default();
        let alice = [limiter.counter("pin", 1, 2)];
        limiter.take(&alice, NOW).unwrap();
        limiter.take(&alice, NOW.plus(WINDOW / 2)).unwrap();

        let late = NOW.plus(WINDOW / 2);

        assert_eq!(limiter.check(&alice, late), Err(TooMany(WINDOW / 2)));
        assert_eq!(limiter.record(&alice, true, late), Err(TooMany(WINDOW / 2)));
        assert!(limiter.record(&alice, true, NOW.plus(WINDOW)).is_ok());
    }

    #[test]
    fn a_clock_that_is_set_back_makes_no_window_longer() {
        let limiter = Limiter::default();
        let alice = [limiter.counter("pin", 1, 1)];
        let late = NOW.plus(Duration::from_hours(2));
        limiter.take(&alice, late).unwrap();

        assert_eq!(limiter.check(&alice, NOW), Err(TooMany(WINDOW)));
        assert_eq!(limiter.check(&alice, NOW.plus(WINDOW)), Ok(()));
        limiter.take(&alice, NOW.plus(WINDOW)).unwrap();
    }

    #[test]
    fn everyone_and_everything_is_counted_apart() {
        let limiter = Limiter::default();
        let alice = [limiter.counter("pin", 1, 1)];
        limiter.take(&alice, NOW).unwrap();

        assert!(limiter.check(&alice, NOW).is_err());
        assert!(limiter.check(&[limiter.counter("pin", 2, 1)], NOW).is_ok());
        assert!(limiter.check(&[limiter.counter("mail", 1, 1)], NOW).is_ok());
    }

    #[test]
    fn being_right_empties_only_a_forgiving_counter() {
        let limiter = Limiter::default();
        let strict = limiter.counter("account", 1, 4);
        let forgiving = limiter.counter("pair", 1, 3).forgiving();
        for right in [false, false, true, false, false] {
            limiter.record(&[forgiving, strict], right, NOW).unwrap();
        }

        assert!(limiter.check(&[forgiving], NOW).is_ok());
        assert!(limiter.check(&[strict], NOW).is_err());
    }

    #[test]
    fn memory_is_bounded_and_the_most_failed_stay() {
        let limiter = Limiter::default();
        let guessed = [limiter.counter("pin", "guessed", 2)];
        limiter.take(&guessed, NOW).unwrap();
        limiter.take(&guessed, NOW).unwrap();
        for who in 0..CAPACITY {
            limiter
                .take(&[limiter.counter("pin", who, 2)], NOW)
                .unwrap();
        }

        let counts = limiter.lock();
        assert!(counts.of.len() <= CAPACITY);
        assert_eq!(counts.oldest.len(), counts.of.len());
        assert_eq!(counts.least.len(), counts.of.len());
        drop(counts);
        assert!(limiter.check(&guessed, NOW).is_err());
    }

    #[test]
    fn a_full_table_of_locked_accounts_is_not_emptied_for_one_more() {
        let limiter = Limiter::default();
        let of = |who: usize| [limiter.counter("pin", who, 2)];
        for who in 0..CAPACITY {
            limiter.take(&of(who), NOW).unwrap();
            limiter.take(&of(who), NOW).unwrap();
        }

        limiter.take(&of(CAPACITY), NOW).unwrap();

        let locked = (0..CAPACITY).filter(|who| limiter.check(&of(*who), NOW).is_err());
        assert_eq!(locked.count(), CAPACITY - 1);
    }

    #[test]
    fn counters_whose_window_has_ended_make_room_first() {
        let limiter = Limiter::default();
        let of = |what, who: usize| [limiter.counter(what, who, 2)];
        for who in 0..1_000 {
            limiter.take(&of("old", who), NOW).unwrap();
            limiter.take(&of("old", who), NOW).unwrap();
        }
        let later = NOW.plus(WINDOW);
        for who in 0..1_000 {
            limiter.take(&of("new", who), later).unwrap();
        }

        assert_eq!(limiter.lock().of.len(), 1_000);
    }
}
