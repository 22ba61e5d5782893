//! Claims and tickets: what a buyer may ask of a sale.

use std::time::Duration;

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use stampede_kernel::{AddressId, Language, OrderId, SaleId, Timestamp, UserId};
use stampede_order::Order;
use stampede_persistence::entity::sale::SaleState;
use stampede_persistence::entity::ticket::{self, TicketReason, TicketState};
use stampede_persistence::retrying;
use stampede_user::AddressError;
use tokio::sync::oneshot;
use tokio::time::Instant;
use uuid::Uuid;

use crate::claim_stats::ClaimResult;
use crate::commit::{Intent, Outcome};
use crate::config::Config;
use crate::gate::{Fingerprint, TicketId, TicketRefusal};
use crate::queue::{Rejection, Reply, SaleQueue, WaitingClaim};
use crate::sale::{SaleError, check_units, store};
use crate::sales::Sales;
use crate::ticket::refusal;

/// So long before the start a claim is told from memory that it is too early;
/// later the gate's clock judges.
const EARLY: Duration = Duration::from_secs(2);

/// How much longer than its time a claim waits for its reply: while the gate is asked
/// about it, nobody knows whether it is admitted.
const OVERDUE: Duration = Duration::from_secs(2);

/// What somebody wants of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewClaim {
    /// Who.
    pub buyer: UserId,
    /// Of which sale.
    pub sale: SaleId,
    /// 1–99 units.
    pub units: i64,
    /// Where to; the default address when absent.
    pub address: Option<AddressId>,
    /// The client's key: the same key, the same ticket.
    pub key: Option<String>,
    /// Of the mails about the order.
    pub language: Language,
}

/// What a claim gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// An order.
    Won {
        /// As it stands.
        order: Box<Order>,
        /// Whether an earlier claim with this key had won it.
        replayed: bool,
    },
    /// It was admitted, and will be won or refused.
    Pending(Ticket),
}

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketStatus {
    /// Admitted; not committed, as far as is known.
    Pending,
    /// It has an order; that says what became of it.
    Won(OrderId),
    /// It never will have one.
    Refused(TicketRefusal),
}

/// A ticket of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its id.
    pub id: Uuid,
    /// Of which sale.
    pub sale: SaleId,
    /// Where it stands.
    pub status: TicketStatus,
    /// When it was committed; when this was asked, while it is pending.
    pub created_at: Timestamp,
    /// When this was asked.
    pub now: Timestamp,
}

/// What a buyer may ask of a sale.
#[async_trait]
pub trait ClaimService: Send + Sync {
    /// Claims units. An order is answered only after its commit.
    ///
    /// # Errors
    ///
    /// Refusals that are recorded ([`SaleError::AddressNotFound`],
    /// [`SaleError::AddressRequired`], [`SaleError::TicketLost`]) come again under
    /// the same key; every other one leaves the key free.
    async fn claim(&self, claim: NewClaim) -> Result<Claimed, SaleError>;

    /// Where a ticket of the buyer's stands; it always ends won or refused.
    ///
    /// # Errors
    ///
    /// [`SaleError::NotFound`] for one that was not made here for this buyer and sale.
    async fn ticket(&self, buyer: UserId, sale: SaleId, id: Uuid) -> Result<Ticket, SaleError>;
}

#[async_trait]
impl ClaimService for Sales {
    async fn claim(&self, claim: NewClaim) -> Result<Claimed, SaleError> {
        check_units(claim.units)?;
        let begun = Instant::now();
        let queue = self.queue(claim.sale).await?;
        let claimed = self.claim_at(&queue, claim).await;
        queue.stats.count(claim_result(&claimed), begun.elapsed());
        claimed
    }

    async fn ticket(&self, buyer: UserId, sale: SaleId, id: Uuid) -> Result<Ticket, SaleError> {
        let id = TicketId::from(id);
        if !self.context.tickets.made(sale, buyer, id) {
            return Err(SaleError::NotFound);
        }
        let queue = self.queue(sale).await?;
        self.poll(&queue, buyer, id).await
    }
}

impl Sales {
    async fn claim_at(&self, queue: &SaleQueue, claim: NewClaim) -> Result<Claimed, SaleError> {
        let config = queue.config().await?;
        let now = self.context.clock.now();
        if let Some(over) = over(&config) {
            return self.after_the_end(queue, &claim, over).await;
        }
        if self.is_early(&config, now) {
            let starts_at = config.starts_at;
            return Err(SaleError::NotStarted { starts_at, now });
        }
        if queue.rejects(claim.buyer, now) {
            return Err(SaleError::SoldOut);
        }
        if !self.seller_lock.sells() {
            return Err(SaleError::Busy);
        }
        let ticket = self.ticket_of(&claim)?;
        if queue.lacks_address(claim.buyer)
            && let Some(claimed) = self.answer_without_address(ticket, &claim).await?
        {
            return Ok(claimed);
        }
        let (reply, answer) = oneshot::channel();
        let waiting = WaitingClaim {
            intent: intent(&claim, ticket, &config),
            deadline: Instant::now() + self.context.settings.ack_within,
            reply,
        };
        if !queue.push(waiting) {
            return Err(SaleError::Busy);
        }
        // The batcher answers in time; this is for the day on which it does not.
        let timeout = self.context.settings.ack_within + OVERDUE;
        let answered = tokio::time::timeout(timeout, answer).await;
        let reply = answered.ok().and_then(Result::ok).ok_or(SaleError::Busy)?;
        self.answer(queue, &claim, ticket, reply).await
    }

    /// Whether it is long before the start, by this process's clock and by the gate's
    /// as far as it is known: of a process whose clock is behind the gate judges.
    fn is_early(&self, config: &Config, now: Timestamp) -> bool {
        let opens_at = config.starts_at.minus(EARLY);
        let at_the_gate = self.context.gate_clock.now();
        now < opens_at && at_the_gate.is_none_or(|now| now < opens_at)
    }

    /// Of a buyer who was refused often for want of an address: what is recorded of this
    /// key, or the refusal that the gate need not be asked for. It is not recorded, so
    /// that the key is free once there is an address. `None` when there is one.
    async fn answer_without_address(
        &self,
        ticket: TicketId,
        claim: &NewClaim,
    ) -> Result<Option<Claimed>, SaleError> {
        if let Some(outcome) = self.recorded(ticket, claim).await? {
            return self.replay(claim.buyer, outcome).await.map(Some);
        }
        let tx = self.context.db.snapshot().await?;
        let addresses = &self.context.dependencies.addresses;
        let found = addresses.snapshot(&tx, claim.buyer, claim.address).await;
        tx.rollback().await?;
        match found {
            Ok(_) => Ok(None),
            Err(AddressError::Required) => Err(SaleError::AddressRequired),
            Err(AddressError::Database(error)) => Err(error.into()),
            Err(_) => Err(SaleError::AddressNotFound),
        }
    }

    fn ticket_of(&self, claim: &NewClaim) -> Result<TicketId, SaleError> {
        let ids = &self.context.tickets;
        let id = ids.of(claim.sale, claim.buyer, claim.key.as_deref());
        id.map_err(|error| {
            tracing::error!(%error, "no random numbers");
            SaleError::Busy
        })
    }

    async fn answer(
        &self,
        queue: &SaleQueue,
        claim: &NewClaim,
        ticket: TicketId,
        reply: Reply,
    ) -> Result<Claimed, SaleError> {
        match reply {
            Reply::Booked(order) => Ok(Claimed::Won {
                order,
                replayed: false,
            }),
            Reply::Known(outcome) => {
                if let Outcome::Refused(
                    TicketRefusal::AddressNotFound | TicketRefusal::AddressRequired,
                ) = outcome
                {
                    queue.note_address_refusal(claim.buyer).await?;
                }
                self.replay(claim.buyer, outcome).await
            }
            Reply::Recorded => match self.recorded(ticket, claim).await? {
                Some(outcome) => self.replay(claim.buyer, outcome).await,
                None => Err(over(&queue.known()).unwrap_or(SaleError::Busy)),
            },
            Reply::Pending => Ok(Claimed::Pending(self.pending(claim.sale, ticket))),
            Reply::Rejected(rejection) => {
                let rejection = self.rejection(queue, claim, rejection).await?;
                match rejection {
                    SaleError::Ended | SaleError::Cancelled => {
                        self.after_the_end(queue, claim, rejection).await
                    }
                    other => Err(other),
                }
            }
        }
    }

    /// A sale that is over answers whoever has a ticket of this key, and turns
    /// everybody else away from memory.
    async fn after_the_end(
        &self,
        queue: &SaleQueue,
        claim: &NewClaim,
        over: SaleError,
    ) -> Result<Claimed, SaleError> {
        let closed = queue.known().closed_at.is_some();
        if claim.key.is_none() || (closed && !queue.holds(claim.buyer).await?) {
            return Err(over);
        }
        match self.recorded(self.ticket_of(claim)?, claim).await? {
            Some(outcome) => self.replay(claim.buyer, outcome).await,
            None => Err(over),
        }
    }

    /// What is recorded of this claim's ticket.
    async fn recorded(&self, id: TicketId, claim: &NewClaim) -> Result<Option<Outcome>, SaleError> {
        let row = store::ticket(self.context.db.reader(), id).await?;
        match row {
            Some(row) if is_lost(&row) => Ok(Some(Outcome::from(&row))),
            Some(row) if row.fingerprint != i64::from(fingerprint(claim)) => {
                Err(SaleError::KeyReused)
            }
            row => Ok(row.as_ref().map(Outcome::from)),
        }
    }

    async fn replay(&self, buyer: UserId, outcome: Outcome) -> Result<Claimed, SaleError> {
        let order = match outcome {
            Outcome::Booked(order) => order,
            Outcome::Ordered(id) => {
                let detail = self.context.dependencies.orders.order(buyer, id).await?;
                Box::new(detail.order)
            }
            Outcome::Refused(refusal) => return Err(refused(refusal)),
            Outcome::Reused => return Err(SaleError::KeyReused),
        };
        let replayed = true;
        Ok(Claimed::Won { order, replayed })
    }

    async fn rejection(
        &self,
        queue: &SaleQueue,
        claim: &NewClaim,
        rejection: Rejection,
    ) -> Result<SaleError, SaleError> {
        let config = queue.known();
        Ok(match rejection {
            Rejection::NotStarted => SaleError::NotStarted {
                starts_at: config.starts_at,
                now: self.context.recent_time(),
            },
            Rejection::Ended => over(&config).unwrap_or(SaleError::Ended),
            Rejection::Paused => SaleError::Paused,
            Rejection::OverLimit => {
                let db = self.context.db.reader();
                let orders = store::orders_of(db, claim.sale, claim.buyer).await?;
                SaleError::LimitReached { orders }
            }
            Rejection::SoldOut => SaleError::SoldOut,
            Rejection::Reused => SaleError::KeyReused,
            Rejection::Busy => SaleError::Busy,
        })
    }

    fn pending(&self, sale: SaleId, id: TicketId) -> Ticket {
        let now = self.context.clock.now();
        Ticket {
            id: id.into(),
            sale,
            status: TicketStatus::Pending,
            created_at: now,
            now,
        }
    }

    /// The row, or the gate, or the end of a ticket that nobody knows any more.
    async fn poll(
        &self,
        queue: &SaleQueue,
        buyer: UserId,
        id: TicketId,
    ) -> Result<Ticket, SaleError> {
        if let Some(row) = store::ticket(self.context.db.reader(), id).await? {
            return Ok(self.ticket_from(&row));
        }
        queue.changed();
        let config = queue.config().await?;
        if config.closed_at.is_none() {
            match queue.pending(&config, &[id]).await {
                Ok(none) if none.is_empty() => self.lose(&config, buyer, id).await?,
                Ok(intent) => {
                    let intent = self.context.in_user_languages(intent).await?;
                    self.context.commit(&config, intent).await;
                }
                Err(_) => return Ok(self.pending(config.id, id)),
            }
        } else {
            self.lose(&config, buyer, id).await?;
        }
        let row = store::ticket(self.context.db.reader(), id).await?;
        Ok(row.map_or_else(|| self.pending(config.id, id), |row| self.ticket_from(&row)))
    }

    /// A ticket that nobody knows is refused for good: it has the primary key of
    /// whoever might still commit it, so that nothing can contradict it.
    async fn lose(&self, config: &Config, buyer: UserId, id: TicketId) -> Result<(), SaleError> {
        let row = ticket::Model {
            id: id.into(),
            sale_id: config.id,
            user_id: buyer,
            units: 0,
            address_id: 0,
            config_version: config.version,
            fingerprint: 0,
            epoch: config.epoch.0,
            state: TicketState::Refused,
            reason: Some(TicketReason::Lost),
            order_id: None,
            created_at: self.context.clock.now(),
        };
        retrying(|| async {
            let tx = self.context.db.begin_write().await?;
            store::insert_tickets(&tx, vec![row.clone()]).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    fn ticket_from(&self, row: &ticket::Model) -> Ticket {
        let status = match (row.state, row.order_id) {
            (TicketState::Ordered | TicketState::Released, Some(order)) => TicketStatus::Won(order),
            _ => TicketStatus::Refused(refusal(row.reason)),
        };
        Ticket {
            id: row.id,
            sale: row.sale_id,
            status,
            created_at: row.created_at,
            now: self.context.clock.now(),
        }
    }
}

/// A tombstone does not know what was claimed.
fn is_lost(row: &ticket::Model) -> bool {
    row.reason == Some(TicketReason::Lost)
}

fn over(config: &Config) -> Option<SaleError> {
    match (config.state, config.closed_at) {
        (SaleState::Cancelled, _) => Some(SaleError::Cancelled),
        (SaleState::Open | SaleState::Paused, Some(_)) => Some(SaleError::Ended),
        (SaleState::Open | SaleState::Paused, None) => None,
    }
}

fn refused(refusal: TicketRefusal) -> SaleError {
    match refusal {
        TicketRefusal::AddressNotFound => SaleError::AddressNotFound,
        TicketRefusal::AddressRequired => SaleError::AddressRequired,
        TicketRefusal::Lost | TicketRefusal::Guard => SaleError::TicketLost,
    }
}

fn intent(claim: &NewClaim, ticket: TicketId, config: &Config) -> Intent {
    Intent {
        ticket,
        user: claim.buyer,
        units: claim.units,
        fingerprint: fingerprint(claim),
        address: claim.address,
        config_version: config.version,
        language: claim.language,
        // Until the gate says when.
        admitted_at: config.starts_at,
    }
}

/// What a claim is of; the language of its mails is no part of it.
fn fingerprint(claim: &NewClaim) -> Fingerprint {
    let address = claim.address.map_or(0, |address| address.0);
    let hash = Sha256::new()
        .chain_update(claim.units.to_be_bytes())
        .chain_update(address.to_be_bytes())
        .finalize();
    Fingerprint(std::array::from_fn(|place| hash[place]))
}

fn claim_result(claimed: &Result<Claimed, SaleError>) -> ClaimResult {
    match claimed {
        Ok(Claimed::Won { .. }) => ClaimResult::Won,
        Ok(Claimed::Pending(_)) => ClaimResult::Pending,
        Err(SaleError::SoldOut) => ClaimResult::SoldOut,
        Err(SaleError::LimitReached { .. }) => ClaimResult::LimitReached,
        Err(SaleError::Busy | SaleError::Gate(_)) => ClaimResult::Busy,
        Err(_) => ClaimResult::Refused,
    }
}
