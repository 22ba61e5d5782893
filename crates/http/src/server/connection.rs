//! What one connection is at, and how long it may stay there.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::http::StatusCode;
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::connection_limits::ConnectionPermit;
use super::min_rate::MinRateTimer;

/// The metric of connections that are open.
const OPEN: &str = "stampede_connections";

/// How long a peer may take.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// To send the head of a request, from its first byte (of the first one, from the
    /// moment of connecting).
    pub head: Duration,
    /// Between an answer and the next request.
    pub keep_alive: Duration,
    /// Without reading anything of an answer that waits for it.
    pub send: Duration,
    /// The slowest rate at which an answer may be read for longer than that.
    pub bytes_per_sec: u32,
}

/// Why a connection was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EndReason {
    /// A request was begun and its head did not come whole.
    Head,
    /// What is left of a body that nobody waits for any more did not end.
    Body,
    /// Nothing came.
    Idle,
    /// The answer is not read.
    Reader,
    /// A newer connection of the same address has the place.
    Displaced,
}

impl EndReason {
    /// For the label of a metric.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Head => "slow_head",
            Self::Body => "slow_body",
            Self::Idle => "idle",
            Self::Reader => "slow_reader",
            Self::Displaced => "displaced",
        }
    }
}

/// Shared by the socket, the requests on it, and the task that ends it when a
/// deadline passes. A connection never leaves its thread.
#[derive(Debug)]
pub struct Connection {
    deadlines: Deadlines,
    permit: ConnectionPermit,
    state: RefCell<State>,
    /// The socket, when the dispatcher has let go of it.
    pub(super) returned: RefCell<Option<TcpStream>>,
    /// The status of the framework's own refusal, which was held back.
    pub(super) refused: Cell<Option<StatusCode>>,
}

#[derive(Debug)]
struct State {
    /// Whether there was a whole request yet.
    asked: bool,
    /// Requests that are being answered.
    answering: u32,
    /// Whether the body of the last request was not read to its end.
    body_unread: bool,
    /// When the last answer was written, or the connection made.
    idle_since: Instant,
    /// When the first byte of the next request came.
    head_since: Option<Instant>,
    writing: MinRateTimer,
}

/// One request that is being answered, until its answer's body is dropped.
#[derive(Debug)]
pub(super) struct InFlightRequest(Rc<Connection>);

impl Connection {
    pub(super) fn new(deadlines: Deadlines, permit: ConnectionPermit) -> Rc<Self> {
        let state = State {
            asked: false,
            answering: 0,
            body_unread: false,
            idle_since: Instant::now(),
            head_since: None,
            writing: MinRateTimer::new(deadlines.send, deadlines.bytes_per_sec),
        };
        metrics::gauge!(OPEN).increment(1.0);
        Rc::new(Self {
            deadlines,
            permit,
            state: RefCell::new(state),
            returned: RefCell::default(),
            refused: Cell::default(),
        })
    }

    /// The head of a request has come; its body may follow.
    pub(super) fn begin(self: &Rc<Self>, has_body: bool) -> InFlightRequest {
        let mut state = self.state.borrow_mut();
        state.asked = true;
        state.answering += 1;
        state.body_unread = has_body;
        state.head_since = None;
        self.permit.mark_busy();
        InFlightRequest(Rc::clone(self))
    }

    /// The body of the request has been read to its end.
    pub fn body_read(&self) {
        self.state.borrow_mut().body_unread = false;
    }

    /// Whether the framework has refused what came.
    pub(super) fn refuses(&self) -> bool {
        self.refused.get().is_some()
    }

    pub(super) fn body_unread(&self) -> bool {
        self.state.borrow().body_unread
    }

    pub(super) fn received(&self, now: Instant) {
        let mut state = self.state.borrow_mut();
        if state.answering == 0 {
            state.head_since.get_or_insert(now);
        }
    }

    pub(super) fn sent(&self, now: Instant, bytes: usize) {
        let mut state = self.state.borrow_mut();
        state.writing.progressed(now, bytes);
        if state.answering == 0 {
            state.idle_since = now;
            // The next request is waited for from now on, though it may have begun to come.
            state.head_since = state.head_since.map(|_| now);
            self.permit.mark_idle();
        }
    }

    pub(super) fn cannot_send(&self, now: Instant) {
        self.state.borrow_mut().writing.wait_from(now);
        self.permit.mark_busy();
    }

    fn end(&self) {
        let mut state = self.state.borrow_mut();
        state.answering -= 1;
        if state.answering == 0 && state.writing.deadline().is_none() {
            state.idle_since = Instant::now();
            self.permit.mark_idle();
        }
    }

    pub(super) fn poll_displaced(&self, context: &Context<'_>) -> Poll<()> {
        self.permit.poll_evicted(context)
    }

    /// Until when the connection may stay as it is; `None` while it is ours to act.
    pub(super) fn deadline(&self) -> Option<(Instant, EndReason)> {
        let state = self.state.borrow();
        if let Some(end) = state.writing.deadline() {
            return Some((end, EndReason::Reader));
        }
        if state.answering > 0 {
            return None;
        }
        let Deadlines {
            head, keep_alive, ..
        } = self.deadlines;
        Some(match state.head_since {
            Some(_) if !state.asked => (state.idle_since + head, EndReason::Head),
            None if !state.asked => (state.idle_since + head, EndReason::Idle),
            Some(since) if state.body_unread => (since + head, EndReason::Body),
            Some(since) => (since + head, EndReason::Head),
            None if state.body_unread => (state.idle_since + head, EndReason::Body),
            None => (state.idle_since + keep_alive, EndReason::Idle),
        })
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        metrics::gauge!(OPEN).decrement(1.0);
    }
}

impl Drop for InFlightRequest {
    fn drop(&mut self) {
        self.0.end();
    }
}
