//! What a counter has answered, for whoever watches the sale.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

/// How a claim ended, as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimResult {
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

impl ClaimResult {
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
pub(crate) struct ClaimStats {
    counts: [AtomicU64; ClaimResult::ALL.len()],
    began: Instant,
    window: Mutex<Option<LatencyWindow>>,
}

/// Latencies of this second and of the one before.
#[derive(Debug)]
struct LatencyWindow {
    second: u64,
    now: Histogram<u32>,
    last: Histogram<u32>,
}

impl LatencyWindow {
    fn new() -> Option<Self> {
        let now = Histogram::new_with_max(LONGEST_US, 2).ok()?;
        let last = now.clone();
        Some(Self {
            second: 0,
            now,
            last,
        })
    }

    fn advance(&mut self, second: u64) {
        if second == self.second {
            return;
        }
        std::mem::swap(&mut self.now, &mut self.last);
        self.now.reset();
        if second != self.second + 1 {
            self.last.reset();
        }
        self.second = second;
    }
}

impl Default for ClaimStats {
    fn default() -> Self {
        Self {
            counts: Default::default(),
            began: Instant::now(),
            window: Mutex::new(LatencyWindow::new()),
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

impl ClaimStats {
    /// One more claim.
    pub(crate) fn count(&self, result: ClaimResult, took: Duration) {
        self.counts[result.place()].fetch_add(1, Ordering::Relaxed);
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(window) = self.window().as_mut() {
            window.advance(self.began.elapsed().as_secs());
            window.now.saturating_record(us.clamp(1, LONGEST_US));
        }
    }

    /// How many claims ended how.
    pub(crate) fn counts(&self) -> [u64; ClaimResult::ALL.len()] {
        std::array::from_fn(|place| self.counts[place].load(Ordering::Relaxed))
    }

    /// How long claims took in the last whole second.
    pub(crate) fn latency(&self) -> Latency {
        let mut window = self.window();
        let Some(window) = window.as_mut() else {
            return Latency::default();
        };
        window.advance(self.began.elapsed().as_secs());
        Latency::of(&window.last)
    }

    fn window(&self) -> MutexGuard<'_, Option<LatencyWindow>> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Latency {
    fn of(took: &Histogram<u32>) -> Self {
        Self {
            p50_us: took.value_at_quantile(0.5),
            p99_us: took.value_at_quantile(0.99),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_second_that_is_over() {
        let mut window = LatencyWindow::new().unwrap();
        for us in 1..=1_000_u64 {
            window.now.record(us).unwrap();
        }
        assert_eq!(Latency::of(&window.last), Latency::default());

        window.advance(1);
        let latency = Latency::of(&window.last);
        assert!((499..=505).contains(&latency.p50_us), "{latency:?}");
        assert!((985..=1_000).contains(&latency.p99_us), "{latency:?}");

        // Nobody came for a whole second.
        window.advance(3);
        assert_eq!(Latency::of(&window.last), Latency::default());
    }

    #[test]
    fn every_ending_is_counted_by_itself() {
        let stats = ClaimStats::default();
        stats.count(ClaimResult::SoldOut, Duration::ZERO);
        stats.count(ClaimResult::SoldOut, Duration::from_hours(1));

        assert_eq!(stats.counts(), [0, 0, 2, 0, 0, 0]);
    }
}
