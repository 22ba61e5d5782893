//! The audit of the gate against the database.
//!
//! A running sale changes all the time, so each comparison reads the gate, then a
//! snapshot of the database, then the gate again, and is valid when the gate has
//! not changed. Commits that were not yet reported to the gate are taken into
//! account.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use sea_orm::DbErr;
use stampede_kernel::{SaleId, Timestamp, UserId};
use stampede_persistence::audit::{Breach, Findings};
use stampede_persistence::entity::sale_stock;
use stampede_persistence::entity::ticket::TicketState;
use stampede_persistence::{Database, job};

use crate::gate::{Entry, EntryState, Epoch, Gate, GateDump, GateError, TicketId};
use crate::return_units::ReturnUnits;
use crate::sale::{SaleError, store};

/// Attempts to compare a sale that changes.
const LOOKS: u32 = 30;
/// The pause between two attempts.
const PAUSE: Duration = Duration::from_millis(100);
/// Two sweeps and a commit: after that time every orphaned batch has been
/// recovered.
const TWO_SWEEPS: Duration = Duration::from_secs(5);

/// The result of an audit of the gate.
#[derive(Debug, Default)]
pub struct GateFindings {
    /// Breaches of J5 and J6 in the sales that could be compared.
    pub findings: Findings,
    /// Sales that could not be compared, each with the reason.
    pub unchecked: Vec<(SaleId, String)>,
}

/// Compares the gate with the database for every sale that is not closed. Reads
/// only. Takes some seconds while claims are running.
///
/// # Errors
///
/// When the database cannot be read. A gate that does not answer is not a breach:
/// its sales are [unchecked](GateFindings::unchecked).
pub async fn audit_gate(db: &Database, gate: &dyn Gate) -> Result<GateFindings, SaleError> {
    let mut found = GateFindings::default();
    let sales = store::running(db.reader(), Timestamp(i64::MAX)).await?;
    found
        .findings
        .rows
        .insert("sale at the gate", u64::try_from(sales.len()).unwrap_or(0));
    for sale in sales {
        match settled(db, gate, sale).await? {
            Ok(look) => {
                let (differing_units, pending) = look.breaches();
                found.add("J5", differing_units);
                found.add("J6", pending);
            }
            Err(reason) => found.unchecked.push((sale, reason)),
        }
    }
    Ok(found)
}

impl GateFindings {
    fn add(&mut self, invariant: &'static str, breaches: Vec<Breach>) {
        let count = u64::try_from(breaches.len()).unwrap_or(u64::MAX);
        self.findings.add(invariant, count, breaches);
    }
}

/// Compares a sale when no ticket is pending at the gate, or else twice, at the
/// distance of two sweeps: tickets that are pending both times are forgotten. The
/// inner error is the reason why the sale could not be compared.
async fn settled(
    db: &Database,
    gate: &dyn Gate,
    sale: SaleId,
) -> Result<Result<Look, String>, SaleError> {
    let first = match still(db, gate, sale).await? {
        Ok(look) if !look.waiting().is_empty() => look,
        other => return Ok(other),
    };
    tokio::time::sleep(TWO_SWEEPS).await;
    let earlier = first.waiting();
    Ok(still(db, gate, sale).await?.map(|look| Look {
        forgotten: look.waiting().intersection(&earlier).copied().collect(),
        ..look
    }))
}

/// Repeats the comparison until the gate does not change meanwhile.
async fn still(
    db: &Database,
    gate: &dyn Gate,
    sale: SaleId,
) -> Result<Result<Look, String>, SaleError> {
    let mut reason = "it does not stand still for long enough".to_owned();
    for _ in 0..LOOKS {
        match look(db, gate, sale).await {
            Ok(Some(look)) => return Ok(Ok(look)),
            Ok(None) => {}
            Err(LookError::Database(error)) => return Err(error.into()),
            Err(LookError::Gate(error)) => reason = error.to_string(),
            Err(LookError::Over) => return Ok(Err("it ended meanwhile".to_owned())),
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(Err(reason))
}

#[derive(Debug, thiserror::Error)]
enum LookError {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error(transparent)]
    Gate(#[from] GateError),
    #[error("the sale is over")]
    Over,
}

/// The state of gate and database at one moment.
struct Look {
    stock: sale_stock::Model,
    left: i64,
    /// Tickets at the gate.
    entries: BTreeMap<TicketId, Entry>,
    /// Units of buyers at the gate.
    buyers: BTreeMap<UserId, i64>,
    /// Tickets of batches that are not acknowledged.
    open: BTreeSet<TicketId>,
    /// Tickets in the database, and whether they hold units.
    rows: BTreeMap<TicketId, bool>,
    /// Units of buyers in the database.
    bought: BTreeMap<UserId, i64>,
    /// Tickets whose units are being returned to the gate by a job.
    given: BTreeSet<TicketId>,
    /// Tickets that were pending at an earlier comparison too.
    forgotten: BTreeSet<TicketId>,
}

async fn look(db: &Database, gate: &dyn Gate, sale: SaleId) -> Result<Option<Look>, LookError> {
    let stock = store::stock(db.reader(), sale).await?;
    let stock = stock.filter(|stock| stock.closed_at.is_none());
    let epoch = Epoch(stock.ok_or(LookError::Over)?.epoch);
    let before = sorted(gate.dump(sale, epoch).await?);
    let open = gate.open_batches(sale, epoch).await?;
    let tx = db.snapshot().await?;
    let stock = store::stock(&tx, sale).await?.ok_or(LookError::Over)?;
    let tickets = store::all_tickets(&tx, sale).await?;
    let bought = store::buyers(&tx, sale).await?;
    let returns: Vec<ReturnUnits> = job::open(&tx).await?;
    tx.rollback().await?;
    let after = sorted(gate.dump(sale, epoch).await?);
    if before != after || Epoch(stock.epoch) != epoch || stock.closed_at.is_some() {
        return Ok(None);
    }
    let rows = tickets.iter().map(|row| {
        let holds = row.state == TicketState::Ordered;
        (TicketId::from(row.id), holds)
    });
    Ok(Some(Look {
        stock,
        left: after.left,
        entries: after.tickets.into_iter().collect(),
        buyers: after.buyers.into_iter().collect(),
        open: open.into_iter().flat_map(|(_, tickets)| tickets).collect(),
        rows: rows.collect(),
        bought: bought.into_iter().collect(),
        given: returns.iter().flat_map(ReturnUnits::tickets).collect(),
        forgotten: BTreeSet::new(),
    }))
}

fn sorted(mut dump: GateDump) -> GateDump {
    dump.buyers.sort_unstable_by_key(|(user, _)| *user);
    dump.tickets.sort_unstable_by_key(|(ticket, _)| *ticket);
    dump
}

impl Look {
    /// Tickets that are pending at the gate and have no row.
    fn waiting(&self) -> BTreeSet<TicketId> {
        let pending = |entry: &Entry| matches!(entry.state, EntryState::Pending { .. });
        let waiting = self.entries.iter();
        waiting
            .filter(|(id, entry)| pending(entry) && !self.rows.contains_key(id))
            .map(|(id, _)| *id)
            .collect()
    }

    /// Entries that hold units at the gate and not in the database: they are
    /// not committed yet, or their units are being returned.
    fn ahead(&self) -> impl Iterator<Item = &Entry> {
        let waiting = self.waiting();
        self.entries.iter().filter_map(move |(id, entry)| {
            let holds = !matches!(entry.state, EntryState::Ended(_));
            let refused = self.rows.get(id) == Some(&false) && !self.given.contains(id);
            let coming = self.given.contains(id) || (refused && self.open.contains(id));
            (holds && (waiting.contains(id) || coming)).then_some(entry)
        })
    }

    /// Returns the breaches of J5, and of J6.
    fn breaches(&self) -> (Vec<Breach>, Vec<Breach>) {
        let mut differing_units = Vec::new();
        let ahead: i64 = self.ahead().map(|entry| entry.units).sum();
        let expected = self.stock.total - self.stock.taken - ahead;
        if self.left != expected {
            let detail = format!("the gate has {} left, and there are {expected}", self.left);
            differing_units.push(breach("J5", &self.stock, detail));
        }
        let differing = self.differing();
        if differing > 0 {
            let detail = format!("the gate counts the units of {differing} buyers otherwise");
            differing_units.push(breach("J5", &self.stock, detail));
        }
        let mut pending = Vec::new();
        if !self.forgotten.is_empty() {
            let count = self.forgotten.len();
            let detail = format!("{count} tickets were admitted, and nobody commits them");
            pending.push(breach("J6", &self.stock, detail));
        }
        let unbatched = self.waiting().difference(&self.open).count();
        if unbatched > 0 {
            let detail = format!("{unbatched} tickets are pending in no batch");
            pending.push(breach("J6", &self.stock, detail));
        }
        (differing_units, pending)
    }

    /// Counts the buyers whose units at the gate and in the database differ.
    fn differing(&self) -> usize {
        let mut expected = self.bought.clone();
        for entry in self.ahead() {
            *expected.entry(entry.user).or_default() += entry.units;
        }
        let users: BTreeSet<_> = expected.keys().chain(self.buyers.keys()).copied().collect();
        let differs = |user: &UserId| units(&expected, *user) != units(&self.buyers, *user);
        users.into_iter().filter(differs).count()
    }
}

fn units(of: &BTreeMap<UserId, i64>, user: UserId) -> i64 {
    of.get(&user).copied().unwrap_or(0)
}

fn breach(invariant: &'static str, stock: &sale_stock::Model, detail: String) -> Breach {
    Breach {
        invariant,
        subject: format!("sale {}", stock.sale_id),
        detail,
    }
}
