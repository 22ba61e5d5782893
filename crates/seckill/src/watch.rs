//! Watching a sale: what was answered, what is left, and whether gate and
//! database agree.

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

/// How long units may be missing before they are lost: two sweeps and a commit.
const LOST_AFTER: Duration = Duration::from_secs(5);

/// Whether gate and database agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consistency {
    /// What is left, what waits for its commit and what is taken are all there is.
    Exact,
    /// They are not.
    Broken,
    /// Too much moved while it was counted, the gate is being loaded, or units are on
    /// their way to it.
    Unknown,
}

/// A sale at one instant, as one process sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleSnapshot {
    /// Claims that this process has answered since it began, by ending.
    pub results: [(ClaimResult, u64); ClaimResult::ALL.len()],
    /// How long claims took in the last whole second.
    pub latency: Latency,
    /// Claims that wait for a batch.
    pub waiting: usize,
    /// Units that nobody has.
    pub left: i64,
    /// Units whose order is in the database.
    pub taken: i64,
    /// Units of the sale.
    pub total: i64,
    /// The fencing epoch.
    pub epoch: i64,
    /// Whether the books are exact.
    pub consistency: Consistency,
    /// When.
    pub now: Timestamp,
}

impl SaleQueue {
    /// The sale as it is now.
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
    /// A refusal may be on its way to the gate for as long as a gateway that died is
    /// not missed; units that are missing for longer are lost.
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
    /// Counts at the gate while the database stands still: how what is left, waits and
    /// is taken compares with what there is, if that can be said, and what is left.
    async fn compare(
        &self,
        config: &Config,
        before: &sale_stock::Model,
    ) -> Result<(Option<Ordering>, Option<i64>), SaleError> {
        let counted = self.count(config, before).await?;
        if counted.0 != Some(Ordering::Less) {
            return Ok(counted);
        }
        // What is on its way now explains it; what was, has arrived when it is counted again.
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

    /// Units of tickets that are pending at the gate and hold none in the database:
    /// they have no row, or were refused and the gate has not heard of it.
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
