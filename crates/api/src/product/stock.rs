//! Movements of stock.

use serde::{Deserialize, Serialize};
use stampede_catalog::JournalEntry;
use utoipa::ToSchema;

/// Request to adjust the stock of a SKU.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveStock {
    /// Units to add, or to take when negative; not 0.
    pub delta: i64,
    /// Reason for the stock journal, 1–255 characters.
    pub reason: String,
}

/// A movement of stock: who moved how many units, and why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StockMovement)]
pub struct MovementBody {
    /// Id of the movement.
    id: i64,
    /// Units that came, or went when negative.
    delta: i64,
    /// Reason of the movement: `opening`, `order`, `cancel`, `sale` … or what an admin wrote.
    reason: String,
    /// Cause of the movement, such as the id of an order; null when there is none.
    reference: Option<String>,
    /// Id of the admin who moved the units; null for the shop itself.
    actor_id: Option<i64>,
    /// Time of the movement: RFC 3339, UTC.
    created_at: String,
}

impl From<JournalEntry> for MovementBody {
    fn from(entry: JournalEntry) -> Self {
        Self {
            id: entry.id,
            delta: entry.delta,
            reason: entry.reason,
            reference: entry.reference,
            actor_id: entry.actor_id.map(|actor| actor.0),
            created_at: entry.created_at.to_rfc3339(),
        }
    }
}
