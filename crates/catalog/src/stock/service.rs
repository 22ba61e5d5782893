//! The stock service.

use async_trait::async_trait;
use stampede_kernel::{Cursor, Page, PageSize, SkuId, UserId};
use stampede_persistence::idempotency::Idempotency;

use super::{JournalEntry, StockError, StockMove};
use crate::product::Sku;

/// Stock as admins see and move it.
#[async_trait]
pub trait StockService: Send + Sync {
    /// Moves stock once per idempotency key; the bool is true for a replayed answer.
    async fn move_stock(
        &self,
        admin: UserId,
        movement: StockMove,
        key: Option<Idempotency>,
    ) -> Result<(Sku, bool), StockError>;

    /// Returns a page of the movements of a SKU, newest first, whoever made them.
    async fn journal(
        &self,
        sku: SkuId,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<JournalEntry>, StockError>;
}
