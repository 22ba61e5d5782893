//! Queries of the catalogue on sales.

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use stampede_catalog::SaleWatch;
use stampede_kernel::{SkuId, Timestamp};

use super::store;

/// Reads from the database whether SKUs are in a running sale.
#[derive(Debug, Clone, Copy, Default)]
pub struct OpenSales;

#[async_trait]
impl SaleWatch for OpenSales {
    async fn in_sale(
        &self,
        tx: &DatabaseTransaction,
        skus: &[SkuId],
        now: Timestamp,
    ) -> Result<bool, DbErr> {
        store::any_of(tx, skus, now).await
    }
}
