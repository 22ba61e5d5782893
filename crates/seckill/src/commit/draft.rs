//! The draft of a batch: what becomes of each claim, and the statements that say so. It is
//! made before the transaction begins, so that the writer of the database never waits for it.

use sea_orm::Statement;
use stampede_kernel::{OrderId, UserId};
use stampede_order::{BookedLine, Booking, DeliveryMethods, DraftOrders, Order};
use stampede_persistence::entity::ticket::{self, TicketState};
use stampede_user::{AddressError, AddressSnapshot};

use super::{Intent, Outcome};
use crate::config::Config;
use crate::context::Context;
use crate::gate::{TicketId, TicketRefusal};
use crate::sale::{SaleError, store};

/// The decision about an intent, before its rows are written.
enum Decision {
    Book(OrderId, AddressSnapshot),
    Refuse(TicketRefusal),
}

impl Decision {
    fn end(&self) -> Result<OrderId, TicketRefusal> {
        match self {
            Self::Book(order, _) => Ok(*order),
            Self::Refuse(refusal) => Err(*refusal),
        }
    }
}

/// The decisions about a batch, and the delivery methods that its orders may have.
pub(super) struct Decided {
    decisions: Vec<Decision>,
    methods: DeliveryMethods,
}

/// The rows of a batch, as statements.
pub(super) struct Draft {
    pub(super) ends: Vec<(TicketId, Result<OrderId, TicketRefusal>)>,
    /// Inserts the tickets whose ids are new.
    pub(super) ticket_inserts: Vec<Statement>,
    /// The number of tickets.
    pub(super) tickets: u64,
    pub(super) orders: DraftOrders,
    /// Adds to the units of the buyers.
    pub(super) buyer_upserts: Vec<Statement>,
    pub(super) buyers: Vec<UserId>,
    /// The units of all orders.
    pub(super) units: i64,
}

impl Context {
    /// Reads the addresses of all intents in one query and the delivery methods in another,
    /// and decides which intents to refuse.
    pub(super) async fn decide(&self, intents: &[Intent]) -> Result<Decided, SaleError> {
        let wanted: Vec<_> = (intents.iter())
            .map(|intent| (intent.user, intent.address))
            .collect();
        let (found, methods) = tokio::try_join!(
            self.dependencies.addresses.snapshots(&wanted),
            self.dependencies.sale_orders.delivery_methods(),
        )?;
        let decide = |address: Result<AddressSnapshot, AddressError>| match address {
            Ok(address) => Ok(Decision::Book(OrderId::new(), address)),
            Err(AddressError::Required) => Ok(Decision::Refuse(TicketRefusal::AddressRequired)),
            Err(AddressError::Database(error)) => Err(error.into()),
            Err(_) => Ok(Decision::Refuse(TicketRefusal::AddressNotFound)),
        };
        let decisions: Result<_, SaleError> = found.into_iter().map(decide).collect();
        decisions.map(|decisions| Decided { decisions, methods })
    }

    /// Builds the statements of a batch.
    ///
    /// # Errors
    ///
    /// When an amount is out of range.
    pub(super) fn draft(
        &self,
        config: &Config,
        intents: &[Intent],
        decided: &Decided,
    ) -> Result<Draft, SaleError> {
        let Decided { decisions, methods } = decided;
        let (now, backend) = (self.clock.now(), self.db.backend());
        let rows: Vec<_> = (intents.iter().zip(decisions))
            .map(|(intent, decision)| row(config, intent, decision))
            .collect();
        let bookings: Vec<_> = (intents.iter().zip(decisions))
            .filter_map(|(intent, decision)| booking(config, intent, decision))
            .collect();
        let served = bookings.iter().map(|one| (one.buyer, one.line.num));
        let bought = store::by_user(served);
        let tickets = intents.iter().map(|intent| intent.ticket);
        Ok(Draft {
            tickets: u64::try_from(rows.len()).unwrap_or(u64::MAX),
            ticket_inserts: store::ticket_inserts(backend, rows),
            orders: (self.dependencies.sale_orders).draft(&bookings, methods, now)?,
            buyer_upserts: store::buyer_upserts(backend, config.id, &bought),
            buyers: bought.iter().map(|(user, _)| *user).collect(),
            units: bought.iter().map(|(_, units)| units).sum(),
            ends: tickets.zip(decisions.iter().map(Decision::end)).collect(),
        })
    }
}

/// Refuses all intents.
pub(super) fn refuse_all(intents: &[Intent], refusal: TicketRefusal) -> Decided {
    let decisions = intents.iter().map(|_| Decision::Refuse(refusal));
    Decided {
        decisions: decisions.collect(),
        methods: DeliveryMethods::default(),
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
        delivery: intent.delivery,
        language: intent.language,
    })
}

/// Pairs tickets with outcomes. `orders` are those of the intents that were not
/// refused, in the same order.
pub(super) fn outcomes(
    ends: Vec<(TicketId, Result<OrderId, TicketRefusal>)>,
    orders: Vec<Order>,
) -> Vec<(TicketId, Outcome)> {
    let mut orders = orders.into_iter();
    let mut outcome = |end| match end {
        Err(refusal) => Outcome::Refused(refusal),
        Ok(id) => (orders.next()).map_or(Outcome::Ordered(id), |order| {
            debug_assert_eq!(order.id, id);
            Outcome::Booked(Box::new(order))
        }),
    };
    let ended = ends.into_iter();
    ended.map(|(ticket, end)| (ticket, outcome(end))).collect()
}
