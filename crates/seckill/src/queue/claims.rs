//! The queue of claims that wait for a batch.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use stampede_persistence::BULK_ROWS;

use crate::commit::{Intent, Outcome};

/// The largest batch: claims per gate call and transaction.
pub(crate) const BATCH: usize = 512;
/// The capacity of the queue; further claims are rejected at once.
const CAPACITY: usize = 4 * BATCH;

/// The reply to a claim.
#[derive(Debug)]
pub(crate) enum Reply {
    /// Its ticket has an outcome.
    Decided(Outcome),
    /// Its outcome must be read from the database.
    Recorded,
    /// It is admitted, and its commit takes longer than the client waits.
    Pending,
    /// It is rejected, and nothing was written.
    Rejected(Rejection),
}

/// The reason for which a claim is rejected without a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rejection {
    NotStarted,
    Ended,
    Paused,
    OverLimit,
    SoldOut,
    /// The idempotency key was used for another claim.
    Reused,
    Busy,
}

/// A claim that waits for its reply.
#[derive(Debug)]
pub(crate) struct WaitingClaim {
    pub(crate) intent: Intent,
    /// When it was queued.
    pub(crate) since: Instant,
    /// The time by which the claim is answered.
    pub(crate) deadline: Instant,
    pub(crate) reply: oneshot::Sender<Reply>,
}

/// A bounded queue that is served in batches. Claims that arrive while a batch is
/// served are the next batch.
#[derive(Debug, Default)]
pub(crate) struct ClaimQueue {
    claims: Mutex<VecDeque<WaitingClaim>>,
    arrived: Notify,
    /// Whether the queue accepts no more claims.
    closed: AtomicBool,
}

impl ClaimQueue {
    /// Adds a claim; false when the queue is full or closed.
    pub(crate) fn push(&self, waiting: WaitingClaim) -> bool {
        let mut claims = self.claims();
        if claims.len() >= CAPACITY || self.closed.load(Ordering::Acquire) {
            return false;
        }
        claims.push_back(waiting);
        drop(claims);
        self.arrived.notify_one();
        true
    }

    /// Waits for claims and returns the next batch. Claims whose client has
    /// disconnected are left out. `None` when the queue is closed and empty.
    pub(crate) async fn batch(&self) -> Option<Vec<WaitingClaim>> {
        loop {
            let arrived = self.arrived.notified();
            let closed = self.closed.load(Ordering::Acquire);
            let batch = self.ready();
            if !batch.is_empty() {
                return Some(batch);
            }
            if closed {
                return None;
            }
            arrived.await;
        }
    }

    /// Closes the queue: no claim is accepted any more, and waiting claims are
    /// still served.
    pub(crate) fn close(&self) {
        let claims = self.claims();
        self.closed.store(true, Ordering::Release);
        drop(claims);
        self.arrived.notify_one();
    }

    /// Takes the next batch. A large one is a multiple of [`BULK_ROWS`], for which each
    /// table takes one statement; the rest waits for the next batch.
    fn ready(&self) -> Vec<WaitingClaim> {
        let mut claims = self.claims();
        claims.retain(|waiting| !waiting.reply.is_closed());
        let most = claims.len().min(BATCH);
        let rest = if most < BULK_ROWS {
            0
        } else {
            most % BULK_ROWS
        };
        let batch: Vec<_> = claims.drain(..most - rest).collect();
        drop(claims);
        let waits = metrics::histogram!("stampede_sale_queue_seconds");
        for waiting in &batch {
            waits.record(waiting.since.elapsed());
        }
        batch
    }

    /// Rejects claims whose deadline has passed as busy.
    pub(crate) fn expire(&self, now: Instant) {
        let mut claims = self.claims();
        while claims.front().is_some_and(|first| first.deadline <= now) {
            if let Some(late) = claims.pop_front() {
                // Fails when the client has disconnected, which is
                // no fault.
                let _ = late.reply.send(Reply::Rejected(Rejection::Busy));
            }
        }
    }

    /// The earliest deadline.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.claims().front().map(|first| first.deadline)
    }

    /// The number of waiting claims.
    pub(crate) fn len(&self) -> usize {
        self.claims().len()
    }

    fn claims(&self) -> MutexGuard<'_, VecDeque<WaitingClaim>> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
