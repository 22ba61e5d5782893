//! Limits of failed log-ins: by account, by client network, and by both together.

use std::hash::Hash;

use stampede_kernel::{AttemptCounter, ClientNetwork, Limiter, Timestamp, TooMany};

/// A log-in attempt, or another check of a password: the account and the client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LoginAttempt<'a> {
    /// The account's name key.
    pub(crate) account: &'a str,
    /// The client's network.
    pub(crate) network: ClientNetwork,
    /// Whether a log-in to the account has succeeded from this network before. The
    /// account's limit then does not apply, so that guesses from many networks cannot
    /// lock the owner out of known ones.
    pub(crate) known: bool,
}

/// Maximum failures in a window: by account and client network, by account, by client
/// network.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) pair: u32,
    pub(crate) account: u32,
    pub(crate) address: u32,
}

/// Counts failed attempts of this process.
#[derive(Debug)]
pub(crate) struct AttemptLimiter {
    limits: Limits,
    limiter: Limiter,
}

impl AttemptLimiter {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            limiter: Limiter::default(),
        }
    }

    /// Checks the limits before the expensive part of an attempt.
    pub(crate) fn check(&self, attempt: LoginAttempt<'_>, now: Timestamp) -> Result<(), TooMany> {
        self.limiter.check(&self.counters(attempt), now)
    }

    /// Records the outcome; see [`Limiter::record`].
    pub(crate) fn record(
        &self,
        attempt: LoginAttempt<'_>,
        right: bool,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        self.limiter.record(&self.counters(attempt), right, now)
    }

    /// Checks that `who` has an attempt left, without counting one.
    pub(crate) fn check_attempts(
        &self,
        what: &'static str,
        who: impl Hash,
        limit: u32,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        let counter = self.limiter.counter(what, who, limit);
        self.limiter.check(&[counter], now)
    }

    /// Counts one of the `limit` attempts at `what` that `who` has in a window.
    pub(crate) fn take_attempt(
        &self,
        what: &'static str,
        who: impl Hash,
        limit: u32,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        let counter = self.limiter.counter(what, who, limit);
        self.limiter.take(&[counter], now)
    }

    fn counters(&self, attempt: LoginAttempt<'_>) -> Vec<AttemptCounter> {
        let LoginAttempt {
            account, network, ..
        } = attempt;
        let (limits, limiter) = (self.limits, &self.limiter);
        let mut counters = vec![
            limiter
                .counter("pair", (account, network), limits.pair)
                .forgiving(),
            limiter.counter("address", network, limits.address),
        ];
        if !attempt.known {
            counters.push(limiter.counter("account", account, limits.account));
        }
        counters
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

    fn from<'a>(account: &'a str, address: &str) -> LoginAttempt<'a> {
        LoginAttempt {
            account,
            network: ClientNetwork::of(address.parse().unwrap()),
            known: false,
        }
    }

    #[test]
    fn the_owner_can_still_log_in_from_elsewhere() {
        let limiter = AttemptLimiter::new(LIMITS);
        for _ in 0..3 {
            limiter
                .record(from("alice", "10.0.0.1"), false, NOW)
                .unwrap();
        }

        assert!(limiter.check(from("alice", "10.0.0.1"), NOW).is_err());
        assert!(
            limiter
                .record(from("alice", "10.0.0.1"), true, NOW)
                .is_err()
        );
        assert!(limiter.check(from("alice", "10.0.0.2"), NOW).is_ok());
    }

    #[test]
    fn an_account_and_an_address_have_limits_of_their_own() {
        let limiter = AttemptLimiter::new(LIMITS);
        for host in 1..=5 {
            let address = format!("10.0.0.{host}");
            limiter.record(from("alice", &address), false, NOW).unwrap();
        }
        for name in ["a", "b", "c", "d"] {
            limiter
                .record(from(name, "2001:db8::1"), false, NOW)
                .unwrap();
        }

        assert!(limiter.check(from("alice", "10.0.0.9"), NOW).is_err());
        assert!(limiter.check(from("zoe", "2001:db8::2"), NOW).is_err());
        assert!(limiter.check(from("zoe", "2001:db8:1::"), NOW).is_ok());
    }

    #[test]
    fn guesses_from_many_addresses_do_not_lock_the_owner_out_where_they_are_known() {
        let limiter = AttemptLimiter::new(LIMITS);
        for host in 1..=5 {
            let address = format!("10.0.0.{host}");
            limiter.record(from("alice", &address), false, NOW).unwrap();
        }
        let at_home = LoginAttempt {
            known: true,
            ..from("alice", "192.0.2.1")
        };

        assert!(limiter.check(from("alice", "192.0.2.2"), NOW).is_err());
        assert!(limiter.record(at_home, true, NOW).is_ok());
        for _ in 0..3 {
            limiter.record(at_home, false, NOW).unwrap();
        }
        assert!(limiter.check(at_home, NOW).is_err());
    }

    #[test]
    fn being_right_forgives_the_pair() {
        let limiter = AttemptLimiter::new(LIMITS);
        for right in [false, false, true, false, false] {
            limiter
                .record(from("alice", "10.0.0.1"), right, NOW)
                .unwrap();
        }
    }
}
