//! How often somebody may be wrong: failures in windows of 15 minutes, in memory.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use stampede_kernel::Timestamp;

/// The length of a window; it starts with its first failure.
const WINDOW: Duration = Duration::from_mins(15);
/// How many counters are kept, about 10 MB. When they are all in use those
/// with the fewest failures go first.
const CAPACITY: usize = 200_000;

/// Must wait this long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooMany(pub(crate) Duration);

/// Who tries: something to be guessed, and where the guesses come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guess<'a> {
    /// The account's name key.
    pub(crate) account: &'a str,
    /// The client's address.
    pub(crate) address: IpAddr,
}

/// How many failures a window holds: of an account from one address, of an
/// account from anywhere, of an address.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) pair: u32,
    pub(crate) account: u32,
    pub(crate) address: u32,
}

#[derive(Debug, Clone, Copy)]
struct Count {
    failures: u32,
    since: Timestamp,
}

/// Counts failures by hashed key, so that memory does not depend on what is sent.
#[derive(Debug)]
pub(crate) struct Failures {
    limits: Limits,
    hasher: RandomState,
    counts: Mutex<HashMap<u64, Count>>,
}

impl Failures {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            hasher: RandomState::new(),
            counts: Mutex::default(),
        }
    }

    /// Refuses before the expensive part of a guess.
    pub(crate) fn check(&self, guess: Guess<'_>, now: Timestamp) -> Result<(), TooMany> {
        let counts = self.lock();
        full(&counts, &self.counters(guess), now)
    }

    /// Counts the outcome. Whoever is over the limit by now hears nothing about
    /// it: of many guesses sent at once only as many are answered as one after another.
    pub(crate) fn judge(
        &self,
        guess: Guess<'_>,
        right: bool,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        let counters = self.counters(guess);
        let mut counts = self.lock();
        full(&counts, &counters, now)?;
        if right {
            let [(pair, _), ..] = counters;
            counts.remove(&pair);
            return Ok(());
        }
        for (key, _) in counters {
            add(&mut counts, key, now);
        }
        Ok(())
    }

    /// Whether `who` has a turn left, without taking it.
    pub(crate) fn check_turns(
        &self,
        what: &'static str,
        who: impl Hash,
        limit: u32,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        let key = self.hasher.hash_one((what, who));
        full(&self.lock(), &[(key, limit)], now)
    }

    /// Takes one of `limit` turns that `who` has for `what` in a window.
    pub(crate) fn take_turn(
        &self,
        what: &'static str,
        who: impl Hash,
        limit: u32,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        let key = self.hasher.hash_one((what, who));
        let mut counts = self.lock();
        full(&counts, &[(key, limit)], now)?;
        add(&mut counts, key, now);
        Ok(())
    }

    fn counters(&self, guess: Guess<'_>) -> [(u64, u32); 3] {
        let network = network(guess.address);
        let key = |what, account: &str, address| self.hasher.hash_one((what, account, address));
        [
            (key(0_u8, guess.account, Some(network)), self.limits.pair),
            (key(1, guess.account, None), self.limits.account),
            (key(2, "", Some(network)), self.limits.address),
        ]
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Count>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn full(
    counts: &HashMap<u64, Count>,
    counters: &[(u64, u32)],
    now: Timestamp,
) -> Result<(), TooMany> {
    let wait = counters
        .iter()
        .filter_map(|(key, limit)| counts.get(key).filter(|count| count.failures >= *limit))
        .map(|count| count.since.plus(WINDOW).since(now))
        .max()
        .unwrap_or_default();
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
    let count = counts.entry(key).or_insert(Count {
        failures: 0,
        since: now,
    });
    if count.since.plus(WINDOW) <= now {
        *count = Count {
            failures: 0,
            since: now,
        };
    }
    count.failures = count.failures.saturating_add(1);
}

fn make_room(counts: &mut HashMap<u64, Count>, now: Timestamp) {
    counts.retain(|_, count| count.since.plus(WINDOW) > now);
    let mut least = 1;
    while counts.len() >= CAPACITY {
        counts.retain(|_, count| count.failures > least);
        least += 1;
    }
}

/// One household or host has a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        pair: 3,
        account: 5,
        address: 4,
    };
    const NOW: Timestamp = Timestamp(1_000_000);

    fn from<'a>(account: &'a str, address: &str) -> Guess<'a> {
        Guess {
            account,
            address: address.parse().unwrap(),
        }
    }

    #[test]
    fn the_owner_can_still_log_in_from_elsewhere() {
        let failures = Failures::new(LIMITS);
        for _ in 0..3 {
            failures
                .judge(from("alice", "10.0.0.1"), false, NOW)
                .unwrap();
        }

        assert!(failures.check(from("alice", "10.0.0.1"), NOW).is_err());
        assert!(
            failures
                .judge(from("alice", "10.0.0.1"), true, NOW)
                .is_err()
        );
        assert!(failures.check(from("alice", "10.0.0.2"), NOW).is_ok());
    }

    #[test]
    fn an_account_and_an_address_have_limits_of_their_own() {
        let failures = Failures::new(LIMITS);
        for host in 1..=5 {
            let address = format!("10.0.0.{host}");
            failures.judge(from("alice", &address), false, NOW).unwrap();
        }
        for name in ["a", "b", "c", "d"] {
            failures
                .judge(from(name, "2001:db8::1"), false, NOW)
                .unwrap();
        }

        assert!(failures.check(from("alice", "10.0.0.9"), NOW).is_err());
        assert!(failures.check(from("zoe", "2001:db8::2"), NOW).is_err());
        assert!(failures.check(from("zoe", "2001:db8:1::"), NOW).is_ok());
    }

    #[test]
    fn a_window_ends() {
        let failures = Failures::new(LIMITS);
        for _ in 0..3 {
            failures
                .judge(from("alice", "10.0.0.1"), false, NOW)
                .unwrap();
        }

        let refused = failures.check(from("alice", "10.0.0.1"), NOW);

        assert_eq!(refused, Err(TooMany(WINDOW)));
        assert!(
            failures
                .check(from("alice", "10.0.0.1"), NOW.plus(WINDOW))
                .is_ok()
        );
    }

    #[test]
    fn being_right_forgives_the_pair() {
        let failures = Failures::new(LIMITS);
        for right in [false, false, true, false, false] {
            failures
                .judge(from("alice", "10.0.0.1"), right, NOW)
                .unwrap();
        }
    }
}
