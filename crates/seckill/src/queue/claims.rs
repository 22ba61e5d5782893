//! Who waits at a counter.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use stampede_order::Order;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use crate::commit::{Intent, Outcome};

/// Claims that are judged by one call and committed by one transaction, at most.
pub(crate) const BATCH: usize = 512;
/// Claims that may wait; more are refused before anybody is asked.
const CAPACITY: usize = 4 * BATCH;

/// What a claim is told.
#[derive(Debug)]
pub(crate) enum Reply {
    /// Its order was booked just now.
    Booked(Box<Order>),
    /// Its ticket had an outcome, or got it from somebody else.
    Known(Outcome),
    /// Its row says what became of it.
    Recorded,
    /// It was admitted, and its commit takes long.
    Pending,
    /// Nothing happened.
    Rejected(Rejection),
}

/// Why nothing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rejection {
    NotStarted,
    Ended,
    Paused,
    OverLimit,
    SoldOut,
    /// The key belongs to another claim.
    Reused,
    Busy,
}

/// Somebody who waits.
#[derive(Debug)]
pub(crate) struct WaitingClaim {
    pub(crate) intent: Intent,
    /// Until when they are to have a reply.
    pub(crate) deadline: Instant,
    pub(crate) reply: oneshot::Sender<Reply>,
}

/// A bounded line, served in batches: who comes while one is served makes the next.
#[derive(Debug, Default)]
pub(crate) struct ClaimQueue {
    claims: Mutex<VecDeque<WaitingClaim>>,
    arrived: Notify,
    /// Whether no batch is to come any more.
    closed: AtomicBool,
}

impl ClaimQueue {
    /// Queues up; false when there is no room, or nobody serves any more.
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

    /// The next batch; waits until a claim comes. Claims whose client has gone away
    /// are left out. `None` when the queue is closed and empty.
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

    /// No claim queues up any more; those who wait are served.
    pub(crate) fn close(&self) {
        let claims = self.claims();
        self.closed.store(true, Ordering::Release);
        drop(claims);
        self.arrived.notify_one();
    }

    fn ready(&self) -> Vec<WaitingClaim> {
        let mut claims = self.claims();
        let mut batch = Vec::new();
        while let (true, Some(next)) = (batch.len() < BATCH, claims.pop_front()) {
            if !next.reply.is_closed() {
                batch.push(next);
            }
        }
        batch
    }

    /// Tells those who have waited for too long that the sale is busy.
    pub(crate) fn expire(&self, now: Instant) {
        let mut claims = self.claims();
        while claims.front().is_some_and(|first| first.deadline <= now) {
            if let Some(late) = claims.pop_front() {
                // Whoever went away needs no reply.
                let _ = late.reply.send(Reply::Rejected(Rejection::Busy));
            }
        }
    }

    /// When the first of them is to have a reply.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.claims().front().map(|first| first.deadline)
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.claims().len()
    }

    fn claims(&self) -> MutexGuard<'_, VecDeque<WaitingClaim>> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
