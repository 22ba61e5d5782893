//! The state of one connection, and its deadlines.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::http::StatusCode;
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::connection_limits::ConnectionPermit;
use super::min_rate::MinRateTimer;

/// The metric of open connections.
const OPEN: &str = "stampede_connections";

/// Longest times that a client may take.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// For the head of a request, from its first byte; for the first request, from the connect.
    pub head: Duration,
    /// Between a response and the next request.
    pub keep_alive: Duration,
    /// Without reading anything of a response that is ready.
    pub send: Duration,
    /// Slowest rate at which a response may be read for longer than `send`.
    pub bytes_per_sec: u32,
}

/// The reason why a connection was ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EndReason {
    /// The head of a request did not arrive in time.
    Head,
    /// The rest of an unread body did not end in time.
    Body,
    /// No request came in time.
    Idle,
    /// The response was not read in time.
    Reader,
    /// A newer connection of the same address took its permit.
    Displaced,
}

impl EndReason {
    /// The value of the metric's label.
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

/// The state shared by the socket, the requests on it, and the task that ends it at a deadline.
/// It never leaves its thread.
#[derive(Debug)]
pub struct Connection {
    deadlines: Deadlines,
    permit: ConnectionPermit,
    state: RefCell<State>,
    /// The socket, once the dispatcher has dropped it.
    pub(super) returned: RefCell<Option<TcpStream>>,
    /// The status of the framework's own bare refusal, which is not sent as it is.
    pub(super) refused: Cell<Option<StatusCode>>,
}

#[derive(Debug)]
struct State {
    /// Whether a whole request has arrived yet.
    asked: bool,
    /// Requests in flight.
    answering: u32,
    /// Whether the body of the last request was not read to its end.
    body_unread: bool,
    /// Time of the last response, or of the connect.
    idle_since: Instant,
    /// Time of the next request's first byte.
    head_since: Option<Instant>,
    writing: MinRateTimer,
}

/// A request in flight, until the body of its response is dropped.
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

    /// Called when the head of a request has arrived; its body may follow.
    pub(super) fn begin(self: &Rc<Self>, has_body: bool) -> InFlightRequest {
        let mut state = self.state.borrow_mut();
        state.asked = true;
        state.answering += 1;
        state.body_unread = has_body;
        state.head_since = None;
        self.permit.mark_busy();
        InFlightRequest(Rc::clone(self))
    }

    /// Called when the body of the request has been read to its end.
    pub fn body_read(&self) {
        self.state.borrow_mut().body_unread = false;
    }

    /// Whether the framework has refused the input.
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

    /// The next deadline and its reason; `None` while the server, not the client, has to act.
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
