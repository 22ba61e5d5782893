//! The claim API: claiming units of a sale, and polling the ticket of a claim.

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

/// Claims that arrive earlier than this before the start are rejected from memory;
/// later ones are decided by the gate's clock.
const EARLY: Duration = Duration::from_secs(2);

/// How long a claim waits for its reply after its deadline: while a gate call is
/// running, it is not known whether the claim is admitted.
const OVERDUE: Duration = Duration::from_secs(2);

/// A request for units of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewClaim {
    /// The buyer.
    pub buyer: UserId,
    /// The sale.
    pub sale: SaleId,
    /// Units, 1–99.
    pub units: i64,
    /// The delivery address; the buyer's default address when absent.
    pub address: Option<AddressId>,
    /// The idempotency key: claims of a buyer with the same key have the same
    /// ticket.
    pub key: Option<String>,
    /// The language of the mails about the order.
    pub language: Language,
}

/// The result of a claim that was not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// The claim has an order.
    Won {
        /// The order in its current state.
        order: Box<Order>,
        /// Whether an earlier claim with the same key created the order.
        replayed: bool,
    },
    /// The claim was admitted, and its commit takes longer than the client
    /// waits. The ticket will end as won or refused.
    Pending(Ticket),
}

/// The status of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketStatus {
    /// Admitted by the gate; not known to be committed.
    Pending,
    /// The ticket has an order, also when that order was cancelled later.
    Won(OrderId),
    /// The ticket never will have an order.
    Refused(TicketRefusal),
}

/// The ticket of a claim, as its buyer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// The ticket's id.
    pub id: Uuid,
    /// The sale.
    pub sale: SaleId,
    /// The ticket's status.
    pub status: TicketStatus,
    /// The time at which the ticket was admitted; the time of the request while
    /// it is pending.
    pub created_at: Timestamp,
    /// The time of the request.
    pub now: Timestamp,
}

/// Claims and their tickets, for buyers.
#[async_trait]
pub trait ClaimService: Send + Sync {
    /// Claims units of a sale. [`Claimed::Won`] is returned only after the
    /// order is committed.
    ///
    /// # Errors
    ///
    /// The refusals [`SaleError::AddressNotFound`],
    /// [`SaleError::AddressRequired`] and [`SaleError::TicketLost`] are
    /// recorded and returned again for the same key. After any other error the
    /// key can be used again.
    async fn claim(&self, claim: NewClaim) -> Result<Claimed, SaleError>;

    /// Reads the status of a buyer's ticket. Every ticket ends as won or
    /// refused.
    ///
    /// # Errors
    ///
    /// [`SaleError::NotFound`] when the id was not issued for this buyer and
    /// sale.
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
        // The batcher answers before the deadline; the time-out only guards
        // against a batcher that hangs.
        let timeout = self.context.settings.ack_within + OVERDUE;
        let answered = tokio::time::timeout(timeout, answer).await;
        let reply = answered.ok().and_then(Result::ok).ok_or(SaleError::Busy)?;
        self.answer(queue, &claim, ticket, reply).await
    }

    /// Whether the claim arrives long before the start, by this process's clock
    /// and by the gate's clock if it is known. When only this process's clock
    /// says so, the gate decides.
    fn is_early(&self, config: &Config, now: Timestamp) -> bool {
        let opens_at = config.starts_at.minus(EARLY);
        let at_the_gate = self.context.gate_clock.now();
        now < opens_at && at_the_gate.is_none_or(|now| now < opens_at)
    }

    /// Answers a claim of a buyer who was refused several times because of a
    /// missing address, without the gate: the recorded outcome of this key, or
    /// a refusal. The refusal is not recorded, so that the key can be used once
    /// the buyer has an address. `None` when the address exists.
    async fn answer_without_address(
        &self,
        ticket: TicketId,
        claim: &NewClaim,
    ) -> Result<Option<Claimed>, SaleError> {
        if let Some(outcome) = self.recorded(ticket, claim).await? {
            return self.claimed(claim.buyer, outcome).await.map(Some);
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
            Reply::Decided(outcome) => {
                if let Outcome::Refused(
                    TicketRefusal::AddressNotFound | TicketRefusal::AddressRequired,
                ) = outcome
                {
                    queue.note_address_refusal(claim.buyer).await?;
                }
                self.claimed(claim.buyer, outcome).await
            }
            Reply::Recorded => match self.recorded(ticket, claim).await? {
                Some(outcome) => self.claimed(claim.buyer, outcome).await,
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

    /// Answers a claim after the end of the sale: the recorded outcome when a
    /// ticket exists for its key, else `over`. Most claims are answered from
    /// memory.
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
            Some(outcome) => self.claimed(claim.buyer, outcome).await,
            None => Err(over),
        }
    }

    /// Reads the recorded outcome of a claim's ticket.
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

    async fn claimed(&self, buyer: UserId, outcome: Outcome) -> Result<Claimed, SaleError> {
        match outcome {
            Outcome::Booked(order) => Ok(Claimed::Won {
                order,
                replayed: false,
            }),
            Outcome::Ordered(id) => {
                let detail = self.context.dependencies.orders.order(buyer, id).await?;
                Ok(Claimed::Won {
                    order: Box::new(detail.order),
                    replayed: true,
                })
            }
            Outcome::Refused(refusal) => Err(refused(refusal)),
            Outcome::Reused => Err(SaleError::KeyReused),
        }
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

    /// Looks a ticket up in the database, then at the gate, whose pending claim
    /// is committed. A ticket that neither knows is recorded as lost.
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

    /// Inserts a tombstone: the ticket is refused for good. A process that
    /// still holds the claim cannot commit it, because the tombstone has the
    /// same primary key.
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

/// A tombstone has no fingerprint of the claim.
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
        // Replaced by the gate's time when it admits the claim.
        admitted_at: config.starts_at,
    }
}

/// Hashes the content of a claim. The language of its mails is not part of it.
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
