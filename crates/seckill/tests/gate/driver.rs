//! A gate as a gateway drives it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use stampede_kernel::{ManualClock, OrderId, SaleId, Timestamp, UserId};
use stampede_seckill::*;
use stampede_test_support::{shared_redis, shared_redis_cluster};
use uuid::Uuid;

pub(crate) const UNPAID: TicketEnd = TicketEnd::Released(TicketRelease::Unpaid);
pub(crate) const NO_ADDRESS: TicketEnd = TicketEnd::Refused(TicketRefusal::AddressRequired);

/// Open for ever, one unit each.
pub(crate) const TERMS: Terms = Terms {
    admission: Admission::Open,
    starts_at: Timestamp(0),
    ends_at: Timestamp(i64::MAX),
    limit: 1,
};

/// A gate, a sale of its own there, and how many batches it was handed.
pub(crate) struct GateDriver {
    gate: Arc<dyn Gate>,
    pub(crate) sale: SaleId,
    batches: u64,
}

/// Every gate there is. Each has a clock of its own: this one stands still, and
/// Redis has the time of its machine.
pub(crate) fn gates() -> Vec<Arc<dyn Gate>> {
    let clock = Arc::new(ManualClock::at(Timestamp(1_795_336_200_000)));
    let mut gates: Vec<Arc<dyn Gate>> = vec![Arc::new(MemoryGate::new(clock))];
    for url in [shared_redis(), shared_redis_cluster()]
        .into_iter()
        .flatten()
    {
        gates.push(Arc::new(RedisGate::at(&url).unwrap()));
    }
    gates
}

/// A name filled up to the length of an id.
fn named(name: &str) -> [u8; 16] {
    let mut bytes = [b'.'; 16];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    bytes
}

pub(crate) fn ticket(name: &str) -> TicketId {
    TicketId(named(name))
}

pub(crate) fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(number))
}

pub(crate) fn claim(name: &str, user: i64, units: i64) -> Claim {
    Claim {
        ticket: ticket(name),
        user: UserId(user),
        units,
        fingerprint: Fingerprint([7; 8]),
        address: None,
        delivery: None,
        config_version: 1,
    }
}

pub(crate) fn entry(user: i64, units: i64, state: EntryState) -> Entry {
    Entry {
        user: UserId(user),
        units,
        fingerprint: Fingerprint([7; 8]),
        state,
    }
}

pub(crate) fn pending(user: i64, units: i64) -> Verdict {
    let state = EntryState::Pending {
        address: None,
        delivery: None,
        config_version: 1,
    };
    Verdict::Known(entry(user, units, state))
}

pub(crate) fn ordered(user: i64, units: i64, number: u128) -> Entry {
    entry(user, units, EntryState::Ordered(order(number)))
}

pub(crate) fn fenced<T>(at: i64) -> Result<T, GateError> {
    Err(GateError::Fenced { at: Epoch(at) })
}

/// What a rebuild reads from the database.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) left: i64,
    pub(crate) buyers: Vec<(UserId, i64)>,
    pub(crate) tickets: Vec<(TicketId, Entry)>,
}

impl Rows {
    pub(crate) fn of(left: i64) -> Self {
        Self {
            left,
            ..Self::default()
        }
    }

    pub(crate) fn buyer(mut self, user: i64, units: i64) -> Self {
        self.buyers.push((UserId(user), units));
        self
    }

    pub(crate) fn ticket(mut self, name: &str, entry: Entry) -> Self {
        self.tickets.push((ticket(name), entry));
        self
    }
}

impl GateDriver {
    pub(crate) fn at(gate: Arc<dyn Gate>) -> Self {
        // Nobody else's, on a server that tests share.
        let (random, _) = Uuid::new_v4().as_u64_pair();
        let sale = SaleId(i64::try_from(random >> 1).unwrap());
        Self {
            gate,
            sale,
            batches: 0,
        }
    }

    /// What time it is at the gate. It must be open.
    pub(crate) async fn now(&mut self, epoch: i64) -> Timestamp {
        self.take(epoch, &[]).await.unwrap().now
    }

    pub(crate) fn batch(&self) -> BatchId {
        BatchId(named(&format!("b{}", self.batches)))
    }

    pub(crate) async fn take(&mut self, epoch: i64, claims: &[Claim]) -> Result<Taken, GateError> {
        self.batches += 1;
        let id = self.batch();
        self.gate
            .take(self.sale, Epoch(epoch), Batch { id, claims })
            .await
    }

    pub(crate) async fn verdicts(&mut self, epoch: i64, claims: &[Claim]) -> Vec<Verdict> {
        self.take(epoch, claims).await.unwrap().verdicts
    }

    pub(crate) async fn done(
        &self,
        epoch: i64,
        batch: BatchId,
        orders: &[(&str, Option<u128>)],
    ) -> Result<(usize, bool), GateError> {
        let orders = orders.iter();
        let orders: Vec<_> = orders
            .map(|(name, number)| (ticket(name), number.map(order)))
            .collect();
        let settled = self
            .gate
            .done(self.sale, Epoch(epoch), batch, &orders)
            .await?;
        Ok((settled.tickets, settled.closed))
    }

    pub(crate) async fn give(
        &self,
        epoch: i64,
        tickets: &[(&str, TicketEnd)],
    ) -> Result<Vec<Given>, GateError> {
        let tickets = tickets.iter().map(|(name, end)| (ticket(name), *end));
        let tickets: Vec<_> = tickets.collect();
        self.gate.give(self.sale, Epoch(epoch), &tickets).await
    }

    pub(crate) async fn load(&self, epoch: i64, part: Chunk<'_>) {
        self.gate.load(self.sale, Epoch(epoch), part).await.unwrap();
    }

    pub(crate) async fn loaded(&self, epoch: i64) -> Option<u64> {
        self.gate.loaded(self.sale, Epoch(epoch)).await.unwrap()
    }

    pub(crate) async fn run_id(&self) -> RunId {
        self.gate.run_id(self.sale).await.unwrap()
    }

    pub(crate) async fn flip(&self, epoch: i64, sizes: (usize, usize), terms: Terms) -> Flipped {
        self.flip_in(self.run_id().await, epoch, sizes, terms).await
    }

    /// The same, loaded in another life of the gate perhaps.
    pub(crate) async fn flip_in(
        &self,
        run_id: RunId,
        epoch: i64,
        (buyers, tickets): (usize, usize),
        terms: Terms,
    ) -> Flipped {
        let flip = Flip {
            epoch: Epoch(epoch),
            run_id,
            buyers,
            tickets,
            terms,
        };
        self.gate.flip(self.sale, &flip).await.unwrap()
    }

    pub(crate) async fn rebuild(&self, epoch: i64, rows: &Rows, terms: Terms) -> Flipped {
        self.load(epoch, Chunk::Left(rows.left)).await;
        self.load(epoch, Chunk::Buyers(&rows.buyers)).await;
        self.load(epoch, Chunk::Tickets(&rows.tickets)).await;
        let sizes = (rows.buyers.len(), rows.tickets.len());
        self.flip(epoch, sizes, terms).await
    }

    pub(crate) async fn open_batches(&self, epoch: i64) -> BTreeMap<BatchId, Vec<TicketId>> {
        let open = self.gate.open_batches(self.sale, Epoch(epoch)).await;
        open.unwrap().into_iter().collect()
    }

    pub(crate) async fn known(&self, epoch: i64) -> BTreeSet<UserId> {
        let known = self.gate.known(self.sale, Epoch(epoch)).await;
        known.unwrap().into_iter().collect()
    }

    pub(crate) async fn dump(&self, epoch: i64) -> GateDump {
        let books = self.gate.dump(self.sale, Epoch(epoch)).await;
        books.unwrap()
    }

    /// What is left and what live tickets have is all there is.
    pub(crate) async fn sound(&mut self, epoch: i64, total: i64, names: &[&str]) {
        let asked: Vec<_> = names.iter().map(|name| claim(name, 999_999, 0)).collect();
        let answer = self.take(epoch, &asked).await.unwrap();
        let open: BTreeSet<_> = self
            .open_batches(epoch)
            .await
            .into_values()
            .flatten()
            .collect();
        let mut held = 0;
        for (verdict, claim) in answer.verdicts.iter().zip(&asked) {
            match verdict {
                Verdict::Known(Entry {
                    state: EntryState::Ended(_),
                    ..
                }) => {}
                Verdict::Known(entry) => {
                    held += entry.units;
                    let waits = matches!(entry.state, EntryState::Pending { .. });
                    assert!(!waits || open.contains(&claim.ticket), "{claim:?}");
                }
                _ => {}
            }
        }
        assert!(answer.left >= 0);
        assert_eq!(answer.left + held, total);
    }
}
