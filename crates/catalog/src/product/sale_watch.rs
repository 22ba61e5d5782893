//! What the catalogue must know of flash sales, which it does not know.

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use stampede_kernel::{SkuId, Timestamp};

/// Knows which SKUs are in flash sales.
#[async_trait]
pub trait SaleWatch: Send + Sync {
    /// Whether one of `skus` is in a sale that is not over at `now`. The transaction
    /// holds the rows of these SKUs, as one that makes a sale does.
    async fn in_sale(
        &self,
        tx: &DatabaseTransaction,
        skus: &[SkuId],
        now: Timestamp,
    ) -> Result<bool, DbErr>;
}
