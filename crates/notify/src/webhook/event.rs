//! What `order` says of a change, and what receivers read of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use stampede_kernel::{OrderId, SaleId, Timestamp};
use stampede_persistence::job::{JobError, Payload};

/// A change of an order, as `order` pushes it. What it adds later is skipped here.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OrderEvent {
    /// `order.placed` …
    pub(super) event: String,
    /// The order after the change.
    pub(super) order: Value,
    /// When.
    pub(super) at: Timestamp,
}

impl Payload for OrderEvent {
    const KIND: &'static str = "webhook.event";
}

impl OrderEvent {
    /// The sale that the order is of, if it is of one.
    pub(super) fn sale(&self) -> Option<SaleId> {
        self.order.get("sale")?.as_i64().map(SaleId)
    }

    /// The same whenever and to whomever it is told: an order comes to stand
    /// anywhere once.
    pub(super) fn id(&self) -> Result<String, JobError> {
        #[derive(Deserialize)]
        struct Named {
            id: OrderId,
        }
        let Named { id } = Named::deserialize(&self.order)
            .map_err(|_| JobError::Permanent("the order has no id".to_owned()))?;
        Ok(format!("{}:{id}", self.event))
    }
}

/// What is sent.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    /// Names the event; a receiver that has seen it may skip it.
    pub(super) id: &'a str,
    pub(super) event: &'a str,
    /// RFC 3339, UTC.
    pub(super) at: String,
    pub(super) data: Value,
}
