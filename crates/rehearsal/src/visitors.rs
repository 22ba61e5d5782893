//! Visitors of the sale page: they open it before the sale begins and go on polling, as
//! `static/shop/sale/poll.js` does.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use hyper::StatusCode;
use stampede_catalog::bulk::SeededRandom;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::claims::Claims;
use crate::client::{ClientRequest, Connection, Gateway};
use crate::record::{Latencies, latencies, micros};

/// Mean interval between two polls of a page while the sale runs.
const POLL: Duration = Duration::from_secs(2);

/// The open sale pages of a rehearsal, each with a connection of its own.
pub(crate) struct Visitors {
    pub(crate) gateways: Arc<[Gateway]>,
    pub(crate) claims: Arc<Claims>,
    /// Number of open pages.
    pub(crate) count: u32,
}

/// The answers that open pages had.
#[derive(Debug, Clone)]
pub(crate) struct PageRecord {
    /// Latencies of the page itself and of polls, from the request to the whole answer.
    pub(crate) latencies: Latencies,
    /// Requests that had no answer, or one that is not 200.
    pub(crate) failed: u64,
}

/// Visitors on a thread of their own.
pub(crate) struct Visiting {
    stop: oneshot::Sender<()>,
    thread: std::thread::JoinHandle<PageRecord>,
}

impl Visitors {
    /// Opens all pages, evenly within one polling interval.
    pub(crate) fn open(self) -> Visiting {
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || self.run(stopped));
        Visiting { stop, thread }
    }

    fn run(self, stopped: oneshot::Receiver<()>) -> PageRecord {
        let record = Arc::new(Mutex::new(PageRecord {
            latencies: latencies(3),
            failed: 0,
        }));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("the operating system gives a runtime what it needs");
        runtime.block_on(async {
            let visitors = Arc::new(self);
            let mut pages = JoinSet::new();
            for nth in 0..visitors.count {
                pages.spawn(Arc::clone(&visitors).visit(nth, Arc::clone(&record)));
            }
            // The load is over, or its thread is.
            let _ = stopped.await;
            pages.shutdown().await;
        });
        let record = record.lock().unwrap_or_else(PoisonError::into_inner);
        record.clone()
    }

    /// One open page; it polls until its task is ended.
    async fn visit(self: Arc<Self>, nth: u32, record: Arc<Mutex<PageRecord>>) {
        let mut chance = SeededRandom::of(nth.into());
        tokio::time::sleep(POLL * nth / self.count).await;
        let nth = usize::try_from(nth).unwrap_or_default();
        let mut connection = Connection::new(Arc::clone(&self.gateways), nth);
        self.ask(&mut connection, self.claims.page(nth), &record)
            .await;
        loop {
            let pause = part_of(POLL, 750 + chance.below(500));
            tokio::time::sleep(pause).await;
            self.ask(&mut connection, self.claims.poll(nth), &record)
                .await;
        }
    }

    async fn ask(
        &self,
        connection: &mut Connection,
        request: ClientRequest,
        record: &Mutex<PageRecord>,
    ) {
        let sent = Instant::now();
        let reply = connection.send(request).await;
        let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
        match reply {
            Ok(reply) if reply.status == StatusCode::OK => {
                record.latencies.saturating_record(micros(sent.elapsed()));
            }
            _ => record.failed += 1,
        }
    }
}

impl Visiting {
    /// Closes the pages.
    pub(crate) fn close(self) -> PageRecord {
        let _ = self.stop.send(());
        match self.thread.join() {
            Ok(record) => record,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

fn part_of(span: Duration, thousandths: i64) -> Duration {
    span * u32::try_from(thousandths).unwrap_or_default() / 1_000
}
