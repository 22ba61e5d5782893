//! The rush: claims are sent at instants fixed in advance, whatever the shop does.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::answer::Answer;
use crate::arrivals::Arrivals;
use crate::claims::Claims;
use crate::client::{Line, Target};
use crate::progress::Progress;
use crate::record::{Heard, Record};

/// Whoever lets claims in sleeps at least so long: thousands of wake-ups a second
/// would cost the shop on the same machine more than a quarter of a millisecond.
const NAP: Duration = Duration::from_micros(250);

/// A crowd that is about to come.
pub(crate) struct Rush {
    pub(crate) targets: Arc<[Target]>,
    pub(crate) claims: Arc<Claims>,
    pub(crate) arrivals: Arc<Arrivals>,
    pub(crate) opening: Instant,
    /// Connections in all.
    pub(crate) lines: usize,
    pub(crate) progress: Arc<Progress>,
    /// Set when nobody else shall come.
    pub(crate) stop: Arc<AtomicBool>,
}

impl Rush {
    /// Lets them come and hears every answer. Half of the cores send: the other
    /// half is the shop's, which is often on the same machine.
    pub(crate) fn run(self: &Arc<Self>) -> Record {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let threads = (cores / 2).clamp(1, self.lines);
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
                    Ok(heard) => record.join(heard),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
        record
    }

    fn run_share(self: Arc<Self>, share: Share) -> Record {
        let door = Arc::new(Door::new(share, self.lines.div_ceil(share.step)));
        let record = Arc::new(Mutex::new(Record::new(self.arrivals.last())));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("the operating system gives a runtime what it needs");
        let (rush, at_door) = (Arc::clone(&self), Arc::clone(&door));
        let porter = std::thread::spawn(move || at_door.let_in(&rush));
        runtime.block_on(async {
            let mut lines = JoinSet::new();
            for nth in 0..door.lines {
                let nth = share.first + nth * share.step;
                let line = Line::new(Arc::clone(&self.targets), nth);
                let (rush, door) = (Arc::clone(&self), Arc::clone(&door));
                lines.spawn(rush.serve(line, door, Arc::clone(&record)));
            }
            lines.join_all().await;
        });
        let _ = porter.join();
        let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *record, Record::new(Duration::ZERO))
    }

    /// One connection takes whoever is next, until nobody comes any more.
    async fn serve(self: Arc<Self>, mut line: Line, door: Arc<Door>, record: Arc<Mutex<Record>>) {
        while let Some(place) = door.next().await {
            let reply = line.ask(self.claims.claim(place)).await;
            let answer = Answer::to_claim(&reply);
            let heard = Heard {
                place,
                due: self.arrivals.due(place),
                at: self.opening.elapsed(),
                answer,
            };
            self.progress.heard(answer.kind);
            let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
            record.hear(heard);
        }
    }
}

/// Every `step`th claim from `first` on.
#[derive(Debug, Clone, Copy)]
struct Share {
    first: usize,
    step: usize,
}

/// Where claims of one thread wait for a free connection, in their order.
struct Door {
    share: Share,
    lines: usize,
    inside: Semaphore,
    let_in: AtomicUsize,
    served: AtomicUsize,
}

impl Door {
    fn new(share: Share, lines: usize) -> Self {
        Self {
            share,
            lines,
            inside: Semaphore::new(0),
            let_in: AtomicUsize::new(0),
            served: AtomicUsize::new(0),
        }
    }

    /// Lets each in at its instant. Runs in a thread of its own: the runtime's
    /// timers tell milliseconds apart, and this is to be finer.
    fn let_in(&self, rush: &Rush) {
        let share = (self.share.first..rush.arrivals.len()).step_by(self.share.step);
        for place in share {
            let due = rush.opening + rush.arrivals.due(place);
            let wait = due.saturating_duration_since(Instant::now());
            if !wait.is_zero() {
                std::thread::sleep(wait.max(NAP));
            }
            if rush.stop.load(Ordering::Relaxed) {
                break;
            }
            self.let_in.fetch_add(1, Ordering::Release);
            self.inside.add_permits(1);
        }
        // One more for each connection, which then finds nobody.
        self.inside.add_permits(self.lines);
    }

    /// The next claim, or `None` when all are served.
    async fn next(&self) -> Option<usize> {
        self.inside.acquire().await.ok()?.forget();
        let nth = self.served.fetch_add(1, Ordering::AcqRel);
        let inside = self.let_in.load(Ordering::Acquire);
        (nth < inside).then(|| self.share.first + nth * self.share.step)
    }
}
