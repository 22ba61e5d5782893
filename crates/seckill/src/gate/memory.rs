//! The gate in memory, for a shop without Redis.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use stampede_kernel::{Clock, OrderId, SaleId, Timestamp, UserId};

use super::{
    Acknowledged, Admission, Batch, BatchId, Chunk, Claim, Entry, EntryState, Epoch, Flip, Flipped,
    Gate, GateDump, GateError, Given, RunId, Taken, Terms, TicketEnd, TicketId, Verdict,
};

/// A gate in memory. It ends with its process, so its run id is constant: a new
/// process begins with an empty gate.
pub struct MemoryGate {
    clock: Arc<dyn Clock>,
    sales: Mutex<HashMap<SaleId, Arc<Mutex<Sale>>>>,
}

impl MemoryGate {
    /// An empty gate; windows are judged by `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let sales = Mutex::default();
        Self { clock, sales }
    }

    /// The number of sales in memory.
    pub fn sales(&self) -> usize {
        held(&self.sales).len()
    }

    /// Returns the sale, empty if nothing of it is loaded.
    fn sale(&self, id: SaleId) -> Arc<Mutex<Sale>> {
        held(&self.sales)
            .get(&id)
            .map_or_else(Arc::default, Arc::clone)
    }
}

/// Locks a mutex. Poisoning is ignored, since no step can panic half-way.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Gate for MemoryGate {
    async fn take(&self, sale: SaleId, epoch: Epoch, batch: Batch<'_>) -> Result<Taken, GateError> {
        let now = self.clock.now();
        let sale = self.sale(sale);
        let mut sale = held(&sale);
        Ok(sale.at(epoch)?.take(batch, now))
    }

    async fn done(
        &self,
        sale: SaleId,
        epoch: Epoch,
        batch: BatchId,
        orders: &[(TicketId, Option<OrderId>)],
    ) -> Result<Acknowledged, GateError> {
        let sale = self.sale(sale);
        let mut sale = held(&sale);
        Ok(sale.at(epoch)?.done(batch, orders))
    }

    async fn give(
        &self,
        sale: SaleId,
        epoch: Epoch,
        tickets: &[(TicketId, TicketEnd)],
    ) -> Result<Vec<Given>, GateError> {
        let sale = self.sale(sale);
        let mut sale = held(&sale);
        Ok(sale.at(epoch)?.give(tickets))
    }

    async fn known(&self, sale: SaleId, epoch: Epoch) -> Result<Vec<UserId>, GateError> {
        let sale = self.sale(sale);
        let mut sale = held(&sale);
        Ok(sale.at(epoch)?.buyers.keys().copied().collect())
    }

    async fn open_batches(
        &self,
        sale: SaleId,
        epoch: Epoch,
    ) -> Result<Vec<(BatchId, Vec<TicketId>)>, GateError> {
        let sale = self.sale(sale);
        let mut sale = held(&sale);
        let batches = sale.at(epoch)?.batches.iter();
        Ok(batches
            .map(|(id, tickets)| (*id, tickets.clone()))
            .collect())
    }

    async fn dump(&self, sale: SaleId, epoch: Epoch) -> Result<GateDump, GateError> {
        let sale = self.sale(sale);
        let mut sale = held(&sale);
        Ok(sale.at(epoch)?.dump())
    }

    async fn now(&self, _: SaleId) -> Result<Timestamp, GateError> {
        Ok(self.clock.now())
    }

    async fn run_id(&self, _: SaleId) -> Result<RunId, GateError> {
        Ok(RunId("process".to_owned()))
    }

    async fn load(&self, sale: SaleId, epoch: Epoch, chunk: Chunk<'_>) -> Result<(), GateError> {
        let sale = Arc::clone(held(&self.sales).entry(sale).or_default());
        held(&sale).load(epoch, chunk);
        Ok(())
    }

    async fn loaded(&self, sale: SaleId, epoch: Epoch) -> Result<Option<u64>, GateError> {
        Ok(held(&self.sale(sale)).loaded(epoch))
    }

    fn forget(&self, sale: SaleId) {
        held(&self.sales).remove(&sale);
    }

    async fn flip(&self, sale: SaleId, flip: &Flip) -> Result<Flipped, GateError> {
        Ok(held(&self.sale(sale)).flip(flip))
    }
}

/// One sale: its open epoch, and epochs that are being loaded.
#[derive(Default)]
struct Sale {
    open: Option<Open>,
    loading: BTreeMap<Epoch, Loading>,
}

impl Sale {
    fn epoch(&self) -> Epoch {
        self.open.as_ref().map_or(Epoch(0), |open| open.epoch)
    }

    /// Returns the open epoch if it is `epoch`.
    fn at(&mut self, epoch: Epoch) -> Result<&mut Open, GateError> {
        let at = self.epoch();
        let open = self.open.as_mut().filter(|open| open.epoch == epoch);
        open.ok_or(GateError::Fenced { at })
    }

    fn load(&mut self, epoch: Epoch, chunk: Chunk<'_>) {
        if epoch <= self.epoch() {
            return;
        }
        let loading = self.loading.entry(epoch).or_default();
        match chunk {
            Chunk::Left(left) => loading.left = Some(left),
            Chunk::Buyers(buyers) => loading.buyers.extend(buyers.iter().copied()),
            Chunk::Tickets(tickets) => loading.tickets.extend(tickets.iter().copied()),
        }
    }

    fn loaded(&self, epoch: Epoch) -> Option<u64> {
        let loading = self.loading.get(&epoch)?;
        loading.left?;
        u64::try_from(loading.buyers.len() + loading.tickets.len()).ok()
    }

    fn flip(&mut self, flip: &Flip) -> Flipped {
        let before = self.epoch();
        if flip.epoch <= before {
            return Flipped::Overtaken(before);
        }
        let loaded = self.loading.get(&flip.epoch);
        let Some(left) = loaded.and_then(|loaded| loaded.whole(flip)) else {
            return Flipped::Short;
        };
        let loaded = self.loading.remove(&flip.epoch).unwrap_or_default();
        self.loading.retain(|epoch, _| *epoch > flip.epoch);
        self.open = Some(Open {
            epoch: flip.epoch,
            terms: flip.terms,
            generation: 0,
            left,
            buyers: loaded.buyers,
            tickets: loaded.tickets,
            batches: BTreeMap::new(),
        });
        Flipped::Done(before)
    }
}

/// The loaded chunks of an epoch.
#[derive(Default)]
struct Loading {
    left: Option<i64>,
    buyers: HashMap<UserId, i64>,
    tickets: HashMap<TicketId, Entry>,
}

impl Loading {
    /// The units left, if everything that `flip` names has been loaded.
    fn whole(&self, flip: &Flip) -> Option<i64> {
        let sizes = (self.buyers.len(), self.tickets.len());
        self.left.filter(|_| sizes == (flip.buyers, flip.tickets))
    }
}

/// An open epoch.
struct Open {
    epoch: Epoch,
    terms: Terms,
    generation: u64,
    left: i64,
    /// All users with a ticket, with the units that they have.
    buyers: HashMap<UserId, i64>,
    tickets: HashMap<TicketId, Entry>,
    /// Batches that are not acknowledged.
    batches: BTreeMap<BatchId, Vec<TicketId>>,
}

impl Open {
    fn take(&mut self, batch: Batch<'_>, now: Timestamp) -> Taken {
        let mut admitted = Vec::new();
        let mut verdicts = Vec::with_capacity(batch.claims.len());
        for claim in batch.claims {
            let verdict = self.judge(claim, now);
            if verdict == Verdict::Admitted && claim.units > 0 {
                self.admit(claim);
                admitted.push(claim.ticket);
            }
            verdicts.push(verdict);
        }
        if !admitted.is_empty() {
            self.batches.insert(batch.id, admitted);
        }
        Taken {
            now,
            generation: self.generation,
            left: self.left,
            verdicts,
        }
    }

    fn dump(&self) -> GateDump {
        GateDump {
            left: self.left,
            buyers: self
                .buyers
                .iter()
                .map(|(user, has)| (*user, *has))
                .collect(),
            tickets: self
                .tickets
                .iter()
                .map(|(id, entry)| (*id, *entry))
                .collect(),
        }
    }

    /// The limit is checked before the units, so that a winner who repeats the
    /// claim without its key learns of the limit.
    fn judge(&self, claim: &Claim, now: Timestamp) -> Verdict {
        if let Some(entry) = self.tickets.get(&claim.ticket) {
            return Verdict::Known(*entry);
        }
        let has = self.buyers.get(&claim.user).copied().unwrap_or(0);
        match self.terms {
            Terms {
                admission: Admission::Paused,
                ..
            } => Verdict::Paused,
            Terms { starts_at, .. } if now < starts_at => Verdict::NotStarted,
            Terms { ends_at, .. } if now >= ends_at => Verdict::Ended,
            Terms { limit, .. } if claim.units > limit - has => Verdict::OverLimit,
            _ if claim.units > self.left => Verdict::SoldOut,
            _ => Verdict::Admitted,
        }
    }

    fn admit(&mut self, claim: &Claim) {
        self.left -= claim.units;
        *self.buyers.entry(claim.user).or_default() += claim.units;
        let entry = Entry {
            user: claim.user,
            units: claim.units,
            fingerprint: claim.fingerprint,
            state: EntryState::Pending {
                address: claim.address,
                delivery: claim.delivery,
                config_version: claim.config_version,
            },
        };
        self.tickets.insert(claim.ticket, entry);
    }

    fn done(&mut self, batch: BatchId, orders: &[(TicketId, Option<OrderId>)]) -> Acknowledged {
        let mut tickets = 0;
        for (ticket, order) in orders {
            if let (Some(entry), Some(order)) = (self.tickets.get_mut(ticket), order)
                && matches!(entry.state, EntryState::Pending { .. })
            {
                entry.state = EntryState::Ordered(*order);
                tickets += 1;
            }
        }
        let open = |ticket: &TicketId| {
            let entry = self.tickets.get(ticket);
            entry.is_some_and(|entry| matches!(entry.state, EntryState::Pending { .. }))
        };
        let known = self.batches.get(&batch);
        let closed = known.is_some_and(|tickets| !tickets.iter().any(open));
        if closed {
            self.batches.remove(&batch);
        }
        Acknowledged { tickets, closed }
    }

    fn give(&mut self, tickets: &[(TicketId, TicketEnd)]) -> Vec<Given> {
        let given: Vec<_> = tickets
            .iter()
            .map(|(ticket, end)| self.give_one(*ticket, *end))
            .collect();
        if given.contains(&Given::Now) {
            self.generation += 1;
        }
        given
    }

    fn give_one(&mut self, ticket: TicketId, end: TicketEnd) -> Given {
        match self.tickets.get_mut(&ticket) {
            None => Given::Unknown,
            Some(Entry {
                state: EntryState::Ended(_),
                ..
            }) => Given::Before,
            Some(entry) => {
                entry.state = EntryState::Ended(end);
                self.left += entry.units;
                *self.buyers.entry(entry.user).or_default() -= entry.units;
                Given::Now
            }
        }
    }
}
