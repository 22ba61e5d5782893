//! Polling: a pending ticket is looked up, and is committed or recorded as lost by whoever asks.

use stampede_kernel::{SaleId, UserId};
use stampede_persistence::entity::ticket::{self, TicketReason, TicketState};
use stampede_persistence::{retrying, send};

use super::{Ticket, TicketStatus};
use crate::config::Config;
use crate::gate::TicketId;
use crate::queue::SaleQueue;
use crate::sale::{SaleError, store};
use crate::sales::Sales;
use crate::ticket::refusal;

impl Sales {
    pub(super) fn pending(&self, sale: SaleId, id: TicketId) -> Ticket {
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
    pub(super) async fn poll(
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
            let insert = store::ticket_inserts(self.context.db.backend(), vec![row.clone()]);
            send(&tx, insert).await?;
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
