//! The claim API: claiming units of a sale, and polling the ticket of a claim.

mod claiming;
mod polling;

use async_trait::async_trait;
use stampede_kernel::{AddressId, DeliveryMethodId, Language, OrderId, SaleId, Timestamp, UserId};
use stampede_order::Order;
use tokio::time::Instant;
use uuid::Uuid;

use crate::gate::{TicketId, TicketRefusal};
use crate::sale::{SaleError, check_units};
use crate::sales::Sales;

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
    /// The delivery method; without it, or when it does not serve the address, the first
    /// method of the shop that does.
    pub delivery: Option<DeliveryMethodId>,
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
        queue
            .stats
            .count(claiming::claim_result(&claimed), begun.elapsed());
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
