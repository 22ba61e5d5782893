//! Order events: what the worker reads of the order, and the body that receivers get.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use stampede_kernel::{OrderId, SaleId};
use stampede_persistence::job::{self, JobError};

/// An order event with the order as JSON, which the application renders.
pub(super) type OrderEvent = job::OrderEvent<Value>;

/// Returns the sale of the event's order, if the order has one.
pub(super) fn sale(event: &OrderEvent) -> Option<SaleId> {
    event.order.get("sale")?.as_i64().map(SaleId)
}

/// Returns the id of the event, the same for every delivery: an order reaches each
/// status only once.
pub(super) fn id(event: &OrderEvent) -> Result<String, JobError> {
    #[derive(Deserialize)]
    struct Named {
        id: OrderId,
    }
    let Named { id } = Named::deserialize(&event.order)
        .map_err(|_| JobError::Permanent("the order has no id".to_owned()))?;
    Ok(format!("{}:{id}", event.event))
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
