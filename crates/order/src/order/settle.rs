//! Paying, shipping and refunding orders, and releasing their units.

use sea_orm::DatabaseTransaction;
use serde_json::json;
use stampede_catalog::{StockCause, StockLine};
use stampede_kernel::{OrderId, SaleId, UserId};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::idempotency::Idempotency;

use super::model::Step;
use super::store::{Initiator, OrderRecord, Transition};
use super::{DbOrders, Order, OrderError, Receipt, Refund, ReleaseReason, Replayable};
use stampede_persistence::entity::order::CancelReason;

impl DbOrders {
    pub(super) async fn pay_once(
        &self,
        buyer: UserId,
        id: OrderId,
        key: &Idempotency,
    ) -> Result<Replayable<Receipt>, OrderError> {
        let now = self.clock.now();
        let change = Transition::plain(Step::Pay, Initiator::Buyer(buyer), now);
        let tx = self.db.begin_write().await?;
        if let Some(answer) = key.begin(&tx, now).await? {
            return Ok(Replayable::replayed(answer));
        }
        let record = self.advance(&tx, id, &change).await?;
        let total = record.order.total;
        let wallet = &self.dependencies.wallet;
        let transfer = wallet.pay(&tx, id, buyer, total, now).await?;
        let receipt = Receipt {
            order: record.order.clone(),
            balance: transfer.balance_after,
            transfer,
        };
        key.finish(&tx, &receipt).await?;
        self.commit(tx, &record, &change).await?;
        Ok(Replayable::new(receipt))
    }

    pub(super) async fn ship_once(
        &self,
        admin: UserId,
        id: OrderId,
        tracking: Option<&str>,
    ) -> Result<Order, OrderError> {
        let change = Transition {
            tracking,
            ..Transition::plain(Step::Ship, Initiator::Admin(admin), self.clock.now())
        };
        let tx = self.db.begin_write().await?;
        let record = self.advance(&tx, id, &change).await?;
        let act = act(admin, "order.ship", id, &json!({ "tracking": tracking }));
        audit_log::write(&tx, act, change.at).await?;
        self.commit(tx, &record, &change).await?;
        Ok(record.order)
    }

    pub(super) async fn refund_once(
        &self,
        admin: UserId,
        refund: &Refund,
        key: Option<&Idempotency>,
    ) -> Result<Replayable<Order>, OrderError> {
        let now = self.clock.now();
        let change = Transition {
            reason: refund.reason.as_deref(),
            restock: refund.restock,
            ..Transition::plain(Step::Refund, Initiator::Admin(admin), now)
        };
        let tx = self.db.begin_write().await?;
        if let Some(key) = key
            && let Some(answer) = key.begin(&tx, now).await?
        {
            return Ok(Replayable::replayed(answer));
        }
        let record = self.advance(&tx, refund.order, &change).await?;
        if refund.restock {
            self.release(&tx, std::slice::from_ref(&record), &change)
                .await?;
        }
        let wallet = &self.dependencies.wallet;
        wallet
            .refund(&tx, refund.order, admin, change.reason, now)
            .await?;
        let detail = json!({
            "restock": refund.restock,
            "reason": refund.reason,
            "amount": record.order.total,
        });
        let act = act(admin, "order.refund", refund.order, &detail);
        audit_log::write(&tx, act, now).await?;
        if let Some(key) = key {
            key.finish(&tx, &record.order).await?;
        }
        self.commit(tx, &record, &change).await?;
        Ok(Replayable::new(record.order))
    }

    /// Releases the units of orders: first to sales by ascending sale, then to
    /// the stock by ascending SKU, so that transactions cannot deadlock; and last the
    /// promotions of orders that end unpaid.
    pub(super) async fn release(
        &self,
        tx: &DatabaseTransaction,
        records: &[OrderRecord],
        change: &Transition<'_>,
    ) -> Result<(), OrderError> {
        let (cause, reason) = match change.step {
            Step::Cancel(CancelReason::Unpaid) => {
                (ReleaseReason::Cancelled(CancelReason::Unpaid), "expiry")
            }
            Step::Cancel(why) => (ReleaseReason::Cancelled(why), "cancel"),
            Step::Refund | Step::Pay | Step::Ship | Step::Receive => {
                (ReleaseReason::Refunded, "refund")
            }
        };
        for (sale, orders) in by_sale(records) {
            let sales = &self.dependencies.sales;
            sales.release(tx, sale, &orders, cause, change.at).await?;
        }
        let lines = everyday_lines(records);
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
        self.dependencies.stock.release_many(tx, &lines).await?;
        // What was paid once stays used.
        if let Step::Cancel(_) = change.step {
            let promotions = &self.dependencies.promotions;
            promotions
                .release(tx, &promoted(records), change.at)
                .await?;
        }
        Ok(())
    }
}

/// Groups the orders of sales by sale, ascending.
fn by_sale(records: &[OrderRecord]) -> Vec<(SaleId, Vec<OrderId>)> {
    let mut sales = std::collections::BTreeMap::<_, Vec<_>>::new();
    for OrderRecord { order, .. } in records {
        if let Some(sale) = order.sale {
            sales.entry(sale).or_default().push(order.id);
        }
    }
    sales.into_iter().collect()
}

/// The orders that used promotions.
fn promoted(records: &[OrderRecord]) -> Vec<OrderId> {
    let used = |record: &&OrderRecord| !record.order.promotions.is_empty();
    records
        .iter()
        .filter(used)
        .map(|record| record.order.id)
        .collect()
}

/// The lines of orders without a sale, each with its order's id.
fn everyday_lines(records: &[OrderRecord]) -> Vec<(StockLine, String)> {
    records
        .iter()
        .filter(|record| record.order.sale.is_none())
        .flat_map(|OrderRecord { order, .. }| {
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
