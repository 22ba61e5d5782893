//! Statistics of the claims that a process has answered, for the live view of a
//! sale.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

/// The result of a claim, as the statistics count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimResult {
    /// The claim has an order, new or replayed.
    Won,
    /// The claim is admitted, and its commit takes longer than the client
    /// waits.
    Pending,
    /// The sale is sold out.
    SoldOut,
    /// The buyer has reached the limit per buyer.
    LimitReached,
    /// The sale was overloaded or could not be reached.
    Busy,
    /// Any other refusal: too early, too late, paused, no address …
    Refused,
}

impl ClaimResult {
    /// All results.
    pub const ALL: [Self; 6] = [
        Self::Won,
        Self::Pending,
        Self::SoldOut,
        Self::LimitReached,
        Self::Busy,
        Self::Refused,
    ];

    /// The stable name, used in the live view.
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

/// The largest latency that is recorded, in microseconds: one minute.
const LONGEST_US: u64 = 60_000_000;

/// Counts of claims by result since the process began, and their latencies in the
/// last second.
#[derive(Debug)]
pub(crate) struct ClaimStats {
    counts: [AtomicU64; ClaimResult::ALL.len()],
    began: Instant,
    window: Mutex<Option<LatencyWindow>>,
}

/// Latency histograms of the current second and of the one before.
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

/// Latency percentiles of claims.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// The median, in microseconds.
    pub p50_us: u64,
    /// The 99th percentile, in microseconds.
    pub p99_us: u64,
}

impl ClaimStats {
    /// Counts a claim.
    pub(crate) fn count(&self, result: ClaimResult, took: Duration) {
        self.counts[result.place()].fetch_add(1, Ordering::Relaxed);
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(window) = self.window().as_mut() {
            window.advance(self.began.elapsed().as_secs());
            window.now.saturating_record(us.clamp(1, LONGEST_US));
        }
    }

    /// The number of claims by result, in the order of [`ClaimResult::ALL`].
    pub(crate) fn counts(&self) -> [u64; ClaimResult::ALL.len()] {
        std::array::from_fn(|place| self.counts[place].load(Ordering::Relaxed))
    }

    /// The latency percentiles of the last whole second.
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

        // No claims for a whole second.
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
