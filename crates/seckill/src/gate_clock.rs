//! An estimate of the gate's clock.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use stampede_kernel::Timestamp;

/// A larger difference between the two clocks is logged.
const TOLERATED: Duration = Duration::from_secs(1);

/// The gate's clock, estimated between two answers by this process's monotonic
/// clock, so that a step of the wall clock does not move it.
#[derive(Debug, Default)]
pub(crate) struct GateClock(Mutex<Option<Reading>>);

#[derive(Debug, Clone, Copy)]
struct Reading {
    gate: Timestamp,
    at: Instant,
    /// Whether the two clocks differed by more than [`TOLERATED`].
    differs: bool,
}

impl GateClock {
    /// Stores a time that the gate has answered, and compares it with this
    /// process's time.
    pub(crate) fn observe(&self, gate: Timestamp, own: Timestamp) {
        let ahead = own.since(gate);
        let behind = gate.since(own);
        let differs = ahead.max(behind) > TOLERATED;
        let reading = Reading {
            gate,
            at: Instant::now(),
            differs,
        };
        let before = self.reading().replace(reading);
        if differs && !before.is_some_and(|before| before.differs) {
            tracing::warn!(
                ahead_ms = own.0.saturating_sub(gate.0),
                "this process's clock is not the one that judges the windows of sales"
            );
        }
    }

    /// The estimated time of the gate; `None` before its first answer.
    pub(crate) fn now(&self) -> Option<Timestamp> {
        let reading = *self.reading();
        reading.map(|reading| reading.gate.plus(reading.at.elapsed()))
    }

    fn reading(&self) -> MutexGuard<'_, Option<Reading>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
