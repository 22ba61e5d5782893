//! The transaction of a batch: tickets, orders, buyers, and last the hot row with
//! the sale's units.
//!
//! The hot row's lock is held for one statement and the commit, however many orders
//! there are (group update; see docs/SALE.md). The ticket's primary key makes the
//! transaction idempotent: a batch whose commit was not confirmed is sent again and
//! finds its rows.
//!
//! What needs no lock happens before BEGIN: addresses and delivery methods are read, and
//! the statements built.

mod draft;
mod fault;
mod phases;

use std::collections::HashMap;

use fail::fail_point;
use sea_orm::DatabaseTransaction;
use stampede_kernel::{AddressId, DeliveryMethodId, Language, OrderId, Timestamp, UserId};
use stampede_order::Order;
use stampede_persistence::entity::ticket::{self, TicketReason, TicketState};
use stampede_persistence::{retrying, send};
use uuid::Uuid;

use crate::config::Config;
use crate::context::Context;
use crate::gate::{Epoch, Fingerprint, TicketId, TicketRefusal};
use crate::sale::{SaleError, store};
use crate::ticket::refusal;
use draft::{Draft, outcomes, refuse_all};
use fault::Fault;
use phases::BatchClock;

/// A claim that the gate has admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Intent {
    pub(crate) ticket: TicketId,
    pub(crate) user: UserId,
    pub(crate) units: i64,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) address: Option<AddressId>,
    pub(crate) delivery: Option<DeliveryMethodId>,
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
        let decided = match verdict {
            Some(refusal) => refuse_all(intents, refusal),
            None => self.decide(intents).await?,
        };
        retrying(|| async {
            let clock = BatchClock::start();
            let draft = self.draft(config, intents, &decided)?;
            let clock = clock.drafted();
            let _urgent = self.db.urgent();
            let tx = self.db.begin_write().await?;
            let clock = clock.begun();
            match self.write(&tx, config, draft).await {
                Ok(Some(outcomes)) => {
                    let clock = clock.written();
                    fail_point!("sale.commit");
                    tx.commit().await?;
                    fail_point!("sale.committed");
                    clock.committed();
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

    /// Sends the statements of a draft, the hot row last. `None` when a ticket exists,
    /// a buyer would have more than the limit, the epoch has changed, or too few units
    /// are left.
    async fn write(
        &self,
        tx: &DatabaseTransaction,
        config: &Config,
        draft: Draft,
    ) -> Result<Option<Vec<(TicketId, Outcome)>>, SaleError> {
        fail_point!("sale.insert");
        if send(tx, draft.ticket_inserts).await? != draft.tickets {
            return Ok(None);
        }
        let orders = &self.dependencies.sale_orders;
        let orders = orders.book(tx, draft.orders).await?;
        if !draft.buyers.is_empty() {
            send(tx, draft.buyer_upserts).await?;
            if store::over_limit(tx, config.id, draft.buyers, config.limit).await? > 0 {
                return Ok(None);
            }
        }
        fail_point!("sale.hot_row");
        if !store::take(tx, config.id, config.epoch, draft.units).await? {
            return Ok(None);
        }
        Ok(Some(outcomes(draft.ends, orders)))
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
