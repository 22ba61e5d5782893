//! Placing an order: reserving its units and inserting it as unpaid.

use fail::fail_point;
use sea_orm::DatabaseTransaction;
use stampede_catalog::{PricedLine, Shortfall, StockCause, StockLedgerError, StockLine};
use stampede_kernel::{Language, Money, OrderId, SkuId, TaxRate, Timestamp, UserId};
use stampede_persistence::account::lock_active;
use stampede_persistence::entity::order::OrderStatus;
use stampede_persistence::idempotency::Idempotency;
use stampede_promotion::{AppliedPromotion, CartLine, Shopper, in_force};

use super::pricing::{Priced, price};
use super::store::{Initiator, OrderRecord};
use super::totals::Totals;
use super::{
    DbOrders, Line, NewOrder, Order, OrderError, OrderItems, OrderPromotion, OrderSettings,
    RefusedLine, Replayable, jobs, store,
};
use crate::{cart, delivery};

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
        let (order, promotions) = self.reserve(&tx, new, now).await?;
        let record = OrderRecord {
            order,
            language: new.language,
        };
        store::insert(&tx, std::slice::from_ref(&record), |order| {
            Initiator::Buyer(order.buyer)
        })
        .await?;
        fail_point!("order.inserted");
        jobs::push(&tx, std::slice::from_ref(&record), None, now).await?;
        let redemptions = &self.dependencies.promotions;
        redemptions
            .redeem(&tx, record.order.id, new.buyer, &promotions, now)
            .await?;
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

    /// Reserves the units, and returns the order at the current prices with the promotions
    /// that it is to redeem.
    async fn reserve(
        &self,
        tx: &DatabaseTransaction,
        new: &NewOrder,
        now: Timestamp,
    ) -> Result<(Order, Vec<AppliedPromotion>), OrderError> {
        let id = OrderId::new();
        let address = self
            .dependencies
            .addresses
            .snapshot(tx, new.buyer, Some(new.address))
            .await?;
        let methods = delivery::store::all(tx).await?;
        let country = address.country.unwrap_or(self.settings.country);
        let method = methods.choose(country, new.delivery)?;
        let taken = self.take(tx, new, id, now).await?;
        let shopper = Shopper {
            buyer: new.buyer,
            codes: &new.codes,
            now,
        };
        let goods: Vec<_> = taken.iter().map(|line| self.goods(line)).collect();
        let promotions = in_force(tx, shopper).await?;
        let Priced {
            promotions,
            delivery,
            totals,
            ..
        } = price(&goods, &promotions, method)?;
        if !promotions.rejected.is_empty() {
            return Err(OrderError::Rejected(promotions.rejected));
        }
        let lines: Vec<_> = (taken.into_iter().zip(&promotions.lines))
            .map(|(taken, discount)| line(taken, *discount, new.language, self.settings))
            .collect::<Result<_, _>>()?;
        check_expected(new, &totals)?;
        let order = Order {
            id,
            buyer: new.buyer,
            status: OrderStatus::Unpaid,
            lines,
            total: totals.total,
            discount: totals.discount,
            shipping: totals.shipping,
            tax: totals.tax,
            promotions: promotions
                .promotions
                .iter()
                .map(OrderPromotion::from)
                .collect(),
            delivery,
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
        };
        Ok((order, promotions.promotions))
    }

    /// Takes the units out of the stock, and empties the cart that they are of.
    async fn take(
        &self,
        tx: &DatabaseTransaction,
        new: &NewOrder,
        id: OrderId,
        now: Timestamp,
    ) -> Result<Vec<PricedLine>, OrderError> {
        let wanted = self.wanted(tx, new.buyer, &new.items).await?;
        if new.items == OrderItems::Cart {
            cart::store::clear(tx, new.buyer).await?;
        }
        let reference = id.to_string();
        let cause = StockCause {
            reason: "order",
            reference: &reference,
            at: now,
        };
        let taken = self.dependencies.stock.reserve(tx, &wanted, cause).await;
        taken.map_err(|error| refused(&new.items, error))
    }

    /// The line as promotions see it, and its tax rate.
    fn goods(&self, taken: &PricedLine) -> (CartLine, TaxRate) {
        let line = CartLine {
            sku: taken.sku.id,
            product: taken.sku.product_id,
            category: taken.category,
            unit_price: taken.sku.pay_price(),
            num: taken.units,
        };
        (line, taken.sku.tax_rate.unwrap_or(self.settings.tax_rate))
    }

    /// Resolves the items to SKUs and units.
    pub(super) async fn wanted(
        &self,
        tx: &DatabaseTransaction,
        buyer: UserId,
        items: &OrderItems,
    ) -> Result<Vec<StockLine>, OrderError> {
        let lines = match items {
            OrderItems::Product { product, num } => {
                let first = self.dependencies.stock.first_sku(tx, *product).await?;
                vec![(first.ok_or_else(no_such_product)?, *num)]
            }
            OrderItems::Items(items) => items.clone(),
            OrderItems::Cart => {
                let lines = cart::store::lines(tx, buyer).await?;
                if lines.is_empty() {
                    return Err(OrderError::EmptyCart);
                }
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
pub(super) fn refused(items: &OrderItems, error: StockLedgerError) -> OrderError {
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
    discount: Money,
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
        discount,
        tax_rate: taken.sku.tax_rate.unwrap_or(settings.tax_rate),
    })
}
