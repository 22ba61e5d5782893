//! Whether the gate and the database keep the same books.
//!
//! A live sale is never still for long, so each look reads the gate, then a
//! snapshot of the database, then the gate again; it counts when the gate said the
//! same twice. What is committed and not yet told to the gate is allowed for.

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

/// How often a sale that moves is looked at.
const LOOKS: u32 = 30;
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(100);
/// As long as two sweeps and a commit: after that a gateway has adopted whatever
/// another one left behind.
const TWO_SWEEPS: Duration = Duration::from_secs(5);

/// What an audit of the gate found.
#[derive(Debug, Default)]
pub struct GateFindings {
    /// J5 and J6 of the sales that could be compared.
    pub findings: Findings,
    /// Sales that could not, each with the reason.
    pub unchecked: Vec<(SaleId, String)>,
}

/// Compares the gate with the database, sale by sale, of all that are not over.
/// Reads both, changes neither. Takes some seconds where claims are under way.
///
/// # Errors
///
/// When the database cannot be read. A gate that does not answer is no breach: its
/// sales are [unchecked](GateFindings::unchecked).
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

/// A look at the sale when nobody waits at its gate, or else at two sweeps' distance:
/// who still waits then has been forgotten. The reason when there is none.
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

/// A look at a moment when the gate stands still.
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

/// Gate and database at one moment.
struct Look {
    stock: sale_stock::Model,
    left: i64,
    /// Tickets at the gate.
    entries: BTreeMap<TicketId, Entry>,
    /// What the gate says that buyers have.
    buyers: BTreeMap<UserId, i64>,
    /// Tickets of batches that are not done.
    open: BTreeSet<TicketId>,
    /// Tickets with a row, and whether that holds units.
    rows: BTreeMap<TicketId, bool>,
    /// What the database says that buyers have.
    bought: BTreeMap<UserId, i64>,
    /// Tickets whose units are on their way to the gate.
    given: BTreeSet<TicketId>,
    /// Waited at an earlier look already.
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

    /// Tickets that hold units at the gate and in the database do not hold any:
    /// nobody has committed them, or their units are on their way back.
    fn ahead(&self) -> impl Iterator<Item = &Entry> {
        let waiting = self.waiting();
        self.entries.iter().filter_map(move |(id, entry)| {
            let holds = !matches!(entry.state, EntryState::Ended(_));
            let refused = self.rows.get(id) == Some(&false) && !self.given.contains(id);
            let coming = self.given.contains(id) || (refused && self.open.contains(id));
            (holds && (waiting.contains(id) || coming)).then_some(entry)
        })
    }

    /// Breaches of J5, and of J6.
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

    /// Buyers who have other units at the gate than in the database.
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
