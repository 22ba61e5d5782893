//! The transaction of a batch: tickets, orders, buyers, and the hot row last.
//!
//! The hot row's lock is held for one statement and the commit, however many
//! orders there are (group update; see docs/SALE.md). The ticket's primary key
//! makes every step repeatable: a batch whose commit was not heard of is sent
//! again and finds its rows.

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

/// Somebody whom the gate admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Intent {
    pub(crate) ticket: TicketId,
    pub(crate) user: UserId,
    pub(crate) units: i64,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) address: Option<AddressId>,
    pub(crate) config_version: i64,
    /// Of the order's lines and letters.
    pub(crate) language: Language,
    /// When the gate admitted it, or found it admitted, by the gate's clock.
    pub(crate) admitted_at: Timestamp,
}

/// What became of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Its order was booked just now.
    Booked(Box<Order>),
    /// It has an order.
    Ordered(OrderId),
    /// It never will have one.
    Refused(TicketRefusal),
    /// Its row is of another claim under the same key.
    Reused,
}

impl Outcome {
    /// Its order, if it has one.
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

/// How a batch ended.
#[derive(Debug, Default)]
pub(crate) struct Committed {
    /// Of every ticket, unless the batch was fenced or something failed; then of
    /// those that were committed before.
    pub(crate) outcomes: HashMap<TicketId, Outcome>,
    /// The sale is at another epoch: tickets without an outcome are to be admitted again.
    pub(crate) fenced: bool,
    /// The gate is not the database's image: it had admitted a ticket for which there
    /// was no room, or one that stands for another claim.
    pub(crate) over_admitted: bool,
    /// Tickets that can be neither booked nor refused just now, for a reason that
    /// seems to be theirs alone. They stay pending at the gate.
    pub(crate) stuck: Vec<TicketId>,
    /// The database cannot be reached: tickets without an outcome wait for it.
    pub(crate) away: Option<SaleError>,
}

/// What was decided about an intent before its rows are written.
enum Decision {
    Book(OrderId, AddressSnapshot),
    Refuse(TicketRefusal),
}

impl Context {
    /// Commits intents under the epoch of `config`: each has an order or a
    /// recorded refusal afterwards, once, whoever else commits it too. What cannot be
    /// committed together is committed in halves, so that one intent that fails, or
    /// finds no room, holds up no other. What comes after the sale was to close stays
    /// as it is: the close ends it.
    pub(crate) async fn commit(&self, config: &Config, mut intents: Vec<Intent>) -> Committed {
        intents.retain(|intent| intent.admitted_at < config.closes_at());
        intents.sort_by_key(|intent| intent.ticket);
        let mut ended = Committed::default();
        // The next one is the last.
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

    /// Commits a part of a batch; gives what is to be tried again, the first part last.
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
        // The epoch is right, and there is no room: the gate has lost its memory, and
        // nobody has noticed yet.
        ended.over_admitted = true;
        if part.len() > 1 {
            return Ok(halves(part));
        }
        self.refuse(config, &part, ended).await?;
        Ok(Vec::new())
    }

    /// A part failed for another reason than that there was no room.
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

    /// Records that an intent has no order and never will.
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

    /// All of them in one transaction, or none: `None` when a ticket exists, the
    /// epoch has moved on, or there is no room for all.
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
                    // What ended it is what matters; a connection that cannot even
                    // roll back is gone, and its transaction with it.
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

    /// Looks the addresses up, all at once.
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

    /// The gate keeps no language: intents that only it remembers speak the one
    /// in which their user signed in last.
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

    /// Outcomes that are recorded already.
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

/// What a row says of an intent. One of a ticket that was given up does not know what
/// was claimed.
fn recorded(intent: &Intent, row: &ticket::Model) -> Outcome {
    let lost = row.reason == Some(TicketReason::Lost);
    if lost || row.fingerprint == i64::from(intent.fingerprint) {
        Outcome::from(row)
    } else {
        Outcome::Reused
    }
}

/// The second half comes first, as on a stack.
fn halves(mut part: Vec<Intent>) -> Vec<Vec<Intent>> {
    let second = part.split_off(part.len() / 2);
    vec![second, part]
}

/// What a failure is due to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The database cannot be reached or written at all, or a conflict was lost again
    /// and again: the same transaction may succeed later.
    Database,
    /// A rule of orders or of the database that this intent breaks, and always will.
    Intent,
    /// Not known: it is tried again, and nothing waits for it.
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

/// The ticket is dated by the clock that judged it: gateways may disagree.
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

/// The orders are those of the intents that were not refused, in their order.
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
