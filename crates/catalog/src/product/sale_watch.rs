//! The catalogue's interface to flash sales, whose crate it does not depend on.

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use stampede_kernel::{SkuId, Timestamp};

/// Tells whether SKUs are in flash sales.
#[async_trait]
pub trait SaleWatch: Send + Sync {
    /// Returns whether one of `skus` is in a sale that is not over at `now`. The
    /// transaction has locked the rows of these SKUs, as one that creates a sale does.
    async fn in_sale(
        &self,
        tx: &DatabaseTransaction,
        skus: &[SkuId],
        now: Timestamp,
    ) -> Result<bool, DbErr>;
}
