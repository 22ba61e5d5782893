//! Placing an order: reserving its units and inserting it as unpaid.

use fail::fail_point;
use sea_orm::DatabaseTransaction;
use stampede_catalog::{PricedLine, Shortfall, StockCause, StockLedgerError, StockLine};
use stampede_kernel::{Language, Money, OrderId, SkuId, Timestamp};
use stampede_persistence::account::lock_active;
use stampede_persistence::entity::order::OrderStatus;
use stampede_persistence::idempotency::Idempotency;

use super::store::{Initiator, OrderRecord};
use super::totals::{TaxedLine, Totals};
use super::{
    DbOrders, Line, NewOrder, Order, OrderError, OrderItems, OrderSettings, RefusedLine,
    Replayable, jobs, store,
};
use crate::cart;

impl DbOrders {
    pub(super) async fn place_once(
        &self,
        new: &NewOrder,
        key: &Idempotency,
    ) -> Result<Replayable<Order>, OrderError> {
        let now = self.clock.now();
        let tx = self.db.begin_write().await?;
        if let Some(answer) = key.begin(&tx, now).await? {
            return Ok(Replayable::replayed(answer));
        }
        // The buyer's row is locked, so that two requests cannot both pass
        // the limit of unpaid orders.
        if !lock_active(&tx, new.buyer).await? {
            return Err(OrderError::Banned);
        }
        self.check_open_orders(&tx, new).await?;
        let record = OrderRecord {
            order: self.reserve(&tx, new, now).await?,
            language: new.language,
        };
        store::insert(&tx, std::slice::from_ref(&record), |order| {
            Initiator::Buyer(order.buyer)
        })
        .await?;
        fail_point!("order.inserted");
        jobs::push(&tx, std::slice::from_ref(&record), None, now).await?;
        key.finish(&tx, &record.order).await?;
        fail_point!("order.commit");
        tx.commit().await?;
        fail_point!("order.committed");
        self.db.wake_workers();
        Ok(Replayable::new(record.order))
    }

    /// Checks the limit of unpaid orders. The buyer's row must be locked.
    async fn check_open_orders(
        &self,
        tx: &DatabaseTransaction,
        new: &NewOrder,
    ) -> Result<(), OrderError> {
        let most = self.settings.open_per_user;
        if most > 0 && store::open_orders(tx, new.buyer).await? >= most {
            return Err(OrderError::TooManyOpen);
        }
        Ok(())
    }

    /// Reserves the units, and returns the order at the current prices.
    async fn reserve(
        &self,
        tx: &DatabaseTransaction,
        new: &NewOrder,
        now: Timestamp,
    ) -> Result<Order, OrderError> {
        let id = OrderId::new();
        let address = self
            .dependencies
            .addresses
            .snapshot(tx, new.buyer, Some(new.address))
            .await?;
        let wanted: Vec<_> = self.wanted(tx, new).await?;
        let reference = id.to_string();
        let cause = StockCause {
            reason: "order",
            reference: &reference,
            at: now,
        };
        let taken = self.dependencies.stock.reserve(tx, &wanted, cause).await;
        let taken = taken.map_err(|error| refused(&new.items, error))?;
        let lines: Vec<_> = (taken.into_iter())
            .map(|taken| line(taken, new.language, self.settings))
            .collect::<Result<_, _>>()?;
        let totals = Totals::of(lines.iter().map(TaxedLine::from), Money::ZERO)?;
        check_expected(new, &totals)?;
        Ok(Order {
            id,
            buyer: new.buyer,
            status: OrderStatus::Unpaid,
            lines,
            total: totals.total,
            discount: totals.discount,
            shipping: totals.shipping,
            tax: totals.tax,
            address: Some(address),
            sale: None,
            tracking: None,
            created_at: now,
            pay_by: Some(now.plus(self.settings.pay_within)),
            paid_at: None,
            shipped_at: None,
            completed_at: None,
            cancelled_at: None,
            cancel_reason: None,
        })
    }

    /// Resolves the items to SKUs and units; a cart is emptied.
    async fn wanted(
        &self,
        tx: &DatabaseTransaction,
        new: &NewOrder,
    ) -> Result<Vec<StockLine>, OrderError> {
        let lines = match &new.items {
            OrderItems::Product { product, num } => {
                let first = self.dependencies.stock.first_sku(tx, *product).await?;
                vec![(first.ok_or_else(no_such_product)?, *num)]
            }
            OrderItems::Items(items) => items.clone(),
            OrderItems::Cart => {
                let lines = cart::store::lines(tx, new.buyer).await?;
                if lines.is_empty() {
                    return Err(OrderError::EmptyCart);
                }
                cart::store::clear(tx, new.buyer).await?;
                lines.iter().map(|line| (line.sku_id, line.num)).collect()
            }
        };
        let line = |(sku, units): (SkuId, i64)| StockLine { sku, units };
        Ok(lines.into_iter().map(line).collect())
    }
}

/// Checks that the buyer has seen the total that they would pay.
fn check_expected(new: &NewOrder, totals: &Totals) -> Result<(), OrderError> {
    match new.expected_total {
        Some(expected) if expected != totals.total => Err(OrderError::PriceChanged(totals.total)),
        _ => Ok(()),
    }
}

/// The error of a product without SKUs, which does not exist.
fn no_such_product() -> OrderError {
    OrderError::Refused(vec![RefusedLine {
        field: "product_id".to_owned(),
        sku: None,
        why: Shortfall::NotOnSale,
    }])
}

/// Converts a shortfall of stock: names each refused line by its field of the
/// request.
fn refused(items: &OrderItems, error: StockLedgerError) -> OrderError {
    let StockLedgerError::Short(lines) = error else {
        return error.into();
    };
    let each = lines.into_iter().map(|line| RefusedLine {
        field: match items {
            OrderItems::Product { .. } => "product_id".to_owned(),
            OrderItems::Items(_) => format!("items[{}].sku_id", line.index),
            OrderItems::Cart => format!("cart.{}", line.sku),
        },
        sku: Some(line.sku),
        why: line.why,
    });
    OrderError::Refused(each.collect())
}

/// Builds an order line at the reserved price, with the name in the buyer's
/// language.
fn line(
    mut taken: PricedLine,
    language: Language,
    settings: OrderSettings,
) -> Result<Line, OrderError> {
    let unit_price: Money = taken.sku.pay_price();
    let name = taken.names.remove(&language);
    Ok(Line {
        sku_id: taken.sku.id,
        product_id: taken.sku.product_id,
        name: name.unwrap_or(taken.product_name),
        options: taken.sku.options,
        image: taken.cover,
        unit_price,
        num: taken.units,
        total: unit_price.times(taken.units)?,
        discount: Money::ZERO,
        tax_rate: taken.sku.tax_rate.unwrap_or(settings.tax_rate),
    })
}
