//! Limits on the connections of one client address.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures::task::AtomicWaker;
use stampede_kernel::ClientNetwork;
use tokio::time::Instant;

use crate::client::TrustedProxies;

/// Value of a slot's `idle_since` while a request is in flight.
const BUSY: u64 = 0;

/// The connections of every client address, shared by all workers of the process.
#[derive(Debug)]
pub struct ConnectionLimits {
    per_address: usize,
    /// Most connections of any address, loopback included.
    share: usize,
    unlimited: TrustedProxies,
    began: Instant,
    taken: Mutex<Slots>,
}

#[derive(Debug, Default)]
struct Slots {
    next: u64,
    by_network: HashMap<ClientNetwork, HashMap<u64, Arc<Slot>>>,
}

/// The state of a connection that other threads may read and change.
#[derive(Debug)]
struct Slot {
    /// Microseconds after the start since when it is idle, or [`BUSY`].
    idle_since: AtomicU64,
    evicted: AtomicBool,
    task: AtomicWaker,
}

/// The permit of one connection, released when it is dropped.
#[derive(Debug)]
pub struct ConnectionPermit {
    connection_limits: Arc<ConnectionLimits>,
    /// `None` for a peer without a limit.
    key: Option<(ClientNetwork, u64)>,
    slot: Arc<Slot>,
}

impl ConnectionLimits {
    /// Limits of `per_address` connections for each address (0 = no such limit), and for none
    /// more than half of `all`.
    ///
    /// Trusted proxies have no limit. Loopback addresses, where load tests and reverse proxies
    /// run, are only limited to the half.
    pub fn new(per_address: usize, all: usize, unlimited: TrustedProxies) -> Self {
        Self {
            per_address,
            share: (all / 2).max(1),
            unlimited,
            began: Instant::now(),
            taken: Mutex::default(),
        }
    }

    /// A place for a connection from `peer`. When that address has as many as it may,
    /// the one of them that is idle for the longest time loses its place; `None` when
    /// requests are being answered on all of them.
    pub fn acquire(self: &Arc<Self>, peer: IpAddr) -> Option<ConnectionPermit> {
        let peer = peer.to_canonical();
        let slot = Arc::new(Slot {
            idle_since: AtomicU64::new(self.now()),
            evicted: AtomicBool::new(false),
            task: AtomicWaker::new(),
        });
        let mut key = None;
        if !self.unlimited.trusts(peer) {
            let network = ClientNetwork::of(peer);
            let mut taken = self.taken();
            let id = taken.next;
            let slots_of_client = taken.by_network.entry(network).or_default();
            if slots_of_client.len() >= self.most(peer) {
                evict(slots_of_client)?;
            }
            slots_of_client.insert(id, Arc::clone(&slot));
            taken.next += 1;
            key = Some((network, id));
        }
        Some(ConnectionPermit {
            connection_limits: Arc::clone(self),
            key,
            slot,
        })
    }

    fn most(&self, peer: IpAddr) -> usize {
        if self.per_address == 0 || peer.is_loopback() {
            self.share
        } else {
            self.per_address.min(self.share)
        }
    }

    /// Never [`BUSY`].
    fn now(&self) -> u64 {
        let micros = self.began.elapsed().as_micros();
        u64::try_from(micros).unwrap_or(u64::MAX).max(BUSY + 1)
    }

    fn taken(&self) -> MutexGuard<'_, Slots> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Evicts the connection that has been idle for the longest time.
fn evict(slots_of_client: &mut HashMap<u64, Arc<Slot>>) -> Option<()> {
    let since = |slot: &Slot| slot.idle_since.load(Ordering::Relaxed);
    let (id, _) = slots_of_client
        .iter()
        .filter(|(_, slot)| since(slot) != BUSY)
        .min_by_key(|(id, slot)| (since(slot), **id))?;
    let id = *id;
    let slot = slots_of_client.remove(&id)?;
    slot.evicted.store(true, Ordering::Release);
    slot.task.wake();
    Some(())
}

impl ConnectionPermit {
    /// Marks the connection as busy: it cannot be evicted.
    pub fn mark_busy(&self) {
        self.slot.idle_since.store(BUSY, Ordering::Relaxed);
    }

    /// Marks the connection as idle.
    pub fn mark_idle(&self) {
        if self.key.is_some() {
            let now = self.connection_limits.now();
            self.slot.idle_since.store(now, Ordering::Relaxed);
        }
    }

    /// Ready when the connection has been evicted in favour of another.
    pub fn poll_evicted(&self, context: &Context<'_>) -> Poll<()> {
        self.slot.task.register(context.waker());
        if self.slot.evicted.load(Ordering::Acquire) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

impl Drop for ConnectionPermit {
    fn drop(&mut self) {
        let Some((network, id)) = self.key else {
            return;
        };
        if let Entry::Occupied(mut slots_of_client) =
            self.connection_limits.taken().by_network.entry(network)
        {
            slots_of_client.get_mut().remove(&id);
            if slots_of_client.get().is_empty() {
                slots_of_client.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn connection_limits(per_address: usize, all: usize) -> Arc<ConnectionLimits> {
        let proxy = "10.0.0.0/8".parse().unwrap();
        Arc::new(ConnectionLimits::new(
            per_address,
            all,
            TrustedProxies(vec![proxy]),
        ))
    }

    /// As many busy connections as `peer` gets.
    fn held(connection_limits: &Arc<ConnectionLimits>, peer: &str) -> Vec<ConnectionPermit> {
        std::iter::from_fn(|| connection_limits.acquire(ip(peer)))
            .inspect(ConnectionPermit::mark_busy)
            .take(1_000)
            .collect()
    }

    fn evicted(permit: &ConnectionPermit) -> bool {
        let context = Context::from_waker(std::task::Waker::noop());
        permit.poll_evicted(&context).is_ready()
    }

    #[test]
    fn an_address_has_its_places_and_no_more() {
        let connection_limits = connection_limits(3, 100);

        let mut first = held(&connection_limits, "192.0.2.1");

        assert_eq!(first.len(), 3);
        assert_eq!(held(&connection_limits, "::ffff:192.0.2.1").len(), 0);
        assert_eq!(held(&connection_limits, "192.0.2.2").len(), 3);
        first.pop();
        assert_eq!(held(&connection_limits, "192.0.2.1").len(), 1);
    }

    #[test]
    fn a_newcomer_gets_the_place_of_the_connection_that_is_idle_for_the_longest_time() {
        let connection_limits = connection_limits(3, 100);
        let first = held(&connection_limits, "192.0.2.1");
        first[1].mark_idle();
        std::thread::sleep(std::time::Duration::from_millis(1));
        first[2].mark_idle();

        let newcomer = connection_limits.acquire(ip("192.0.2.1"));

        assert!(newcomer.is_some());
        assert_eq!(
            first.iter().map(evicted).collect::<Vec<_>>(),
            [false, true, false]
        );
        drop(first);
        drop(newcomer);
        assert_eq!(held(&connection_limits, "192.0.2.1").len(), 3);
    }

    #[test]
    fn a_64_of_ipv6_is_one_address() {
        let connection_limits = connection_limits(3, 100);

        let one = held(&connection_limits, "2001:db8::1");

        assert_eq!(one.len(), 3);
        assert_eq!(held(&connection_limits, "2001:db8::2:1").len(), 0);
        assert_eq!(held(&connection_limits, "2001:db8:0:1::1").len(), 3);
    }

    #[test]
    fn no_address_has_more_than_half_of_all_places() {
        assert_eq!(held(&connection_limits(3, 100), "127.0.0.1").len(), 50);
        assert_eq!(held(&connection_limits(300, 100), "192.0.2.1").len(), 50);
        assert_eq!(held(&connection_limits(0, 100), "192.0.2.1").len(), 50);
        assert_eq!(held(&connection_limits(3, 1), "192.0.2.1").len(), 1);
    }

    #[test]
    fn a_trusted_proxy_has_as_many_as_it_likes() {
        assert_eq!(held(&connection_limits(3, 100), "10.1.2.3").len(), 1_000);
    }

    #[test]
    fn an_address_that_has_left_is_forgotten() {
        let connection_limits = connection_limits(3, 100);

        drop(held(&connection_limits, "192.0.2.1"));

        assert!(connection_limits.taken().by_network.is_empty());
    }
}
