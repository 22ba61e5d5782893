//! Who may be wrong how often: an account, an address, and the two together.

use std::hash::Hash;

use stampede_kernel::{AttemptCounter, ClientNetwork, Limiter, Timestamp, TooMany};

/// Who tries: something to be guessed, and where the guesses come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guess<'a> {
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
pub(crate) struct Failures {
    limits: Limits,
    limiter: Limiter,
}

impl Failures {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            limiter: Limiter::default(),
        }
    }

    /// Refuses before the expensive part of a guess.
    pub(crate) fn check(&self, guess: Guess<'_>, now: Timestamp) -> Result<(), TooMany> {
        self.limiter.check(&self.counters(guess), now)
    }

    /// Counts the outcome; see [`Limiter::record`].
    pub(crate) fn judge(
        &self,
        guess: Guess<'_>,
        right: bool,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        self.limiter.record(&self.counters(guess), right, now)
    }

    /// Whether `who` has a turn left, without taking it.
    pub(crate) fn check_turns(
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
    pub(crate) fn take_turn(
        &self,
        what: &'static str,
        who: impl Hash,
        limit: u32,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        let counter = self.limiter.counter(what, who, limit);
        self.limiter.take(&[counter], now)
    }

    fn counters(&self, guess: Guess<'_>) -> Vec<AttemptCounter> {
        let Guess {
            account, network, ..
        } = guess;
        let (limits, limiter) = (self.limits, &self.limiter);
        let mut counters = vec![
            limiter
                .counter("pair", (account, network), limits.pair)
                .forgiving(),
            limiter.counter("address", network, limits.address),
        ];
        if !guess.known {
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

    fn from<'a>(account: &'a str, address: &str) -> Guess<'a> {
        Guess {
            account,
            network: ClientNetwork::of(address.parse().unwrap()),
            known: false,
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
    fn guesses_from_many_addresses_do_not_lock_the_owner_out_where_they_are_known() {
        let failures = Failures::new(LIMITS);
        for host in 1..=5 {
            let address = format!("10.0.0.{host}");
            failures.judge(from("alice", &address), false, NOW).unwrap();
        }
        let at_home = Guess {
            known: true,
            ..from("alice", "192.0.2.1")
        };

        assert!(failures.check(from("alice", "192.0.2.2"), NOW).is_err());
        assert!(failures.judge(at_home, true, NOW).is_ok());
        for _ in 0..3 {
            failures.judge(at_home, false, NOW).unwrap();
        }
        assert!(failures.check(at_home, NOW).is_err());
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
