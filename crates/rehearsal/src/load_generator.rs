//! The load generator: sends claims at instants fixed in advance, however fast the shop
//! answers.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::answer::Answer;
use crate::arrivals::Arrivals;
use crate::claims::Claims;
use crate::client::{Connection, Gateway};
use crate::progress::Progress;
use crate::record::{Record, Sample};

/// Shortest sleep of the dispatcher: thousands of wake-ups a second would slow a shop on the
/// same machine by more than a quarter of a millisecond.
const MIN_SLEEP: Duration = Duration::from_micros(250);

/// The load of a rehearsal, ready to be sent.
pub(crate) struct LoadGenerator {
    pub(crate) gateways: Arc<[Gateway]>,
    pub(crate) claims: Arc<Claims>,
    pub(crate) arrivals: Arc<Arrivals>,
    pub(crate) opening: Instant,
    /// Connections in all.
    pub(crate) connections: usize,
    pub(crate) progress: Arc<Progress>,
    /// Set to send no further claims.
    pub(crate) stop: Arc<AtomicBool>,
}

impl LoadGenerator {
    /// Sends all claims and records every answer. It uses half of the cores: the other half is
    /// for the shop, which often runs on the same machine.
    pub(crate) fn run(self: &Arc<Self>) -> Record {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let threads = (cores / 2).clamp(1, self.connections);
        let mut record = Record::new(self.arrivals.last());
        std::thread::scope(|scope| {
            let shares = (0..threads).map(|first| Share {
                first,
                step: threads,
            });
            let running: Vec<_> = shares
                .map(|share| scope.spawn(move || Arc::clone(self).run_share(share)))
                .collect();
            for thread in running {
                match thread.join() {
                    Ok(sample) => record.join(sample),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
        record
    }

    fn run_share(self: Arc<Self>, share: Share) -> Record {
        let queue = Arc::new(DispatchQueue::new(
            share,
            self.connections.div_ceil(share.step),
        ));
        let record = Arc::new(Mutex::new(Record::new(self.arrivals.last())));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("the operating system gives a runtime what it needs");
        let (generator, due) = (Arc::clone(&self), Arc::clone(&queue));
        let dispatcher = std::thread::spawn(move || due.dispatch(&generator));
        runtime.block_on(async {
            let mut connections = JoinSet::new();
            for nth in 0..queue.connections {
                let nth = share.first + nth * share.step;
                let connection = Connection::new(Arc::clone(&self.gateways), nth);
                let (generator, queue) = (Arc::clone(&self), Arc::clone(&queue));
                connections.spawn(generator.serve(connection, queue, Arc::clone(&record)));
            }
            connections.join_all().await;
        });
        let _ = dispatcher.join();
        let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *record, Record::new(Duration::ZERO))
    }

    /// Sends claims over one connection until the queue is closed.
    async fn serve(
        self: Arc<Self>,
        mut connection: Connection,
        queue: Arc<DispatchQueue>,
        record: Arc<Mutex<Record>>,
    ) {
        while let Some(place) = queue.next().await {
            let reply = connection.send(self.claims.claim(place)).await;
            let answer = Answer::to_claim(&reply);
            let sample = Sample {
                place,
                due: self.arrivals.due(place),
                at: self.opening.elapsed(),
                answer,
            };
            self.progress.heard(answer.kind);
            let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
            record.add(sample);
        }
    }
}

/// The claims of one thread: every `step`th from `first` on.
#[derive(Debug, Clone, Copy)]
struct Share {
    first: usize,
    step: usize,
}

/// The queue in which due claims of one thread wait for a free connection, in order.
struct DispatchQueue {
    share: Share,
    connections: usize,
    ready: Semaphore,
    dispatched: AtomicUsize,
    served: AtomicUsize,
}

impl DispatchQueue {
    fn new(share: Share, connections: usize) -> Self {
        Self {
            share,
            connections,
            ready: Semaphore::new(0),
            dispatched: AtomicUsize::new(0),
            served: AtomicUsize::new(0),
        }
    }

    /// Releases each claim at its instant. It runs in a thread of its own, because tokio's
    /// timers have a resolution of a millisecond.
    fn dispatch(&self, generator: &LoadGenerator) {
        let share = (self.share.first..generator.arrivals.len()).step_by(self.share.step);
        for place in share {
            let due = generator.opening + generator.arrivals.due(place);
            let wait = due.saturating_duration_since(Instant::now());
            if !wait.is_zero() {
                std::thread::sleep(wait.max(MIN_SLEEP));
            }
            if generator.stop.load(Ordering::Relaxed) {
                break;
            }
            self.dispatched.fetch_add(1, Ordering::Release);
            self.ready.add_permits(1);
        }
        // One more for each connection, which then finds nobody.
        self.ready.add_permits(self.connections);
    }

    /// The next claim; `None` when all have been taken.
    async fn next(&self) -> Option<usize> {
        self.ready.acquire().await.ok()?.forget();
        let nth = self.served.fetch_add(1, Ordering::AcqRel);
        let ready = self.dispatched.load(Ordering::Acquire);
        (nth < ready).then(|| self.share.first + nth * self.share.step)
    }
}
