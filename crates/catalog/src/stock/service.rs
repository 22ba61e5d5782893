//! The stock service.

use async_trait::async_trait;
use stampede_kernel::UserId;
use stampede_persistence::idempotency::Idempotency;

use super::{StockError, StockMove};
use crate::product::Sku;

/// Stock movements by admins.
#[async_trait]
pub trait StockService: Send + Sync {
    /// Moves stock once per idempotency key; the bool is true for a replayed answer.
    async fn move_stock(
        &self,
        admin: UserId,
        movement: StockMove,
        key: Option<Idempotency>,
    ) -> Result<(Sku, bool), StockError>;
}
