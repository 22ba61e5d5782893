//! Rebuilding the gate out of the database; preheating is rebuilding from nothing.

use std::collections::BTreeMap;

use fail::fail_point;
use sea_orm::DatabaseTransaction;
use stampede_kernel::{SaleId, Timestamp, UserId};
use stampede_persistence::entity::sale::SaleState;
use stampede_persistence::entity::{sale, sale_stock, ticket};
use stampede_persistence::{Change, Database, Topic, feed, retrying};

use crate::gate::{Door, Entry, Epoch, Flip, Flipped, Gate, GateError, Part, Terms, TicketId};
use crate::ground::Ground;
use crate::sale::{SaleError, store};

/// How often a load begins anew because the gate did so under it.
const ATTEMPTS: usize = 5;

/// An epoch as the database has it, read in the transaction that began it.
pub(crate) struct Load {
    sale: SaleId,
    epoch: Epoch,
    terms: Terms,
    left: i64,
    buyers: Vec<(UserId, i64)>,
    tickets: Vec<(TicketId, Entry)>,
}

impl Load {
    /// Reads an epoch that `tx` has just begun: whoever commits later, commits
    /// under it. `None` for a sale that does not exist.
    pub(crate) async fn read(
        tx: &DatabaseTransaction,
        sale: SaleId,
    ) -> Result<Option<Self>, SaleError> {
        let Some((row, stock)) = store::sale(tx, sale).await? else {
            return Ok(None);
        };
        let tickets = store::all_tickets(tx, sale).await?;
        let mut buyers: BTreeMap<_, _> = store::buyers(tx, sale).await?.into_iter().collect();
        for ticket in &tickets {
            buyers.entry(ticket.user_id).or_insert(0);
        }
        let entry = |ticket: &ticket::Model| (TicketId::from(ticket.id), Entry::from(ticket));
        Ok(Some(Self {
            sale,
            epoch: Epoch(stock.epoch),
            terms: terms(&row),
            left: left(&stock),
            buyers: buyers.into_iter().collect(),
            tickets: tickets.iter().map(entry).collect(),
        }))
    }

    /// Begins the epoch `next` of a sale that is at `seen`, and reads it; `None`
    /// when somebody else has, or the sale is over.
    pub(crate) async fn begin(
        db: &Database,
        sale: SaleId,
        (seen, next): (Epoch, Epoch),
        now: Timestamp,
    ) -> Result<Option<Self>, SaleError> {
        retrying(|| async {
            let tx = db.begin_write().await?;
            if !store::bump(&tx, sale, seen, next).await? {
                tx.rollback().await?;
                return Ok(None);
            }
            let load = Self::read(&tx, sale).await?;
            feed::tell(&tx, Topic::Sale, &[sale.0], now).await?;
            tx.commit().await?;
            Ok(load)
        })
        .await
    }

    /// Loads it into the gate and opens it there.
    pub(crate) async fn open_at(&self, gate: &dyn Gate) -> Result<Flipped, GateError> {
        let run_id = gate.run_id(self.sale).await?;
        let load = |part| gate.load(self.sale, self.epoch, part);
        load(Part::Left(self.left)).await?;
        load(Part::Buyers(&self.buyers)).await?;
        fail_point!("sale.loading");
        load(Part::Tickets(&self.tickets)).await?;
        fail_point!("sale.flip");
        let flip = Flip {
            epoch: self.epoch,
            run_id,
            buyers: self.buyers.len(),
            tickets: self.tickets.len(),
            terms: self.terms,
        };
        gate.flip(self.sale, &flip).await
    }
}

fn terms(row: &sale::Model) -> Terms {
    Terms {
        door: match row.state {
            SaleState::Open => Door::Open,
            SaleState::Paused | SaleState::Cancelled => Door::Paused,
        },
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        limit: row.per_user_limit,
    }
}

fn left(stock: &sale_stock::Model) -> i64 {
    stock.total.saturating_sub(stock.taken)
}

impl Ground {
    /// Begins an epoch after `seen`, unless somebody else does, and loads it. `at`
    /// is the gate's own epoch: a database that was restored may be behind it.
    pub(crate) async fn rebuild(
        &self,
        sale: SaleId,
        seen: Epoch,
        at: Epoch,
    ) -> Result<(), SaleError> {
        let mut seen = seen;
        for _ in 0..ATTEMPTS {
            let next = Epoch(seen.max(at).0 + 1);
            let Some(load) = Load::begin(&self.db, sale, (seen, next), self.clock.now()).await?
            else {
                return Ok(());
            };
            fail_point!("sale.bumped");
            self.changed(sale);
            match self.load(&load).await {
                Some(Flipped::Restarted | Flipped::Short) => seen = next,
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    /// Loads an epoch; what goes wrong is logged, and whoever is fenced next
    /// loads another.
    pub(crate) async fn load(&self, load: &Load) -> Option<Flipped> {
        let begun = std::time::Instant::now();
        match load.open_at(self.partners.gate.as_ref()).await {
            Ok(flipped) => {
                let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
                let (sale, epoch, tickets) = (load.sale.0, load.epoch.0, load.tickets.len());
                tracing::info!(sale, epoch, tickets, ?flipped, took_ms, "a sale was loaded");
                Some(flipped)
            }
            Err(error) => {
                tracing::warn!(%error, sale = load.sale.0, "a sale could not be loaded");
                None
            }
        }
    }

    /// This process's next answers know of a change.
    pub(crate) fn changed(&self, sale: SaleId) {
        self.db.news().publish(&Change::Row(Topic::Sale, sale.0));
    }
}
