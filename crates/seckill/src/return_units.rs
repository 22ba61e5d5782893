//! The job that gives units back to the gate after the transaction that released them.

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

/// Tickets whose units the database has back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnUnits {
    sale: SaleId,
    /// Of the sale when they were released.
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

    /// Of which sale they are.
    pub(crate) fn sale(&self) -> SaleId {
        self.sale
    }

    /// Whose units they are.
    pub(crate) fn tickets(&self) -> impl Iterator<Item = TicketId> {
        self.tickets.iter().copied().map(TicketId::from)
    }
}

impl Payload for ReturnUnits {
    const KIND: &'static str = "sale.give";
}

/// Gives units back to the gate, each ticket's once.
pub struct ReturnUnitsWorker {
    context: Arc<Context>,
}

impl ReturnUnitsWorker {
    pub(crate) fn new(context: Arc<Context>) -> Self {
        Self { context }
    }

    /// An epoch that began after the release has counted its units, whoever loads
    /// it. A gate that is behind is being loaded, and one that cannot be reached from
    /// here may well serve other processes: both are asked again. A gate that has
    /// lost something, or does not know a ticket, is loaded anew.
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

    /// The gate is not the database's image.
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

    /// A unit that is not given back is lost to the sale: there is no last attempt.
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
