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
use stampede_persistence::entity::ticket::{self, TicketState};
use stampede_persistence::retrying;
use stampede_user::{AddressError, AddressSnapshot};
use uuid::Uuid;

use crate::config::Config;
use crate::gate::{Epoch, Fingerprint, Refusal, TicketId};
use crate::ground::Ground;
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
    Refused(Refusal),
}

impl Outcome {
    /// Its order, if it has one.
    pub(crate) fn order(&self) -> Option<OrderId> {
        match self {
            Self::Booked(order) => Some(order.id),
            Self::Ordered(order) => Some(*order),
            Self::Refused(_) => None,
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
#[derive(Debug)]
pub(crate) struct Committed {
    /// Of every ticket, unless the batch was fenced; then of those that were
    /// committed before.
    pub(crate) outcomes: HashMap<TicketId, Outcome>,
    /// The sale is at another epoch: who has no outcome is to be admitted again.
    pub(crate) fenced: bool,
    /// The gate had admitted somebody for whom there was nothing.
    pub(crate) astray: bool,
}

/// What was decided about an intent before its rows are written.
enum Decided {
    Book(OrderId, AddressSnapshot),
    Refuse(Refusal),
}

impl Ground {
    /// Commits intents under the epoch of `config`: each has an order or a
    /// recorded refusal afterwards, once, whoever else commits it too. What comes
    /// after the sale was to close stays as it is: the close ends it.
    pub(crate) async fn commit(
        &self,
        config: &Config,
        intents: Vec<Intent>,
    ) -> Result<Committed, SaleError> {
        let mut ended = Committed {
            outcomes: HashMap::new(),
            fenced: false,
            astray: false,
        };
        let mut left = intents;
        left.retain(|intent| intent.admitted_at < config.closes_at());
        left.sort_by_key(|intent| intent.ticket);
        while !left.is_empty() {
            if let Some(outcomes) = self.all(config, &left, None).await? {
                ended.outcomes.extend(outcomes);
                break;
            }
            if self.moved_on(config).await? {
                ended.fenced = true;
                break;
            }
            let seen = self.seen(&left).await?;
            if seen.is_empty() {
                // The epoch is right, and there is no room: the gate has lost its
                // memory, and nobody has noticed yet.
                ended.astray = true;
                ended.fenced = !self.each(config, &left, &mut ended.outcomes).await?;
                break;
            }
            left.retain(|intent| !seen.contains_key(&intent.ticket));
            ended.outcomes.extend(seen);
        }
        Ok(ended)
    }

    /// One by one: who has room is served, the others are refused for good.
    /// False when the epoch moved on meanwhile.
    async fn each(
        &self,
        config: &Config,
        intents: &[Intent],
        outcomes: &mut HashMap<TicketId, Outcome>,
    ) -> Result<bool, SaleError> {
        for intent in intents {
            let one = std::slice::from_ref(intent);
            let mut ended = self.all(config, one, None).await?;
            if ended.is_none() {
                ended = self.all(config, one, Some(Refusal::Guard)).await?;
            }
            if let Some(ended) = ended {
                outcomes.extend(ended);
                continue;
            }
            let seen = self.seen(one).await?;
            if seen.is_empty() {
                return Ok(false);
            }
            outcomes.extend(seen);
        }
        Ok(true)
    }

    /// All of them in one transaction, or none: `None` when a ticket exists, the
    /// epoch has moved on, or there is no room for all.
    async fn all(
        &self,
        config: &Config,
        intents: &[Intent],
        verdict: Option<Refusal>,
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
                    tx.rollback().await?;
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
        verdict: Option<Refusal>,
        now: Timestamp,
    ) -> Result<Option<Vec<(TicketId, Outcome)>>, SaleError> {
        let decided = match verdict {
            Some(refusal) => intents.iter().map(|_| Decided::Refuse(refusal)).collect(),
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
        let orders = self.partners.book.book(tx, &bookings, now).await?;
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
    ) -> Result<Vec<Decided>, SaleError> {
        let wanted: Vec<_> = (intents.iter())
            .map(|intent| (intent.user, intent.address))
            .collect();
        let found = self.partners.addresses.snapshots(tx, &wanted).await?;
        let decide = |address: Result<AddressSnapshot, AddressError>| match address {
            Ok(address) => Ok(Decided::Book(OrderId::new(), address)),
            Err(AddressError::Required) => Ok(Decided::Refuse(Refusal::AddressRequired)),
            Err(AddressError::Database(error)) => Err(error.into()),
            Err(_) => Ok(Decided::Refuse(Refusal::AddressNotFound)),
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
        let outcome = |row: &ticket::Model| (TicketId::from(row.id), Outcome::from(row));
        Ok(rows.iter().map(outcome).collect())
    }
}

/// The ticket is dated by the clock that judged it: gateways may disagree.
fn row(config: &Config, intent: &Intent, decided: &Decided) -> ticket::Model {
    let (state, reason, order_id) = match decided {
        Decided::Book(order, _) => (TicketState::Ordered, None, Some(*order)),
        Decided::Refuse(refusal) => (TicketState::Refused, Some((*refusal).into()), None),
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

fn booking(config: &Config, intent: &Intent, decided: &Decided) -> Option<Booking> {
    let Decided::Book(order, address) = decided else {
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
    decided: Vec<Decided>,
    orders: Vec<Order>,
) -> Vec<(TicketId, Outcome)> {
    let mut orders = orders.into_iter();
    let outcome = |decided| match decided {
        Decided::Refuse(refusal) => Outcome::Refused(refusal),
        Decided::Book(id, _) => (orders.next()).map_or(Outcome::Ordered(id), |order| {
            debug_assert_eq!(order.id, id);
            Outcome::Booked(Box::new(order))
        }),
    };
    let outcomes = decided.into_iter().map(outcome);
    (intents.iter().map(|intent| intent.ticket))
        .zip(outcomes)
        .collect()
}
