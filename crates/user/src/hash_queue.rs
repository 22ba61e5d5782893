//! Who may hash next: a bounded queue that is fair by account and by client.
//!
//! A bcrypt takes a quarter of a second, so that anybody can send more log-ins than a
//! machine can check. Served first is who asked for the least work that proved nothing:
//! wrong guesses, refused requests and requests that still wait. Who floods the queue
//! therefore waits behind everybody who does not.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use stampede_kernel::{ClientNetwork, UserId};
use tokio::sync::oneshot;

/// How many passwords may wait for a thread; one more turns the least deserving away.
const MAX_WAITING: usize = 32;
/// How long one waits at most; then the answer is 503.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// How long unproven work is remembered: between one and two of these.
const WINDOW: Duration = Duration::from_mins(1);
/// Counters of a window, and remembered log-ins: about 2 MB each.
const CAPACITY: usize = 65_536;

/// Where a request for a hash comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    /// A client that is not signed in.
    Client(ClientNetwork),
    /// A signed-in user, or the owner of a proven e-mail address.
    User(UserId),
    /// The command line.
    Shop,
}

/// Who asks for a hash, and about which account.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Requester<'a> {
    pub(crate) source: Source,
    /// The account's name key.
    pub(crate) account: &'a str,
}

/// The requester's keys: hashed, so that memory does not depend on what is sent.
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

/// The smallest is served first, the greatest is turned away.
type Rank = (u32, bool, u32, Reverse<u64>);

/// The right to use one hashing thread; given to the next in line when dropped.
#[derive(Debug)]
pub(crate) struct ThreadPermit(Option<Arc<HashQueue>>);

/// The queue is full of requests that come first.
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

    /// Takes the requester's last work back: the password was right. From now on the
    /// account is known to be used from there.
    pub(crate) fn record_success(&self, who: Requester<'_>) {
        let keys = self.keys(who);
        let mut state = self.lock();
        for key in keys.all() {
            state.unproven.forgive(key);
        }
        state.known.insert(keys.pair);
    }

    /// Whether the account was logged in to from there before.
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

    /// Gives a free thread to the first in line who still waits.
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
    /// Ranked by the unproven work of the source; where the account is known to be used,
    /// only by that of the account there, so that strangers behind the same address do
    /// not matter. Among equals: known ones, then the account that is asked for least,
    /// then the newest, who waits while a flood of equals was there before.
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

/// Requests that have proved nothing, counted over the present window and the one before.
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

/// Accounts and where they were logged in to; the oldest half goes when it is full.
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
