//! Loading a sale from the database into the gate. The first load before a sale and
//! every rebuild are the same operation.

use std::collections::BTreeMap;
use std::time::Instant;

use fail::fail_point;
use futures::TryStreamExt;
use sea_orm::DatabaseTransaction;
use stampede_kernel::{SaleId, Timestamp, UserId};
use stampede_persistence::entity::sale::SaleState;
use stampede_persistence::entity::{sale, sale_stock, ticket};
use stampede_persistence::{Change, Database, Topic, feed, retrying};

use crate::context::Context;
use crate::gate::{Admission, Chunk, Entry, Epoch, Flip, Flipped, Gate, RunId, Terms, TicketId};
use crate::sale::{SaleError, store};

/// Attempts of one rebuild: it starts again when the gate restarted or lost keys
/// meanwhile.
const ATTEMPTS: usize = 5;
/// Tickets per page between the database and the gate.
const PAGE: usize = 500;

/// Begins the epoch `next` of a sale that is at `seen`. After this commit no batch
/// of an older epoch can commit. False when another process has begun an epoch, or
/// the sale is over.
pub(crate) async fn begin(
    db: &Database,
    sale: SaleId,
    (seen, next): (Epoch, Epoch),
    now: Timestamp,
) -> Result<bool, SaleError> {
    retrying(|| async {
        let tx = db.begin_write().await?;
        if !store::bump(&tx, sale, seen, next).await? {
            tx.rollback().await?;
            return Ok(false);
        }
        feed::append(&tx, Topic::Sale, &[sale.0], now).await?;
        tx.commit().await?;
        Ok(true)
    })
    .await
}

/// Loads an epoch into the gate and opens it, if the gate still has the run id
/// `run_id`. `None` when a later epoch has begun, which its own process loads, or
/// the sale is over.
///
/// The rows are read in a snapshot, without SQLite's writer. This is safe because
/// nothing commits under the newest epoch until its gate is open. Units that are
/// released after the snapshot are returned by their job to the open gate; units
/// that the snapshot has seen as free are not counted twice, because the gate
/// returns each ticket once.
pub(crate) async fn load(
    db: &Database,
    gate: &dyn Gate,
    (sale, epoch): (SaleId, Epoch),
    run_id: RunId,
) -> Result<Option<Flipped>, SaleError> {
    let tx = db.snapshot().await?;
    let loaded = copy(&tx, gate, sale, epoch).await;
    // Nothing was written; a connection that fails here is replaced by the pool.
    if let Err(error) = tx.rollback().await {
        tracing::debug!(%error, "a snapshot did not end as it should");
    }
    let Some(loaded) = loaded? else {
        return Ok(None);
    };
    fail_point!("sale.flip");
    let flip = Flip {
        epoch,
        run_id,
        buyers: loaded.buyers,
        tickets: loaded.tickets,
        terms: loaded.terms,
    };
    Ok(Some(gate.flip(sale, &flip).await?))
}

/// The totals of a copy, which the gate compares before it opens the epoch.
struct Loaded {
    terms: Terms,
    buyers: usize,
    tickets: usize,
}

/// Copies the sale to the gate. The units come first: other processes detect a
/// running load by them.
async fn copy(
    tx: &DatabaseTransaction,
    gate: &dyn Gate,
    sale: SaleId,
    epoch: Epoch,
) -> Result<Option<Loaded>, SaleError> {
    let row = store::sale(tx, sale).await?;
    let current = |stock: &sale_stock::Model| stock.epoch == epoch.0 && stock.closed_at.is_none();
    let Some((row, stock)) = row.filter(|(_, stock)| current(stock)) else {
        return Ok(None);
    };
    let chunk = Chunk::Left(left(&stock));
    gate.load(sale, epoch, chunk).await?;
    let mut buyers: BTreeMap<_, _> = store::buyers(tx, sale).await?.into_iter().collect();
    fail_point!("sale.loading");
    let mut tickets = 0;
    let rows = store::each_ticket(tx, sale).await?;
    let mut pages = rows.try_chunks(PAGE);
    loop {
        let page = pages.try_next().await.map_err(|failed| failed.1)?;
        let Some(page) = page else { break };
        for ticket in &page {
            buyers.entry(ticket.user_id).or_insert(0);
        }
        let page: Vec<_> = page.iter().map(entry).collect();
        gate.load(sale, epoch, Chunk::Tickets(&page)).await?;
        tickets += page.len();
    }
    let buyers: Vec<(UserId, i64)> = buyers.into_iter().collect();
    gate.load(sale, epoch, Chunk::Buyers(&buyers)).await?;
    Ok(Some(Loaded {
        terms: terms(&row),
        buyers: buyers.len(),
        tickets,
    }))
}

fn entry(ticket: &ticket::Model) -> (TicketId, Entry) {
    (TicketId::from(ticket.id), Entry::from(ticket))
}

fn terms(row: &sale::Model) -> Terms {
    Terms {
        admission: match row.state {
            SaleState::Open => Admission::Open,
            SaleState::Paused | SaleState::Cancelled => Admission::Paused,
        },
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        limit: row.per_user_limit,
    }
}

fn left(stock: &sale_stock::Model) -> i64 {
    stock.total.saturating_sub(stock.taken)
}

impl Context {
    /// Begins an epoch after `seen`, unless another process does, and loads it.
    /// `at` is the gate's own epoch, which is later when the database was
    /// restored from a backup.
    ///
    /// # Errors
    ///
    /// When the gate cannot be reached: no epoch is begun then, since it would
    /// fence processes that do reach the gate. Also when the database fails.
    pub(crate) async fn rebuild(
        &self,
        sale: SaleId,
        seen: Epoch,
        at: Epoch,
    ) -> Result<(), SaleError> {
        let mut seen = seen;
        for _ in 0..ATTEMPTS {
            let run_id = self.dependencies.gate.run_id(sale).await?;
            let next = Epoch(seen.max(at).0.saturating_add(1));
            if !begin(&self.db, sale, (seen, next), self.clock.now()).await? {
                return Ok(());
            }
            fail_point!("sale.bumped");
            self.changed(sale);
            match self.open(sale, next, run_id).await {
                Some(Flipped::Restarted | Flipped::Short) => seen = next,
                _ => return Ok(()),
            }
        }
        Ok(())
    }

    /// Loads an epoch that an edit has begun. A failure is logged; the next
    /// process that is fenced begins and loads another epoch.
    pub(crate) async fn load(&self, sale: SaleId, epoch: Epoch) {
        match self.dependencies.gate.run_id(sale).await {
            Ok(run_id) => {
                self.open(sale, epoch, run_id).await;
            }
            Err(error) => tracing::warn!(%error, sale = sale.0, "a sale could not be loaded"),
        }
    }

    async fn open(&self, sale: SaleId, epoch: Epoch, run_id: RunId) -> Option<Flipped> {
        let begun = Instant::now();
        let gate = self.dependencies.gate.as_ref();
        match load(&self.db, gate, (sale, epoch), run_id).await {
            Ok(flipped) => {
                let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
                let (sale, epoch) = (sale.0, epoch.0);
                tracing::info!(sale, epoch, ?flipped, took_ms, "a sale was loaded");
                flipped
            }
            Err(error) => {
                tracing::warn!(%error, sale = sale.0, "a sale could not be loaded");
                None
            }
        }
    }

    /// Publishes a change of a sale in this process, so that its caches are
    /// refreshed.
    pub(crate) fn changed(&self, sale: SaleId) {
        self.db.changes().publish(&Change::Row(Topic::Sale, sale.0));
    }
}
