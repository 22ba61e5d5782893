//! The gate's clock as this process has last heard it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use stampede_kernel::Timestamp;

/// Clocks that differ by more are told of in the log.
const TOLERATED: Duration = Duration::from_secs(1);

/// The gate's clock, estimated between two answers by this process's monotonic
/// clock, so that a step of the wall clock does not move it.
#[derive(Debug, Default)]
pub(crate) struct GateClock(Mutex<Option<Reading>>);

#[derive(Debug, Clone, Copy)]
struct Reading {
    gate: Timestamp,
    at: Instant,
    /// Whether this process's clock differed by more than is tolerated.
    differs: bool,
}

impl GateClock {
    /// The gate has answered that it is `gate`, when it was `own` here.
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

    /// What the gate's clock says by now; `None` before its first answer.
    pub(crate) fn now(&self) -> Option<Timestamp> {
        let reading = *self.reading();
        reading.map(|reading| reading.gate.plus(reading.at.elapsed()))
    }

    fn reading(&self) -> MutexGuard<'_, Option<Reading>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
