//! Order events: the job that `order` pushes, and the body that receivers get.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use stampede_kernel::{OrderId, SaleId, Timestamp};
use stampede_persistence::job::{JobError, Payload};

/// An order event, as `order` pushes it. Unknown fields are ignored.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OrderEvent {
    /// `order.placed` …
    pub(super) event: String,
    /// The order after the change.
    pub(super) order: Value,
    /// When the event happened.
    pub(super) at: Timestamp,
}

impl Payload for OrderEvent {
    const KIND: &'static str = "webhook.event";
}

impl OrderEvent {
    /// Returns the sale of the order, if it has one.
    pub(super) fn sale(&self) -> Option<SaleId> {
        self.order.get("sale")?.as_i64().map(SaleId)
    }

    /// Returns the id of the event, the same for every delivery: an order reaches each
    /// status only once.
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

/// The body of a delivery.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    /// The id of the event, by which a receiver can skip duplicates.
    pub(super) id: &'a str,
    pub(super) event: &'a str,
    /// RFC 3339, UTC.
    pub(super) at: String,
    pub(super) data: Value,
}
