//! Releasing the units of cancelled or refunded orders, inside the transaction that
//! ends the orders.

use std::sync::Arc;

use async_trait::async_trait;
use fail::fail_point;
use sea_orm::EntityTrait;
use sea_orm::{DatabaseTransaction, DbErr};
use stampede_catalog::{StockCause, StockLedger, StockLine};
use stampede_kernel::{OrderId, SaleId, SkuId, Timestamp};
use stampede_order::{CancelReason, OrderError, ReleaseReason, SaleStock};
use stampede_persistence::entity::sale;
use stampede_persistence::job;

use super::store;
use crate::gate::{Epoch, TicketRelease};
use crate::return_units::ReturnUnits;

/// The reason in the stock journal for units that leave a sale.
pub(super) const RETURNED: &str = "sale_return";

/// Releases the units of a sale's orders. The ticket is released, the buyer may buy
/// again, and the units return to the sale while it runs, or to the SKU afterwards.
pub struct SaleStockLedger {
    stock: Arc<dyn StockLedger>,
}

impl SaleStockLedger {
    /// Units of closed sales return to `stock`.
    pub fn new(stock: Arc<dyn StockLedger>) -> Self {
        Self { stock }
    }
}

#[async_trait]
impl SaleStock for SaleStockLedger {
    async fn release(
        &self,
        tx: &DatabaseTransaction,
        sale: SaleId,
        orders: &[OrderId],
        cause: ReleaseReason,
        now: Timestamp,
    ) -> Result<(), OrderError> {
        let why = why(cause);
        let released = store::release(tx, sale, orders, why.into()).await?;
        if released.is_empty() {
            return Ok(());
        }
        let held = released.iter().map(|ticket| (ticket.user_id, ticket.units));
        store::take_units(tx, sale, &store::by_user(held)).await?;
        let units = released.iter().map(|ticket| ticket.units).sum();
        let stock = store::put_back(tx, sale, units).await?;
        let stock = stock.ok_or_else(|| lost(sale))?;
        if stock.closed_at.is_some() {
            let sku = sku(tx, sale).await?;
            let reference = reference(sale);
            let cause = StockCause {
                reason: RETURNED,
                reference: &reference,
                at: now,
            };
            let line = StockLine { sku, units };
            self.stock.release(tx, &[line], cause).await?;
        } else {
            let tickets = released.iter().map(|ticket| ticket.id).collect();
            let give = ReturnUnits::new(sale, Epoch(stock.epoch), tickets, why);
            job::push(tx, &give, now).await?;
        }
        fail_point!("sale.released");
        Ok(())
    }
}

impl std::fmt::Debug for SaleStockLedger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SaleStockLedger").finish_non_exhaustive()
    }
}

fn why(cause: ReleaseReason) -> TicketRelease {
    match cause {
        ReleaseReason::Cancelled(CancelReason::Unpaid) => TicketRelease::Unpaid,
        ReleaseReason::Cancelled(CancelReason::Buyer | CancelReason::Admin) => {
            TicketRelease::Cancelled
        }
        ReleaseReason::Refunded => TicketRelease::Refunded,
    }
}

async fn sku(tx: &DatabaseTransaction, sale: SaleId) -> Result<SkuId, DbErr> {
    let row = sale::Entity::find_by_id(sale).one(tx).await?;
    row.map(|row| row.sku_id).ok_or_else(|| lost(sale))
}

fn lost(sale: SaleId) -> DbErr {
    DbErr::RecordNotFound(format!("sale {sale}, of which there are orders"))
}

/// The reference of a sale in the stock journal.
pub(crate) fn reference(sale: SaleId) -> String {
    format!("sale:{sale}")
}
