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
const ROOM: usize = 4 * BATCH;

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
    Turned(Turned),
}

/// Why nothing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turned {
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
pub(crate) struct Waiting {
    pub(crate) intent: Intent,
    /// Until when they are to have a reply.
    pub(crate) until: Instant,
    pub(crate) reply: oneshot::Sender<Reply>,
}

/// A bounded line, served in batches: who comes while one is served makes the next.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    line: Mutex<VecDeque<Waiting>>,
    came: Notify,
    /// Whether no batch is to come any more.
    closed: AtomicBool,
}

impl Queue {
    /// Queues up; false when there is no room, or nobody serves any more.
    pub(crate) fn push(&self, waiting: Waiting) -> bool {
        let mut line = self.line();
        if line.len() >= ROOM || self.closed.load(Ordering::Acquire) {
            return false;
        }
        line.push_back(waiting);
        drop(line);
        self.came.notify_one();
        true
    }

    /// The next batch; waits until a claim comes. Claims whose client has gone away
    /// are left out. `None` when the queue is closed and empty.
    pub(crate) async fn batch(&self) -> Option<Vec<Waiting>> {
        loop {
            let came = self.came.notified();
            let closed = self.closed.load(Ordering::Acquire);
            let batch = self.ready();
            if !batch.is_empty() {
                return Some(batch);
            }
            if closed {
                return None;
            }
            came.await;
        }
    }

    /// No claim queues up any more; those who wait are served.
    pub(crate) fn close(&self) {
        let line = self.line();
        self.closed.store(true, Ordering::Release);
        drop(line);
        self.came.notify_one();
    }

    fn ready(&self) -> Vec<Waiting> {
        let mut line = self.line();
        let mut batch = Vec::new();
        while let (true, Some(next)) = (batch.len() < BATCH, line.pop_front()) {
            if !next.reply.is_closed() {
                batch.push(next);
            }
        }
        batch
    }

    /// Tells those who have waited for too long that the sale is busy.
    pub(crate) fn lapse(&self, now: Instant) {
        let mut line = self.line();
        while line.front().is_some_and(|first| first.until <= now) {
            if let Some(late) = line.pop_front() {
                // Whoever went away needs no reply.
                let _ = late.reply.send(Reply::Turned(Turned::Busy));
            }
        }
    }

    /// When the first of them is to have a reply.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.line().front().map(|first| first.until)
    }

    /// How many wait.
    pub(crate) fn len(&self) -> usize {
        self.line().len()
    }

    fn line(&self) -> MutexGuard<'_, VecDeque<Waiting>> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
