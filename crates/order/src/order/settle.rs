//! Money and parcels: paying, shipping, refunding, and giving units back.

use sea_orm::DatabaseTransaction;
use serde_json::json;
use stampede_catalog::{StockCause, StockLine};
use stampede_kernel::{OrderId, SaleId, UserId};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::idempotency::Idempotency;

use super::model::Step;
use super::orders::{fresh, stored};
use super::store::{By, Change, Filed};
use super::{Answered, Cause, DbOrders, Order, OrderError, Receipt, Refund};
use stampede_persistence::entity::order::CancelReason;

impl DbOrders {
    pub(super) async fn pay_once(
        &self,
        buyer: UserId,
        id: OrderId,
        key: &Idempotency,
    ) -> Result<Answered<Receipt>, OrderError> {
        let now = self.clock.now();
        let change = Change::plain(Step::Pay, By::Buyer(buyer), now);
        let tx = self.db.begin_write().await?;
        if let Some(answer) = key.begin(&tx, now).await? {
            return Ok(stored(answer));
        }
        let filed = self.advance(&tx, id, &change).await?;
        let total = filed.order.total;
        let wallet = &self.partners.wallet;
        let transfer = wallet.pay(&tx, id, buyer, total, now).await?;
        let receipt = Receipt {
            order: filed.order.clone(),
            balance: transfer.balance_after,
            transfer,
        };
        key.finish(&tx, &receipt).await?;
        self.commit(tx, &filed, &change).await?;
        Ok(fresh(receipt))
    }

    pub(super) async fn ship_once(
        &self,
        admin: UserId,
        id: OrderId,
        tracking: Option<&str>,
    ) -> Result<Order, OrderError> {
        let change = Change {
            tracking,
            ..Change::plain(Step::Ship, By::Admin(admin), self.clock.now())
        };
        let tx = self.db.begin_write().await?;
        let filed = self.advance(&tx, id, &change).await?;
        let act = act(admin, "order.ship", id, &json!({ "tracking": tracking }));
        audit_log::write(&tx, act, change.at).await?;
        self.commit(tx, &filed, &change).await?;
        Ok(filed.order)
    }

    pub(super) async fn refund_once(
        &self,
        admin: UserId,
        refund: &Refund,
        key: Option<&Idempotency>,
    ) -> Result<Answered<Order>, OrderError> {
        let now = self.clock.now();
        let change = Change {
            reason: refund.reason.as_deref(),
            restock: refund.restock,
            ..Change::plain(Step::Refund, By::Admin(admin), now)
        };
        let tx = self.db.begin_write().await?;
        if let Some(key) = key
            && let Some(answer) = key.begin(&tx, now).await?
        {
            return Ok(stored(answer));
        }
        let filed = self.advance(&tx, refund.order, &change).await?;
        if refund.restock {
            self.release(&tx, std::slice::from_ref(&filed), &change)
                .await?;
        }
        let wallet = &self.partners.wallet;
        wallet
            .refund(&tx, refund.order, admin, change.reason, now)
            .await?;
        let detail = json!({
            "restock": refund.restock,
            "reason": refund.reason,
            "amount": filed.order.total,
        });
        let act = act(admin, "order.refund", refund.order, &detail);
        audit_log::write(&tx, act, now).await?;
        if let Some(key) = key {
            key.finish(&tx, &filed.order).await?;
        }
        self.commit(tx, &filed, &change).await?;
        Ok(fresh(filed.order))
    }

    /// Gives the units of orders back to where they came from: those of sales
    /// first, by ascending sale, then the everyday ones, by ascending SKU.
    pub(super) async fn release(
        &self,
        tx: &DatabaseTransaction,
        filed: &[Filed],
        change: &Change<'_>,
    ) -> Result<(), OrderError> {
        let (cause, reason) = match change.step {
            Step::Cancel(CancelReason::Unpaid) => {
                (Cause::Cancelled(CancelReason::Unpaid), "expiry")
            }
            Step::Cancel(why) => (Cause::Cancelled(why), "cancel"),
            Step::Refund | Step::Pay | Step::Ship | Step::Receive => (Cause::Refunded, "refund"),
        };
        for (sale, orders) in by_sale(filed) {
            let sales = &self.partners.sales;
            sales.release(tx, sale, &orders, cause, change.at).await?;
        }
        let lines = everyday_lines(filed);
        let lines: Vec<_> = lines
            .iter()
            .map(|(line, reference)| {
                let at = change.at;
                let cause = StockCause {
                    reason,
                    reference,
                    at,
                };
                (*line, cause)
            })
            .collect();
        Ok(self.partners.stock.release_many(tx, &lines).await?)
    }
}

/// The orders of sales, by ascending sale.
fn by_sale(filed: &[Filed]) -> Vec<(SaleId, Vec<OrderId>)> {
    let mut sales = std::collections::BTreeMap::<_, Vec<_>>::new();
    for Filed { order, .. } in filed {
        if let Some(sale) = order.sale {
            sales.entry(sale).or_default().push(order.id);
        }
    }
    sales.into_iter().collect()
}

/// The lines of orders that no sale sold, each with its order's id.
fn everyday_lines(filed: &[Filed]) -> Vec<(StockLine, String)> {
    filed
        .iter()
        .filter(|filed| filed.order.sale.is_none())
        .flat_map(|Filed { order, .. }| {
            order.lines.iter().map(|line| {
                let units = StockLine {
                    sku: line.sku_id,
                    units: line.num,
                };
                (units, order.id.to_string())
            })
        })
        .collect()
}

fn act(admin: UserId, action: &'static str, id: OrderId, detail: &serde_json::Value) -> AuditEntry {
    AuditEntry {
        actor: Some(admin),
        action,
        target: format!("order:{id}"),
        detail: detail.to_string(),
    }
}
