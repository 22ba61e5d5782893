//! Claiming: a claim goes to the queue of its sale, and its reply becomes an answer.

use std::time::Duration;

use sha2::{Digest, Sha256};
use stampede_kernel::{Timestamp, UserId};
use stampede_persistence::entity::sale::SaleState;
use stampede_persistence::entity::ticket::{self, TicketReason};
use stampede_user::AddressError;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::{Claimed, NewClaim};
use crate::claim_stats::ClaimResult;
use crate::commit::{Intent, Outcome};
use crate::config::Config;
use crate::gate::{Fingerprint, TicketId, TicketRefusal};
use crate::queue::{Rejection, Reply, SaleQueue, WaitingClaim};
use crate::sale::{SaleError, store};
use crate::sales::Sales;

/// Claims that arrive earlier than this before the start are rejected from memory;
/// later ones are decided by the gate's clock.
const EARLY: Duration = Duration::from_secs(2);

/// How long a claim waits for its reply after its deadline: while a gate call is
/// running, it is not known whether the claim is admitted.
const OVERDUE: Duration = Duration::from_secs(2);

impl Sales {
    pub(super) async fn claim_at(
        &self,
        queue: &SaleQueue,
        claim: NewClaim,
    ) -> Result<Claimed, SaleError> {
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
        let since = Instant::now();
        let waiting = WaitingClaim {
            intent: intent(&claim, ticket, &config),
            since,
            deadline: since + self.context.settings.ack_within,
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
        delivery: claim.delivery,
        config_version: config.version,
        language: claim.language,
        // Replaced by the gate's time when it admits the claim.
        admitted_at: config.starts_at,
    }
}

/// Hashes the content of a claim. The language of its mails is not part of it; without a
/// delivery method, the hash is that of a release that knew none.
fn fingerprint(claim: &NewClaim) -> Fingerprint {
    let address = claim.address.map_or(0, |address| address.0);
    let mut hash = Sha256::new()
        .chain_update(claim.units.to_be_bytes())
        .chain_update(address.to_be_bytes());
    if let Some(method) = claim.delivery {
        hash.update(method.0.to_be_bytes());
    }
    let hash = hash.finalize();
    Fingerprint(std::array::from_fn(|place| hash[place]))
}

pub(super) fn claim_result(claimed: &Result<Claimed, SaleError>) -> ClaimResult {
    match claimed {
        Ok(Claimed::Won { .. }) => ClaimResult::Won,
        Ok(Claimed::Pending(_)) => ClaimResult::Pending,
        Err(SaleError::SoldOut) => ClaimResult::SoldOut,
        Err(SaleError::LimitReached { .. }) => ClaimResult::LimitReached,
        Err(SaleError::Busy | SaleError::Gate(_)) => ClaimResult::Busy,
        Err(_) => ClaimResult::Refused,
    }
}
