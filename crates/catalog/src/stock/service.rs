//! What the gateway may ask of stock.

use async_trait::async_trait;
use stampede_kernel::UserId;
use stampede_persistence::idempotency::Idempotency;

use super::{StockError, StockMove};
use crate::product::Sku;

/// Moves stock by an admin's hand.
#[async_trait]
pub trait StockService: Send + Sync {
    /// Moves it once per idempotency key; the bool says whether the answer was replayed.
    async fn move_stock(
        &self,
        admin: UserId,
        movement: StockMove,
        key: Option<Idempotency>,
    ) -> Result<(Sku, bool), StockError>;
}
