//! How often somebody may try: turns in windows of 15 minutes, in memory.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Timestamp;

/// The length of a window; it starts with its first turn.
const WINDOW: Duration = Duration::from_mins(15);
/// How many counters are kept, about 10 MB. When they are all in use those
/// with the fewest turns go first.
const CAPACITY: usize = 200_000;

/// Must wait this long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany(pub Duration);

/// One thing that is counted, and how many turns a window of it holds.
#[derive(Debug, Clone, Copy)]
pub struct Counter {
    key: u64,
    limit: u32,
    forgiving: bool,
}

impl Counter {
    /// The same, but being right empties it.
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
    turns: u32,
    since: Timestamp,
}

impl Count {
    /// A clock that was set back must not make a window longer: one that seems to begin
    /// in the future begins now.
    fn not_after(&mut self, now: Timestamp) {
        self.since = self.since.min(now);
    }
}

/// Counts turns by hashed key, so that memory does not depend on what is sent.
#[derive(Debug, Default)]
pub struct Limiter {
    hasher: RandomState,
    counts: Mutex<HashMap<u64, Count>>,
}

impl Limiter {
    /// The counter of what `who` does of the kind `what`.
    pub fn counter(&self, what: &'static str, who: impl Hash, limit: u32) -> Counter {
        Counter {
            key: self.hasher.hash_one((what, who)),
            limit,
            forgiving: false,
        }
    }

    /// Whether every counter has a turn left, without taking it: refuses before
    /// the expensive part of a guess.
    ///
    /// # Errors
    ///
    /// [`TooMany`] until the last of the full windows ends.
    pub fn check(&self, counters: &[Counter], now: Timestamp) -> Result<(), TooMany> {
        full(&mut self.lock(), counters, now)
    }

    /// Takes a turn of every counter, or of none.
    ///
    /// # Errors
    ///
    /// [`TooMany`] until the last of the full windows ends.
    pub fn take(&self, counters: &[Counter], now: Timestamp) -> Result<(), TooMany> {
        self.judge(counters, false, now)
    }

    /// Counts the outcome of a guess. Whoever is over the limit by now hears
    /// nothing about it: of many guesses sent at once only as many are answered
    /// as one after another.
    ///
    /// # Errors
    ///
    /// [`TooMany`], whether the guess was right or not.
    pub fn judge(&self, counters: &[Counter], right: bool, now: Timestamp) -> Result<(), TooMany> {
        let mut counts = self.lock();
        full(&mut counts, counters, now)?;
        for counter in counters {
            if !right {
                add(&mut counts, counter.key, now);
            } else if counter.forgiving {
                counts.remove(&counter.key);
            }
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Count>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn full(
    counts: &mut HashMap<u64, Count>,
    counters: &[Counter],
    now: Timestamp,
) -> Result<(), TooMany> {
    let of = |counter: &Counter| {
        let count = counts.get_mut(&counter.key)?;
        count.not_after(now);
        (count.turns >= counter.limit).then(|| count.since.plus(WINDOW).since(now))
    };
    let wait = counters.iter().filter_map(of).max().unwrap_or_default();
    if wait.is_zero() {
        Ok(())
    } else {
        Err(TooMany(wait))
    }
}

fn add(counts: &mut HashMap<u64, Count>, key: u64, now: Timestamp) {
    if counts.len() >= CAPACITY && !counts.contains_key(&key) {
        make_room(counts, now);
    }
    let fresh = Count {
        turns: 0,
        since: now,
    };
    let count = counts.entry(key).or_insert(fresh);
    count.not_after(now);
    if count.since.plus(WINDOW) <= now {
        *count = fresh;
    }
    count.turns = count.turns.saturating_add(1);
}

fn make_room(counts: &mut HashMap<u64, Count>, now: Timestamp) {
    counts.retain(|_, count| count.since.plus(WINDOW) > now);
    let mut least = 1;
    while counts.len() >= CAPACITY {
        counts.retain(|_, count| count.turns > least);
        least += 1;
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
        assert_eq!(limiter.judge(&alice, true, late), Err(TooMany(WINDOW / 2)));
        assert!(limiter.judge(&alice, true, NOW.plus(WINDOW)).is_ok());
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
            limiter.judge(&[forgiving, strict], right, NOW).unwrap();
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

        assert!(limiter.lock().len() <= CAPACITY);
        assert!(limiter.check(&guessed, NOW).is_err());
    }
}
