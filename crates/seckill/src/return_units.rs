//! The background job that returns released units to the gate, after the
//! transaction that released them.

use std::sync::Arc;

use async_trait::async_trait;
use fail::fail_point;
use serde::{Deserialize, Serialize};
use stampede_kernel::SaleId;
use stampede_persistence::entity::sale_stock;
use stampede_persistence::job::{JobError, Payload, Policy, Worker};
use uuid::Uuid;

use crate::context::Context;
use crate::gate::{Epoch, GateError, Given, TicketEnd, TicketId, TicketRelease};
use crate::sale::store;

/// A job payload: tickets whose units were released in the database and are still
/// taken at the gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnUnits {
    sale: SaleId,
    /// The sale's epoch when the units were released.
    epoch: i64,
    tickets: Vec<Uuid>,
    why: TicketRelease,
}

impl ReturnUnits {
    pub(crate) fn new(sale: SaleId, epoch: Epoch, tickets: Vec<Uuid>, why: TicketRelease) -> Self {
        Self {
            sale,
            epoch: epoch.0,
            tickets,
            why,
        }
    }

    /// The sale of the tickets.
    pub(crate) fn sale(&self) -> SaleId {
        self.sale
    }

    /// The released tickets.
    pub(crate) fn tickets(&self) -> impl Iterator<Item = TicketId> {
        self.tickets.iter().copied().map(TicketId::from)
    }
}

impl Payload for ReturnUnits {
    const KIND: &'static str = "sale.give";
}

/// The worker that returns units to the gate, once per ticket.
pub struct ReturnUnitsWorker {
    context: Arc<Context>,
}

impl ReturnUnitsWorker {
    pub(crate) fn new(context: Arc<Context>) -> Self {
        Self { context }
    }

    /// Returns the units of one job. Nothing to do when a later epoch has
    /// begun: its load has counted the units. The job is retried when the gate
    /// is at an earlier epoch, which is being loaded, or cannot be reached from
    /// here, since it may serve other processes. A gate that has lost data, or
    /// does not know a ticket, is rebuilt.
    async fn give(&self, job: &ReturnUnits) -> Result<(), JobError> {
        let stock = store::stock(self.context.db.reader(), job.sale).await?;
        let current =
            |stock: &sale_stock::Model| stock.closed_at.is_none() && stock.epoch <= job.epoch;
        let Some(stock) = stock.filter(current) else {
            return Ok(());
        };
        let end = TicketEnd::Released(job.why);
        let tickets: Vec<_> = job.tickets().map(|id| (id, end)).collect();
        let gate = &self.context.dependencies.gate;
        match gate.give(job.sale, Epoch(job.epoch), &tickets).await {
            Ok(given) if !given.contains(&Given::Unknown) => Ok(()),
            Err(GateError::Fenced { at }) if at.0 > job.epoch => Ok(()),
            Err(error @ GateError::Fenced { at }) if at.0 < job.epoch => {
                Err(JobError::Retry(error.to_string()))
            }
            Err(error @ GateError::Unreachable(_)) => Err(JobError::Retry(error.to_string())),
            Ok(_) | Err(GateError::Fenced { .. }) => self.rebuild(job, Epoch(stock.epoch)).await,
        }
    }

    /// Rebuilds a gate that differs from the database.
    async fn rebuild(&self, job: &ReturnUnits, seen: Epoch) -> Result<(), JobError> {
        let rebuilt = self.context.rebuild(job.sale, seen, seen).await;
        rebuilt.map_err(|error| JobError::Retry(error.to_string()))
    }
}

#[async_trait]
impl Worker for ReturnUnitsWorker {
    fn kind(&self) -> &'static str {
        ReturnUnits::KIND
    }

    /// Retried without limit: a unit that is not returned would be lost to the
    /// sale.
    fn policy(&self) -> Policy {
        Policy::FOR_EVER
    }

    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let job: ReturnUnits = serde_json::from_str(payload)
            .map_err(|error| JobError::Permanent(error.to_string()))?;
        self.give(&job).await?;
        fail_point!("sale.given");
        Ok(())
    }
}

impl std::fmt::Debug for ReturnUnitsWorker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReturnUnitsWorker").finish_non_exhaustive()
    }
}
