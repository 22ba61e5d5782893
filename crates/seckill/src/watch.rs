//! The live view of a sale: statistics of its claims, units left, and whether gate
//! and database agree.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::PoisonError;
use std::time::Duration;

use stampede_kernel::Timestamp;
use stampede_persistence::entity::sale_stock;
use stampede_persistence::entity::ticket::TicketState;
use stampede_persistence::job;
use uuid::Uuid;

use crate::claim_stats::{ClaimResult, Latency};
use crate::config::Config;
use crate::context::Context;
use crate::gate::{EntryState, Epoch, GateDump, TicketId};
use crate::queue::SaleQueue;
use crate::return_units::ReturnUnits;
use crate::sale::{SaleError, store};

/// How long units may be missing before they count as lost: two sweeps and a
/// commit.
const LOST_AFTER: Duration = Duration::from_secs(5);

/// The consistency of gate and database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consistency {
    /// Units left, units that wait for their commit and units taken add up to
    /// the sale's total.
    Exact,
    /// They do not add up.
    Broken,
    /// Not known: units moved while they were counted, the gate is being
    /// loaded, or units are being returned to it.
    Unknown,
}

/// A snapshot of a running sale, as one process sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleSnapshot {
    /// Claims that this process has answered since it began, by result.
    pub results: [(ClaimResult, u64); ClaimResult::ALL.len()],
    /// Latency of claims in the last whole second.
    pub latency: Latency,
    /// Claims that wait in the queue.
    pub waiting: usize,
    /// Units that are not taken.
    pub left: i64,
    /// Units whose order is committed.
    pub taken: i64,
    /// All units of the sale.
    pub total: i64,
    /// The fencing epoch.
    pub epoch: i64,
    /// Whether gate and database agree.
    pub consistency: Consistency,
    /// The time of the snapshot.
    pub now: Timestamp,
}

impl SaleQueue {
    /// Takes a snapshot of the sale.
    pub(crate) async fn snapshot(&self, config: &Config) -> Result<SaleSnapshot, SaleError> {
        let counts = self.stats.counts();
        let mut results = ClaimResult::ALL.map(|result| (result, 0));
        for (result, count) in results.iter_mut().zip(counts) {
            result.1 = count;
        }
        let stock = store::stock(self.context.db.reader(), self.sale).await?;
        let stock = stock.ok_or(SaleError::NotFound)?;
        let (sum, left) = self.context.compare(config, &stock).await?;
        let consistency = self.judge(sum);
        Ok(SaleSnapshot {
            results,
            latency: self.stats.latency(),
            waiting: self.waiting(),
            left: left.unwrap_or(stock.total - stock.taken),
            taken: stock.taken,
            total: stock.total,
            epoch: stock.epoch,
            consistency,
            now: self.context.clock.now(),
        })
    }
}

impl SaleQueue {
    /// Turns a comparison into a verdict. Units may be missing for a while,
    /// until the sweep recovers the batch of a process that died; after
    /// [`LOST_AFTER`] they count as lost.
    fn judge(&self, sum: Option<Ordering>) -> Consistency {
        let now = self.context.clock.now();
        let mut short = self.short.lock().unwrap_or_else(PoisonError::into_inner);
        match sum {
            None => Consistency::Unknown,
            Some(Ordering::Less) if now.since(*short.get_or_insert(now)) < LOST_AFTER => {
                Consistency::Unknown
            }
            Some(Ordering::Less) => Consistency::Broken,
            Some(Ordering::Equal) => {
                *short = None;
                Consistency::Exact
            }
            Some(Ordering::Greater) => {
                *short = None;
                Consistency::Broken
            }
        }
    }
}

impl Context {
    /// Compares the sum of units left, waiting and taken with the sale's total.
    /// `None` for the comparison when it cannot be made. Also returns the units
    /// left at the gate.
    async fn compare(
        &self,
        config: &Config,
        before: &sale_stock::Model,
    ) -> Result<(Option<Ordering>, Option<i64>), SaleError> {
        let counted = self.count(config, before).await?;
        if counted.0 != Some(Ordering::Less) {
            return Ok(counted);
        }
        // Units may be missing because a job is returning them. If there is
        // no such job now, one may just have ended: count again.
        let returns: Vec<ReturnUnits> = job::open(self.db.reader()).await?;
        if returns.iter().any(|job| job.sale() == config.id) {
            return Ok((None, counted.1));
        }
        self.count(config, before).await
    }

    async fn count(
        &self,
        config: &Config,
        before: &sale_stock::Model,
    ) -> Result<(Option<Ordering>, Option<i64>), SaleError> {
        if before.closed_at.is_some() {
            return Ok((Some(before.taken.cmp(&before.total)), None));
        }
        let gate = &self.dependencies.gate;
        let Ok(dump) = gate.dump(config.id, Epoch(before.epoch)).await else {
            return Ok((None, None));
        };
        let left = Some(dump.left);
        let open = self.open_units(&dump).await?;
        let after = store::stock(self.db.reader(), config.id).await?;
        if after.as_ref() != Some(before) {
            return Ok((None, left));
        }
        let all = dump.left + open + before.taken;
        Ok((Some(all.cmp(&before.total)), left))
    }

    /// Sums the units of tickets that are pending at the gate and hold no units
    /// in the database: they have no row, or a refusal of which the gate was
    /// not yet told.
    async fn open_units(&self, dump: &GateDump) -> Result<i64, SaleError> {
        let pending: Vec<_> = (dump.tickets.iter())
            .filter(|(_, entry)| matches!(entry.state, EntryState::Pending { .. }))
            .collect();
        if pending.is_empty() {
            return Ok(0);
        }
        let ids = pending.iter().map(|(id, _)| Uuid::from(*id)).collect();
        let rows = store::tickets(self.db.reader(), ids).await?;
        let holding = rows.iter().filter(|row| row.state != TicketState::Refused);
        let known: HashSet<_> = holding.map(|row| TicketId::from(row.id)).collect();
        let without = pending.iter().filter(|(id, _)| !known.contains(id));
        Ok(without.map(|(_, entry)| entry.units).sum())
    }
}
