//! Watching a sale: what was answered, what is left, and whether gate and
//! database agree.

use std::collections::HashSet;

use stampede_kernel::Timestamp;
use stampede_persistence::entity::sale_stock;
use uuid::Uuid;

use crate::config::Config;
use crate::counter::Counter;
use crate::gate::{Books, Epoch, Fate, TicketId};
use crate::ground::Ground;
use crate::sale::{SaleError, store};
use crate::tally::{Ending, Latency};

/// Whether gate and database agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// What is left, what waits for its commit and what is taken are all there is.
    Exact,
    /// They are not.
    Broken,
    /// Too much moved while it was counted, or the gate is being loaded.
    Unknown,
}

/// A sale at one instant, as one process sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// Claims that this process has answered since it began, by ending.
    pub endings: [(Ending, u64); Ending::ALL.len()],
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
    pub sound: Sound,
    /// When.
    pub now: Timestamp,
}

impl Counter {
    /// The sale as it is now.
    pub(crate) async fn watch(&self, config: &Config) -> Result<Live, SaleError> {
        let counts = self.tally.counts();
        let mut endings = Ending::ALL.map(|ending| (ending, 0));
        for (ending, count) in endings.iter_mut().zip(counts) {
            ending.1 = count;
        }
        let stock = store::stock(self.ground.db.reader(), self.sale).await?;
        let stock = stock.ok_or(SaleError::NotFound)?;
        let (sound, left) = self.ground.compare(config, &stock).await?;
        Ok(Live {
            endings,
            latency: self.tally.latency(),
            waiting: self.waiting(),
            left: left.unwrap_or(stock.total - stock.taken),
            taken: stock.taken,
            total: stock.total,
            epoch: stock.epoch,
            sound,
            now: self.ground.clock.now(),
        })
    }
}

impl Ground {
    /// Counts at the gate while the database stands still, and says what is left there.
    async fn compare(
        &self,
        config: &Config,
        before: &sale_stock::Model,
    ) -> Result<(Sound, Option<i64>), SaleError> {
        if before.closed_at.is_some() {
            return Ok((exact(before.taken == before.total), None));
        }
        let gate = &self.partners.gate;
        let Ok(books) = gate.books(config.id, Epoch(before.epoch)).await else {
            return Ok((Sound::Unknown, None));
        };
        let left = Some(books.left);
        let open = self.open_units(&books).await?;
        let after = store::stock(self.db.reader(), config.id).await?;
        if after.as_ref() != Some(before) {
            return Ok((Sound::Unknown, left));
        }
        let all = books.left + open + before.taken;
        let sound = match all.cmp(&before.total) {
            std::cmp::Ordering::Equal => Sound::Exact,
            // Units are on their way from the database to the gate.
            std::cmp::Ordering::Less => Sound::Unknown,
            std::cmp::Ordering::Greater => Sound::Broken,
        };
        Ok((sound, left))
    }

    /// Units of tickets that are pending at the gate and have no row.
    async fn open_units(&self, books: &Books) -> Result<i64, SaleError> {
        let pending: Vec<_> = (books.tickets.iter())
            .filter(|(_, entry)| matches!(entry.fate, Fate::Pending { .. }))
            .collect();
        if pending.is_empty() {
            return Ok(0);
        }
        let ids = pending.iter().map(|(id, _)| Uuid::from(*id)).collect();
        let rows = store::tickets(self.db.reader(), ids).await?;
        let known: HashSet<_> = rows.iter().map(|row| TicketId::from(row.id)).collect();
        let without = pending.iter().filter(|(id, _)| !known.contains(id));
        Ok(without.map(|(_, entry)| entry.units).sum())
    }
}

fn exact(holds: bool) -> Sound {
    if holds { Sound::Exact } else { Sound::Broken }
}
