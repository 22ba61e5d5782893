//! Who may be wrong how often: an account, an address, and the two together.

use std::hash::Hash;

use stampede_kernel::{AttemptCounter, ClientNetwork, Limiter, Timestamp, TooMany};

/// Who tries: something to be guessed, and where the guesses come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LoginAttempt<'a> {
    /// The account's name key.
    pub(crate) account: &'a str,
    /// The client's network.
    pub(crate) network: ClientNetwork,
    /// Whether the account was logged in to from there before. Failures elsewhere then
    /// do not count: whoever guesses from many addresses locks the owner out of none
    /// that they use.
    pub(crate) known: bool,
}

/// How many failures a window holds: of an account from one address, of an
/// account from anywhere, of an address.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) pair: u32,
    pub(crate) account: u32,
    pub(crate) address: u32,
}

/// The failures of this process.
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

    /// Refuses before the expensive part of a guess.
    pub(crate) fn check(&self, attempt: LoginAttempt<'_>, now: Timestamp) -> Result<(), TooMany> {
        self.limiter.check(&self.counters(attempt), now)
    }

    /// Counts the outcome; see [`Limiter::record`].
    pub(crate) fn record(
        &self,
        attempt: LoginAttempt<'_>,
        right: bool,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        self.limiter.record(&self.counters(attempt), right, now)
    }

    /// Whether `who` has a turn left, without taking it.
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

    /// Takes one of `limit` turns that `who` has for `what` in a window.
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
