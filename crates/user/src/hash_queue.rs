//! The queue of password hashes: bounded, and fair by account and by client.
//!
//! A bcrypt takes a quarter of a second, so that anybody can send more log-ins than a
//! machine can check. Requests are ordered by the unsuccessful work of their requester:
//! wrong passwords, refused requests and requests that still wait. A client that floods
//! the queue therefore waits behind all others.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use stampede_kernel::{ClientNetwork, UserId};
use tokio::sync::oneshot;

/// Maximum number of waiting requests; one more evicts the request with the lowest
/// priority.
const MAX_WAITING: usize = 32;
/// Maximum time in the queue; then the answer is 503.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// Length of a window; unsuccessful work counts for one to two windows.
const WINDOW: Duration = Duration::from_mins(1);
/// Maximum number of counters per window, and of remembered log-ins: about 2 MB each.
const CAPACITY: usize = 65_536;

/// The source of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// A client that is not signed in.
    Client(ClientNetwork),
    /// A signed-in user, or the owner of a proven e-mail address.
    User(UserId),
    /// The command line.
    Shop,
}

/// The requester of a hash: its source and the account.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Requester<'a> {
    pub(crate) source: Source,
    /// The account's name key.
    pub(crate) account: &'a str,
}

/// The hashed keys of a requester, so that memory does not depend on their length.
#[derive(Debug, Clone, Copy)]
struct Keys {
    source: u64,
    account: u64,
    /// This account from this source.
    pair: u64,
}

/// The queue in front of the hashing threads.
#[derive(Debug)]
pub(crate) struct HashQueue {
    hasher: RandomState,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    free_threads: usize,
    waiting: Vec<Waiting>,
    arrivals: u64,
    unproven: Unproven,
    known: KnownPairs,
}

#[derive(Debug)]
struct Waiting {
    keys: Keys,
    arrival: u64,
    start: oneshot::Sender<ThreadPermit>,
}

/// The priority of a request: the smallest is served first, the greatest is evicted.
type Rank = (u32, bool, u32, Reverse<u64>);

/// A permit for one hashing thread; when dropped, it passes to the next request.
#[derive(Debug)]
pub(crate) struct ThreadPermit(Option<Arc<HashQueue>>);

/// The queue is full of requests with a higher priority.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct QueueFull;

impl HashQueue {
    pub(crate) fn new(threads: usize) -> Arc<Self> {
        Arc::new(Self {
            hasher: RandomState::new(),
            state: Mutex::new(State {
                free_threads: threads,
                waiting: Vec::with_capacity(MAX_WAITING),
                arrivals: 0,
                unproven: Unproven::new(),
                known: KnownPairs::default(),
            }),
        })
    }

    /// Waits for a thread. The work counts against the requester until
    /// [`HashQueue::record_success`] takes it back.
    pub(crate) async fn acquire(
        self: &Arc<Self>,
        who: Requester<'_>,
    ) -> Result<ThreadPermit, QueueFull> {
        let keys = self.keys(who);
        let (start, started) = oneshot::channel();
        if let Some(permit) = self.enter(keys, start)? {
            return Ok(permit);
        }
        match tokio::time::timeout(MAX_WAIT, started).await {
            Ok(Ok(permit)) => Ok(permit),
            // Turned away for somebody who comes first, or waited too long.
            Ok(Err(_)) | Err(_) => Err(QueueFull),
        }
    }

    /// Records a success: the requester's last work no longer counts, and the account
    /// is known to be used from this source.
    pub(crate) fn record_success(&self, who: Requester<'_>) {
        let keys = self.keys(who);
        let mut state = self.lock();
        for key in keys.all() {
            state.unproven.forgive(key);
        }
        state.known.insert(keys.pair);
    }

    /// Returns whether a log-in to the account has succeeded from this source before.
    pub(crate) fn is_known(&self, who: Requester<'_>) -> bool {
        let pair = self.keys(who).pair;
        self.lock().known.contains(pair)
    }

    fn enter(
        self: &Arc<Self>,
        keys: Keys,
        start: oneshot::Sender<ThreadPermit>,
    ) -> Result<Option<ThreadPermit>, QueueFull> {
        let mut state = self.lock();
        for key in keys.all() {
            state.unproven.add(key);
        }
        if state.free_threads > 0 {
            state.free_threads -= 1;
            return Ok(Some(ThreadPermit(Some(Arc::clone(self)))));
        }
        state.waiting.retain(|waiting| !waiting.start.is_closed());
        state.arrivals += 1;
        let newcomer = Waiting {
            keys,
            arrival: state.arrivals,
            start,
        };
        if state.waiting.len() >= MAX_WAITING {
            let rank = state.rank(&newcomer);
            let last = state.last().ok_or(QueueFull)?;
            if state.rank(&state.waiting[last]) <= rank {
                return Err(QueueFull);
            }
            state.waiting.swap_remove(last);
        }
        state.waiting.push(newcomer);
        Ok(None)
    }

    /// Passes a free thread to the first request that still waits.
    fn release(self: &Arc<Self>) {
        loop {
            let next = {
                let mut state = self.lock();
                let Some(first) = state.first() else {
                    state.free_threads += 1;
                    return;
                };
                state.waiting.swap_remove(first)
            };
            match next.start.send(ThreadPermit(Some(Arc::clone(self)))) {
                Ok(()) => return,
                Err(mut refused) => refused.0 = None,
            }
        }
    }

    fn keys(&self, who: Requester<'_>) -> Keys {
        Keys {
            source: self.hasher.hash_one(("source", who.source)),
            account: self.hasher.hash_one(("account", who.account)),
            pair: self.hasher.hash_one(("pair", who.source, who.account)),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ThreadPermit {
    fn drop(&mut self) {
        if let Some(queue) = self.0.take() {
            queue.release();
        }
    }
}

impl Keys {
    fn all(self) -> [u64; 3] {
        [self.source, self.account, self.pair]
    }
}

impl State {
    /// Ranks by the unsuccessful work of the source, or, where the account is known to
    /// be used from there, of this pair alone, so that others behind the same address
    /// do not matter. Ties: known pairs first, then the account with fewer requests,
    /// then the newest, since a flood of equals was there before it.
    fn rank(&self, waiting: &Waiting) -> Rank {
        let keys = waiting.keys;
        let known = self.known.contains(keys.pair);
        let own = if known { keys.pair } else { keys.source };
        (
            self.unproven.of(own),
            !known,
            self.unproven.of(keys.account),
            Reverse(waiting.arrival),
        )
    }

    fn first(&self) -> Option<usize> {
        (0..self.waiting.len()).min_by_key(|at| self.rank(&self.waiting[*at]))
    }

    fn last(&self) -> Option<usize> {
        (0..self.waiting.len()).max_by_key(|at| self.rank(&self.waiting[*at]))
    }
}

/// Counts unsuccessful requests over the present window and the previous one.
#[derive(Debug)]
struct Unproven {
    present: HashMap<u64, u32>,
    previous: HashMap<u64, u32>,
    since: Instant,
}

impl Unproven {
    fn new() -> Self {
        Self {
            present: HashMap::new(),
            previous: HashMap::new(),
            since: Instant::now(),
        }
    }

    fn of(&self, key: u64) -> u32 {
        let count = |counts: &HashMap<u64, u32>| counts.get(&key).copied().unwrap_or(0);
        count(&self.present).saturating_add(count(&self.previous))
    }

    fn add(&mut self, key: u64) {
        if self.since.elapsed() >= WINDOW || self.present.len() >= CAPACITY {
            self.previous = std::mem::take(&mut self.present);
            self.since = Instant::now();
        }
        let count = self.present.entry(key).or_insert(0);
        *count = count.saturating_add(1);
    }

    fn forgive(&mut self, key: u64) {
        for counts in [&mut self.present, &mut self.previous] {
            if let Some(count) = counts.get_mut(&key).filter(|count| **count > 0) {
                *count -= 1;
                return;
            }
        }
    }
}

/// Pairs of account and source with a successful log-in; the oldest half is dropped
/// when it is full.
#[derive(Debug, Default)]
struct KnownPairs {
    young: HashSet<u64>,
    old: HashSet<u64>,
}

impl KnownPairs {
    fn contains(&self, pair: u64) -> bool {
        self.young.contains(&pair) || self.old.contains(&pair)
    }

    fn insert(&mut self, pair: u64) {
        if self.young.len() >= CAPACITY {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(pair);
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::net::{IpAddr, Ipv4Addr};
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn from(account: &str, host: u8) -> Requester<'_> {
        let address = IpAddr::from(Ipv4Addr::new(10, 0, 0, host));
        Requester {
            source: Source::Client(ClientNetwork::of(address)),
            account,
        }
    }

    fn poll<T>(future: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Poll<T> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    /// Somebody who waits, or has been answered.
    type Request<'a> = Pin<Box<dyn Future<Output = Result<ThreadPermit, QueueFull>> + 'a>>;

    /// Enters the queue at once and waits there.
    fn enter<'a>(queue: &'a Arc<HashQueue>, who: Requester<'a>) -> Request<'a> {
        let mut request: Request<'a> = Box::pin(queue.acquire(who));
        assert!(poll(request.as_mut()).is_pending(), "there was room");
        request
    }

    fn is_served(request: &mut Request<'_>) -> Option<ThreadPermit> {
        match poll(request.as_mut()) {
            Poll::Ready(Ok(permit)) => Some(permit),
            Poll::Ready(Err(QueueFull)) => panic!("turned away"),
            Poll::Pending => None,
        }
    }

    #[tokio::test]
    async fn whoever_asked_for_more_than_all_who_wait_is_turned_away_at_once() {
        let queue = HashQueue::new(1);
        let _busy = queue.acquire(from("mallory", 1)).await.unwrap();
        let _waiting: Vec<_> = (2..34)
            .map(|host| enter(&queue, from("alice", host)))
            .collect();

        let refused = pin!(queue.acquire(from("mallory", 1)));

        assert!(matches!(poll(refused), Poll::Ready(Err(QueueFull))));
    }

    #[tokio::test]
    async fn one_who_comes_first_takes_the_place_of_one_who_comes_last() {
        let queue = HashQueue::new(1);
        let _busy = queue.acquire(from("mallory", 1)).await.unwrap();
        let mut flood: Vec<_> = (0..MAX_WAITING)
            .map(|_| enter(&queue, from("mallory", 1)))
            .collect();

        let _owner = enter(&queue, from("alice", 2));

        let turned_away = flood
            .iter_mut()
            .filter_map(|request| match poll(request.as_mut()) {
                Poll::Ready(ended) => Some(ended.unwrap_err()),
                Poll::Pending => None,
            });
        assert_eq!(turned_away.collect::<Vec<_>>(), [QueueFull]);
    }

    #[tokio::test]
    async fn one_who_asks_once_comes_before_a_flood_from_another_address() {
        let queue = HashQueue::new(1);
        let busy = queue.acquire(from("alice", 1)).await.unwrap();
        let _flood: Vec<_> = (0..MAX_WAITING)
            .map(|_| enter(&queue, from("alice", 1)))
            .collect();
        let mut owner = enter(&queue, from("alice", 2));

        drop(busy);

        assert!(is_served(&mut owner).is_some());
    }

    #[tokio::test]
    async fn one_who_asks_once_comes_before_floods_from_many_addresses() {
        let queue = HashQueue::new(1);
        for host in 1..=64 {
            drop(queue.acquire(from("alice", host)).await.unwrap());
        }
        let busy = queue.acquire(from("alice", 1)).await.unwrap();
        let _floods: Vec<_> = (2..34)
            .map(|host| enter(&queue, from("alice", host)))
            .collect();
        let mut owner = enter(&queue, from("alice", 200));

        drop(busy);

        assert!(is_served(&mut owner).is_some());
    }

    #[tokio::test]
    async fn an_owner_who_was_here_before_comes_before_a_flood_behind_the_same_address() {
        let queue = HashQueue::new(1);
        drop(queue.acquire(from("alice", 1)).await.unwrap());
        queue.record_success(from("alice", 1));
        let busy = queue.acquire(from("bob", 1)).await.unwrap();
        let names: Vec<_> = (0..MAX_WAITING).map(|n| format!("guess-{n}")).collect();
        let _flood: Vec<_> = (names.iter())
            .map(|name| enter(&queue, from(name, 1)))
            .collect();
        let mut owner = enter(&queue, from("alice", 1));

        drop(busy);

        assert!(is_served(&mut owner).is_some());
    }

    #[tokio::test]
    async fn an_account_that_nobody_attacks_comes_first_among_new_addresses() {
        let queue = HashQueue::new(1);
        let busy = queue.acquire(from("alice", 1)).await.unwrap();
        let mut other = enter(&queue, from("bob", 99));
        let _flood: Vec<_> = (2..20)
            .map(|host| enter(&queue, from("alice", host)))
            .collect();

        drop(busy);

        assert!(is_served(&mut other).is_some());
    }

    #[tokio::test]
    async fn right_passwords_do_not_buy_an_attacker_the_first_place() {
        let queue = HashQueue::new(1);
        drop(queue.acquire(from("mallory", 1)).await.unwrap());
        queue.record_success(from("mallory", 1));
        let busy = queue.acquire(from("mallory", 1)).await.unwrap();
        let _flood: Vec<_> = (0..MAX_WAITING)
            .map(|_| enter(&queue, from("mallory", 1)))
            .collect();
        let mut owner = enter(&queue, from("alice", 2));

        drop(busy);

        assert!(is_served(&mut owner).is_some());
    }

    #[tokio::test]
    async fn a_thread_is_not_lost_with_one_who_goes_away() {
        let queue = HashQueue::new(1);
        let busy = queue.acquire(from("alice", 1)).await.unwrap();
        let gone = enter(&queue, from("bob", 2));
        let gone_after_the_turn = enter(&queue, from("eve", 3));
        drop(gone);
        drop(busy);
        drop(gone_after_the_turn);

        let served = pin!(queue.acquire(from("carol", 4)));

        assert!(matches!(poll(served), Poll::Ready(Ok(_))));
        assert!(queue.lock().waiting.is_empty());
    }

    #[test]
    fn memory_is_bounded() {
        let (mut unproven, mut known) = (Unproven::new(), KnownPairs::default());
        for key in 0..300_000 {
            unproven.add(key);
            known.insert(key);
        }

        assert!(unproven.present.len() <= CAPACITY && unproven.previous.len() <= CAPACITY);
        assert!(known.young.len() <= CAPACITY && known.old.len() <= CAPACITY);
        assert!(known.contains(299_999));
    }
}
