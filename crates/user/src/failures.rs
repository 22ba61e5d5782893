//! Who may be wrong how often: an account, an address, and the two together.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};

use stampede_kernel::{Counter, Limiter, Timestamp, TooMany};

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

    /// Counts the outcome; see [`Limiter::judge`].
    pub(crate) fn judge(
        &self,
        guess: Guess<'_>,
        right: bool,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        self.limiter.judge(&self.counters(guess), right, now)
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

    fn counters(&self, guess: Guess<'_>) -> [Counter; 3] {
        let (account, network, limits) = (guess.account, network(guess.address), self.limits);
        let limiter = &self.limiter;
        [
            limiter
                .counter("pair", (account, network), limits.pair)
                .forgiving(),
            limiter.counter("account", account, limits.account),
            limiter.counter("address", network, limits.address),
        ]
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
    fn being_right_forgives_the_pair() {
        let failures = Failures::new(LIMITS);
        for right in [false, false, true, false, false] {
            failures
                .judge(from("alice", "10.0.0.1"), right, NOW)
                .unwrap();
        }
    }
}
