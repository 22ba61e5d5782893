//! What a counter has answered, for whoever watches the sale.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hdrhistogram::Histogram;

/// How a claim ended, as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// An order, new or replayed.
    Won,
    /// A ticket: the commit takes long.
    Pending,
    /// All was sold.
    SoldOut,
    /// As many as one buyer may have.
    LimitReached,
    /// The sale was too busy.
    Busy,
    /// Anything else: too early, too late, paused, no address …
    Refused,
}

impl Ending {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Won,
        Self::Pending,
        Self::SoldOut,
        Self::LimitReached,
        Self::Busy,
        Self::Refused,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::Pending => "pending",
            Self::SoldOut => "sold_out",
            Self::LimitReached => "limit_reached",
            Self::Busy => "busy",
            Self::Refused => "refused",
        }
    }

    fn place(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or(0)
    }
}

/// The longest latency that is told apart, in microseconds: a minute.
const LONGEST_US: u64 = 60_000_000;

/// Counts by ending since the process began, and how long claims took lately.
#[derive(Debug)]
pub(crate) struct Tally {
    counts: [AtomicU64; Ending::ALL.len()],
    lately: Mutex<Option<Histogram<u32>>>,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            counts: Default::default(),
            lately: Mutex::new(Histogram::new_with_max(LONGEST_US, 2).ok()),
        }
    }
}

/// Microseconds that half and 99 of 100 claims took at most.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// Of half of them.
    pub p50_us: u64,
    /// Of 99 of 100.
    pub p99_us: u64,
}

impl Tally {
    /// One more claim.
    pub(crate) fn count(&self, ending: Ending, took: Duration) {
        self.counts[ending.place()].fetch_add(1, Ordering::Relaxed);
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(lately) = self.lately().as_mut() {
            lately.saturating_record(us.clamp(1, LONGEST_US));
        }
    }

    /// How many claims ended how.
    pub(crate) fn counts(&self) -> [u64; Ending::ALL.len()] {
        std::array::from_fn(|place| self.counts[place].load(Ordering::Relaxed))
    }

    /// How long claims took since this was asked last.
    pub(crate) fn latency(&self) -> Latency {
        let mut lately = self.lately();
        let Some(lately) = lately.as_mut() else {
            return Latency::default();
        };
        let latency = Latency {
            p50_us: lately.value_at_quantile(0.5),
            p99_us: lately.value_at_quantile(0.99),
        };
        lately.reset();
        latency
    }

    fn lately(&self) -> MutexGuard<'_, Option<Histogram<u32>>> {
        self.lately.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_right_to_a_hundredth() {
        let tally = Tally::default();
        for us in 1..=1_000_u64 {
            tally.count(Ending::Won, Duration::from_micros(us));
        }
        let latency = tally.latency();

        assert!((499..=505).contains(&latency.p50_us), "{latency:?}");
        assert!((985..=1_000).contains(&latency.p99_us), "{latency:?}");
        assert_eq!(tally.latency(), Latency::default());
        assert_eq!(tally.counts()[0], 1_000);
    }
}
