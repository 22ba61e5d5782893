//! Timestamps and clocks.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// An instant in milliseconds since the Unix epoch, UTC.
///
/// Stored as `BIGINT`, the one representation that sorts and compares the same
/// on all three databases.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    DeriveValueType,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// `self + span`, saturating at the end of time.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(millis(span)))
    }

    /// `self − span`, saturating at the beginning of time.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(millis(span)))
    }

    /// How long `self` is after `earlier`; zero when it is not.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-22T08:30:00.000Z`.
    pub fn to_rfc3339(self) -> String {
        let instant =
            jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        format!("{instant:.3}")
    }

    /// Reads RFC 3339 with any offset; `None` when it is not that.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>()
            .ok()
            .map(|instant| Self(instant.as_millisecond()))
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// A source of the current time, passed as an argument so that tests can set it.
pub trait Clock: Send + Sync + 'static {
    /// Returns the current time.
    fn now(&self) -> Timestamp;
}

/// The machine's wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp(jiff::Timestamp::now().as_millisecond())
    }
}

/// A clock that never steps: it reads the wall clock once and then follows the
/// monotonic clock of the operating system. Setting the wall clock moves it neither
/// back nor ahead.
///
/// It does not count the time that a machine sleeps, and keeps a wrong start time until
/// the process starts again.
#[derive(Debug, Clone, Copy)]
pub struct SteadyClock {
    from: Timestamp,
    since: Instant,
}

impl SteadyClock {
    /// Creates a clock that starts at the current time of `clock`.
    pub fn from(clock: &dyn Clock) -> Self {
        Self {
            from: clock.now(),
            since: Instant::now(),
        }
    }
}

impl Clock for SteadyClock {
    fn now(&self) -> Timestamp {
        self.from.plus(self.since.elapsed())
    }
}

/// A clock that moves only when told to.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that stands at `at`.
    pub fn at(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.0))
    }

    /// Sets the clock to `at`, which may lie behind.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    /// Moves the clock forward by `span`.
    pub fn advance(&self, span: Duration) {
        self.0.fetch_add(millis(span), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_clock_goes_on_whatever_becomes_of_the_wall_clock() {
        let wall = ManualClock::at(Timestamp(5_000));
        let steady = SteadyClock::from(&wall);
        let first = steady.now();

        wall.advance(Duration::from_hours(1));
        let later = steady.now();

        assert!(Timestamp(5_000) <= first && first <= later);
        assert!(later < wall.now(), "the wall clock was set an hour ahead");
    }

    #[test]
    fn instants_are_written_with_milliseconds_and_read_back() {
        let at = Timestamp(1_795_336_200_007);

        assert_eq!(at.to_rfc3339(), "2026-11-22T08:30:00.007Z");
        assert_eq!(
            Timestamp::from_rfc3339("2026-11-22T09:30:00.007+01:00"),
            Some(at)
        );
        assert_eq!(Timestamp::from_rfc3339("yesterday"), None);
    }
}
