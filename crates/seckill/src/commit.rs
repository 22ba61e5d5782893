//! The transaction of a batch: tickets, orders, buyers, and last the hot row with
//! the sale's units.
//!
//! The hot row's lock is held for one statement and the commit, however many orders
//! there are (group update; see docs/SALE.md). The ticket's primary key makes the
//! transaction idempotent: a batch whose commit was not confirmed is sent again and
//! finds its rows.

use std::collections::HashMap;

use fail::fail_point;
use sea_orm::DatabaseTransaction;
use stampede_kernel::{AddressId, Language, OrderId, Timestamp, UserId};
use stampede_order::{BookedLine, Booking, Order};
use stampede_persistence::entity::ticket::{self, TicketReason, TicketState};
use stampede_persistence::{Conflict, Failure, failure, retrying};
use stampede_user::{AddressError, AddressSnapshot};
use uuid::Uuid;

use crate::config::Config;
use crate::context::Context;
use crate::gate::{Epoch, Fingerprint, TicketId, TicketRefusal};
use crate::sale::{SaleError, store};
use crate::ticket::refusal;

/// A claim that the gate has admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Intent {
    pub(crate) ticket: TicketId,
    pub(crate) user: UserId,
    pub(crate) units: i64,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) address: Option<AddressId>,
    pub(crate) config_version: i64,
    /// The language of the order's lines and mails.
    pub(crate) language: Language,
    /// The time by the gate's clock at which the gate admitted the claim or
    /// found it admitted.
    pub(crate) admitted_at: Timestamp,
}

/// The outcome of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Its order was created by this batch.
    Booked(Box<Order>),
    /// Its order was created earlier.
    Ordered(OrderId),
    /// It is refused for good.
    Refused(TicketRefusal),
    /// Its row belongs to another claim with the same key.
    Reused,
}

impl Outcome {
    /// The ticket's order, if it has one.
    pub(crate) fn order(&self) -> Option<OrderId> {
        match self {
            Self::Booked(order) => Some(order.id),
            Self::Ordered(order) => Some(*order),
            Self::Refused(_) | Self::Reused => None,
        }
    }
}

impl From<&ticket::Model> for Outcome {
    fn from(row: &ticket::Model) -> Self {
        match (row.state, row.order_id) {
            (TicketState::Ordered | TicketState::Released, Some(order)) => Self::Ordered(order),
            _ => Self::Refused(refusal(row.reason)),
        }
    }
}

/// The result of committing a batch.
#[derive(Debug, Default)]
pub(crate) struct Committed {
    /// The outcome of every ticket; only of those committed so far when the
    /// batch was fenced or failed.
    pub(crate) outcomes: HashMap<TicketId, Outcome>,
    /// The sale is at another epoch: tickets without an outcome must be
    /// admitted again.
    pub(crate) fenced: bool,
    /// The gate differs from the database: it admitted a ticket for which no
    /// unit was left, or whose row belongs to another claim.
    pub(crate) over_admitted: bool,
    /// Tickets that could be neither committed nor refused, for a reason of
    /// their own. They stay pending at the gate.
    pub(crate) stuck: Vec<TicketId>,
    /// The error when the database cannot be reached; tickets without an
    /// outcome wait for it.
    pub(crate) away: Option<SaleError>,
}

/// The decision about an intent, before its rows are written.
enum Decision {
    Book(OrderId, AddressSnapshot),
    Refuse(TicketRefusal),
}

impl Context {
    /// Commits intents under the epoch of `config`. Each has exactly one order
    /// or recorded refusal afterwards, even if another process commits it too.
    /// If a transaction fails, its halves are committed separately, so that one
    /// intent does not block the others. Intents that were admitted after the
    /// closing time are ignored.
    pub(crate) async fn commit(&self, config: &Config, mut intents: Vec<Intent>) -> Committed {
        intents.retain(|intent| intent.admitted_at < config.closes_at());
        intents.sort_by_key(|intent| intent.ticket);
        let mut ended = Committed::default();
        // A stack: the next part is the last element.
        let mut parts = vec![intents];
        while let Some(part) = parts.pop() {
            if part.is_empty() {
                continue;
            }
            match self.part(config, part, &mut ended).await {
                Ok(rest) => parts.extend(rest),
                Err(error) => {
                    ended.away = Some(error);
                    break;
                }
            }
            if ended.fenced {
                break;
            }
        }
        ended
    }

    /// Commits a part of a batch. Returns the parts to try again, in stack
    /// order.
    async fn part(
        &self,
        config: &Config,
        mut part: Vec<Intent>,
        ended: &mut Committed,
    ) -> Result<Vec<Vec<Intent>>, SaleError> {
        match self.all(config, &part, None).await {
            Ok(Some(outcomes)) => {
                ended.outcomes.extend(outcomes);
                return Ok(Vec::new());
            }
            Ok(None) => {}
            Err(error) => return self.failed(config, part, error, ended).await,
        }
        if self.moved_on(config).await? {
            ended.fenced = true;
            return Ok(Vec::new());
        }
        let seen = self.seen(&part).await?;
        if !seen.is_empty() {
            part.retain(|intent| !seen.contains_key(&intent.ticket));
            ended.over_admitted |= seen.values().any(|outcome| *outcome == Outcome::Reused);
            ended.outcomes.extend(seen);
            return Ok(vec![part]);
        }
        // The epoch is right and no unit is left: the gate has lost data,
        // and no process has noticed yet.
        ended.over_admitted = true;
        if part.len() > 1 {
            return Ok(halves(part));
        }
        self.refuse(config, &part, ended).await?;
        Ok(Vec::new())
    }

    /// Handles a part whose transaction failed with an error.
    async fn failed(
        &self,
        config: &Config,
        part: Vec<Intent>,
        error: SaleError,
        ended: &mut Committed,
    ) -> Result<Vec<Vec<Intent>>, SaleError> {
        let fault = Fault::of(&error);
        if fault == Fault::Database {
            return Err(error);
        }
        let [intent] = part.as_slice() else {
            tracing::warn!(%error, sale = config.id.0, "a batch fails, and is committed in halves");
            return Ok(halves(part));
        };
        let ticket = intent.ticket;
        let (sale, name) = (config.id.0, Uuid::from(ticket));
        if fault == Fault::Intent {
            tracing::error!(%error, sale, ticket = %name, "a claim cannot be booked, and is refused");
            match self.refuse(config, &part, ended).await {
                Err(error) if Fault::of(&error) == Fault::Database => return Err(error),
                Err(error) => tracing::error!(%error, sale, ticket = %name, "it cannot be refused"),
                Ok(()) => return Ok(Vec::new()),
            }
        } else {
            tracing::error!(%error, sale, ticket = %name, "a claim cannot be booked, and waits");
        }
        ended.stuck.push(ticket);
        Ok(Vec::new())
    }

    /// Records the refusal of an intent.
    async fn refuse(
        &self,
        config: &Config,
        one: &[Intent],
        ended: &mut Committed,
    ) -> Result<(), SaleError> {
        if let Some(refused) = self.all(config, one, Some(TicketRefusal::Guard)).await? {
            ended.outcomes.extend(refused);
            return Ok(());
        }
        let seen = self.seen(one).await?;
        ended.fenced |= seen.is_empty();
        ended.outcomes.extend(seen);
        Ok(())
    }

    /// Commits all intents in one transaction, or none. `None` when a ticket
    /// exists, the epoch has changed, or too few units are left.
    async fn all(
        &self,
        config: &Config,
        intents: &[Intent],
        verdict: Option<TicketRefusal>,
    ) -> Result<Option<Vec<(TicketId, Outcome)>>, SaleError> {
        retrying(|| async {
            let now = self.clock.now();
            let tx = self.db.begin_write().await?;
            match self.within(&tx, config, intents, verdict, now).await {
                Ok(Some(outcomes)) => {
                    fail_point!("sale.commit");
                    tx.commit().await?;
                    fail_point!("sale.committed");
                    self.db.wake_workers();
                    Ok(Some(outcomes))
                }
                ended => {
                    // The original result matters. A connection
                    // that cannot roll back is lost, and its
                    // transaction with it.
                    if let Err(error) = tx.rollback().await {
                        tracing::debug!(%error, "a transaction was not rolled back");
                    }
                    ended
                }
            }
        })
        .await
    }

    async fn within(
        &self,
        tx: &DatabaseTransaction,
        config: &Config,
        intents: &[Intent],
        verdict: Option<TicketRefusal>,
        now: Timestamp,
    ) -> Result<Option<Vec<(TicketId, Outcome)>>, SaleError> {
        let decided = match verdict {
            Some(refusal) => intents.iter().map(|_| Decision::Refuse(refusal)).collect(),
            None => self.decide(tx, intents).await?,
        };
        fail_point!("sale.insert");
        let rows: Vec<_> = (intents.iter().zip(&decided))
            .map(|(intent, decided)| row(config, intent, decided))
            .collect();
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        if store::insert_tickets(tx, rows).await? != count {
            return Ok(None);
        }
        let bookings: Vec<_> = (intents.iter().zip(&decided))
            .filter_map(|(intent, decided)| booking(config, intent, decided))
            .collect();
        let orders = self
            .dependencies
            .sale_orders
            .book(tx, &bookings, now)
            .await?;
        let served = bookings.iter().map(|one| (one.buyer, one.line.num));
        let bought = store::by_user(served);
        let units = bought.iter().map(|(_, units)| units).sum();
        if !bought.is_empty() {
            store::add_units(tx, config.id, &bought).await?;
            let users = bought.iter().map(|(user, _)| *user).collect();
            if store::over_limit(tx, config.id, users, config.limit).await? > 0 {
                return Ok(None);
            }
        }
        fail_point!("sale.hot_row");
        if !store::take(tx, config.id, config.epoch, units).await? {
            return Ok(None);
        }
        Ok(Some(outcomes(intents, decided, orders)))
    }

    /// Reads the addresses of all intents in one query, and decides which to
    /// refuse.
    async fn decide(
        &self,
        tx: &DatabaseTransaction,
        intents: &[Intent],
    ) -> Result<Vec<Decision>, SaleError> {
        let wanted: Vec<_> = (intents.iter())
            .map(|intent| (intent.user, intent.address))
            .collect();
        let found = self.dependencies.addresses.snapshots(tx, &wanted).await?;
        let decide = |address: Result<AddressSnapshot, AddressError>| match address {
            Ok(address) => Ok(Decision::Book(OrderId::new(), address)),
            Err(AddressError::Required) => Ok(Decision::Refuse(TicketRefusal::AddressRequired)),
            Err(AddressError::Database(error)) => Err(error.into()),
            Err(_) => Ok(Decision::Refuse(TicketRefusal::AddressNotFound)),
        };
        found.into_iter().map(decide).collect()
    }

    /// Sets the language of intents that were read from the gate, which keeps
    /// none: the language of the user's last login.
    pub(crate) async fn in_user_languages(
        &self,
        mut intents: Vec<Intent>,
    ) -> Result<Vec<Intent>, SaleError> {
        let users = intents.iter().map(|intent| intent.user).collect();
        let languages = store::user_languages(self.db.reader(), users).await?;
        for intent in &mut intents {
            if let Some(language) = languages.get(&intent.user) {
                intent.language = *language;
            }
        }
        Ok(intents)
    }

    async fn moved_on(&self, config: &Config) -> Result<bool, SaleError> {
        let stock = store::stock(self.db.reader(), config.id).await?;
        Ok(stock
            .is_none_or(|stock| Epoch(stock.epoch) != config.epoch || stock.closed_at.is_some()))
    }

    /// Reads outcomes that are already recorded.
    async fn seen(&self, intents: &[Intent]) -> Result<HashMap<TicketId, Outcome>, SaleError> {
        let ids = intents.iter().map(|intent| Uuid::from(intent.ticket));
        let rows = store::tickets(self.db.reader(), ids.collect()).await?;
        let of = |intent: &Intent| {
            let row = (rows.iter()).find(|row| TicketId::from(row.id) == intent.ticket)?;
            Some((intent.ticket, recorded(intent, row)))
        };
        Ok(intents.iter().filter_map(of).collect())
    }
}

/// The outcome that a ticket's row records for an intent. A tombstone has no
/// fingerprint to compare.
fn recorded(intent: &Intent, row: &ticket::Model) -> Outcome {
    let lost = row.reason == Some(TicketReason::Lost);
    if lost || row.fingerprint == i64::from(intent.fingerprint) {
        Outcome::from(row)
    } else {
        Outcome::Reused
    }
}

/// Splits a part into halves, in stack order: the second half first.
fn halves(mut part: Vec<Intent>) -> Vec<Vec<Intent>> {
    let second = part.split_off(part.len() / 2);
    vec![second, part]
}

/// The cause of a failed transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The database cannot be reached or written, or the transaction lost every
    /// conflict: it may succeed later.
    Database,
    /// The intent breaks a rule of orders or of the database, and always will.
    Intent,
    /// Unknown: the intent is retried by the sweep, and no other waits for it.
    Unknown,
}

impl Fault {
    fn of(error: &SaleError) -> Self {
        match error {
            conflict if conflict.is_conflict() => Self::Database,
            SaleError::Order(_) => Self::Intent,
            SaleError::Database(error) => match failure(error) {
                Failure::Data => Self::Intent,
                Failure::Away => Self::Database,
                Failure::Other => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }
}

/// The ticket has the gate's time of admission, since the clocks of processes may
/// differ.
fn row(config: &Config, intent: &Intent, decided: &Decision) -> ticket::Model {
    let (state, reason, order_id) = match decided {
        Decision::Book(order, _) => (TicketState::Ordered, None, Some(*order)),
        Decision::Refuse(refusal) => (TicketState::Refused, Some((*refusal).into()), None),
    };
    ticket::Model {
        id: intent.ticket.into(),
        sale_id: config.id,
        user_id: intent.user,
        units: intent.units,
        address_id: intent.address.map_or(0, |address| address.0),
        config_version: intent.config_version,
        fingerprint: intent.fingerprint.into(),
        epoch: config.epoch.0,
        state,
        reason,
        order_id,
        created_at: intent.admitted_at,
    }
}

fn booking(config: &Config, intent: &Intent, decided: &Decision) -> Option<Booking> {
    let Decision::Book(order, address) = decided else {
        return None;
    };
    let name = config.names.get(&intent.language);
    Some(Booking {
        id: *order,
        buyer: intent.user,
        sale: config.id,
        line: BookedLine {
            num: intent.units,
            name: name.unwrap_or(&config.line.name).clone(),
            ..config.line.clone()
        },
        address: address.clone(),
        language: intent.language,
    })
}

/// Pairs tickets with outcomes. `orders` are those of the intents that were not
/// refused, in the same order.
fn outcomes(
    intents: &[Intent],
    decided: Vec<Decision>,
    orders: Vec<Order>,
) -> Vec<(TicketId, Outcome)> {
    let mut orders = orders.into_iter();
    let outcome = |decided| match decided {
        Decision::Refuse(refusal) => Outcome::Refused(refusal),
        Decision::Book(id, _) => (orders.next()).map_or(Outcome::Ordered(id), |order| {
            debug_assert_eq!(order.id, id);
            Outcome::Booked(Box::new(order))
        }),
    };
    let outcomes = decided.into_iter().map(outcome);
    (intents.iter().map(|intent| intent.ticket))
        .zip(outcomes)
        .collect()
}
