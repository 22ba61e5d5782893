//! The order service on the database.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use fail::fail_point;
use sea_orm::DatabaseTransaction;
use stampede_catalog::{Offers, StockLedger};
use stampede_kernel::{Clock, Country, OrderId, Page, ProductId, TaxRate, UserId, check_text};
use stampede_payment::{Pins, Wallet};
use stampede_persistence::account::is_active;
use stampede_persistence::idempotency::Idempotency;
use stampede_persistence::{Change, Database, Topic, retrying};
use stampede_promotion::{Redemptions, check_codes};
use stampede_user::AddressBook;

use super::model::Step;
use super::store::{self, Initiator, OrderRecord, Transition};
use super::{
    NewOrder, NewQuote, Order, OrderDetail, OrderError, OrderFilter, OrderService, OrderStatus,
    Payment, Quote, Receipt, Refund, Replayable, SaleStock, jobs,
};
use stampede_persistence::entity::order::CancelReason;

/// Settings of orders, fixed at start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderSettings {
    /// How long an order may stay unpaid.
    pub pay_within: Duration,
    /// The largest number of unpaid orders of a buyer; 0 for no limit. Orders
    /// of a sale count, but are never refused for it.
    pub open_per_user: u64,
    /// The tax rate of SKUs that have none of their own.
    pub tax_rate: TaxRate,
    /// Where a quote without an address is delivered to.
    pub country: Country,
}

impl Default for OrderSettings {
    fn default() -> Self {
        Self {
            pay_within: Duration::from_mins(15),
            open_per_user: 200,
            tax_rate: TaxRate::ZERO,
            country: Country::US,
        }
    }
}

/// The services that orders depend on. All but `pins` take part in the order's
/// transaction.
#[derive(Clone)]
pub struct Dependencies {
    /// Reserves and returns units of stock.
    pub stock: Arc<dyn StockLedger>,
    /// Reads present prices and stock, for quotes.
    pub offers: Arc<dyn Offers>,
    /// Uses promotions, and gives them back.
    pub promotions: Arc<dyn Redemptions>,
    /// Releases units of a sale.
    pub sales: Arc<dyn SaleStock>,
    /// Moves money between wallets.
    pub wallet: Arc<dyn Wallet>,
    /// Checks payment PINs, before the transaction.
    pub pins: Arc<dyn Pins>,
    /// Reads addresses of users.
    pub addresses: Arc<dyn AddressBook>,
}

/// The orders of the database.
#[derive(Clone)]
pub struct DbOrders {
    pub(super) db: Database,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) dependencies: Dependencies,
    pub(super) settings: OrderSettings,
}

impl DbOrders {
    /// Orders of this database.
    pub fn new(
        db: Database,
        clock: Arc<dyn Clock>,
        dependencies: Dependencies,
        settings: OrderSettings,
    ) -> Self {
        Self {
            db,
            clock,
            dependencies,
            settings,
        }
    }

    /// Reads an order with its history; only if it is the buyer's, when one is given.
    async fn detail(&self, id: OrderId, buyer: Option<UserId>) -> Result<OrderDetail, OrderError> {
        let db = self.db.reader();
        let row = store::row(db, id, buyer).await?;
        let records = store::load(db, row.into_iter().collect()).await?;
        let OrderRecord { order, .. } = records.into_iter().next().ok_or(OrderError::NotFound)?;
        let history = store::history(db, id).await?;
        Ok(OrderDetail { order, history })
    }

    /// Changes the status of one order: one conditional update, one history
    /// row.
    pub(super) async fn advance(
        &self,
        tx: &DatabaseTransaction,
        id: OrderId,
        change: &Transition<'_>,
    ) -> Result<OrderRecord, OrderError> {
        if let Initiator::Buyer(buyer) = change.by
            && !is_active(tx, buyer).await?
        {
            return Err(OrderError::Banned);
        }
        if store::transition(tx, &[id], change).await? != 1 {
            return Err(refusal(tx, id, change).await?);
        }
        store::record_history(tx, &[id], change).await?;
        fail_point!("order.shifted");
        let records = store::load_ids(tx, &[id]).await?;
        records.into_iter().next().ok_or(OrderError::NotFound)
    }

    /// Ends the transaction of one order: jobs, commit, wake-up of the workers.
    pub(super) async fn commit(
        &self,
        tx: DatabaseTransaction,
        record: &OrderRecord,
        change: &Transition<'_>,
    ) -> Result<(), OrderError> {
        jobs::push(&tx, std::slice::from_ref(record), change.reason, change.at).await?;
        fail_point!("order.commit");
        tx.commit().await?;
        fail_point!("order.committed");
        self.db.wake_workers();
        Ok(())
    }

    /// Publishes stock changes in this process after a commit, so that its
    /// caches are refreshed.
    pub(super) fn stock_moved<'a>(&self, orders: impl IntoIterator<Item = &'a Order>) {
        let mut products: Vec<ProductId> = orders
            .into_iter()
            .flat_map(|order| order.lines.iter().map(|line| line.product_id))
            .collect();
        products.sort_unstable();
        products.dedup();
        for product in products {
            self.db
                .changes()
                .publish(&Change::Row(Topic::Stock, product.0));
        }
    }

    async fn cancel_once(&self, buyer: UserId, id: OrderId) -> Result<Order, OrderError> {
        let at = self.clock.now();
        let step = Step::Cancel(CancelReason::Buyer);
        let change = Transition::plain(step, Initiator::Buyer(buyer), at);
        let tx = self.db.begin_write().await?;
        let record = self.advance(&tx, id, &change).await?;
        self.release(&tx, std::slice::from_ref(&record), &change)
            .await?;
        self.commit(tx, &record, &change).await?;
        Ok(record.order)
    }

    async fn receive_once(&self, buyer: UserId, id: OrderId) -> Result<Order, OrderError> {
        let change = Transition::plain(Step::Receive, Initiator::Buyer(buyer), self.clock.now());
        let tx = self.db.begin_write().await?;
        let record = self.advance(&tx, id, &change).await?;
        self.commit(tx, &record, &change).await?;
        Ok(record.order)
    }
}

/// Finds the reason for which a transition was refused.
async fn refusal(
    tx: &DatabaseTransaction,
    id: OrderId,
    change: &Transition<'_>,
) -> Result<OrderError, OrderError> {
    let buyer = match change.by {
        Initiator::Buyer(buyer) => Some(buyer),
        Initiator::Admin(_) | Initiator::Shop => None,
    };
    let Some(row) = store::row(tx, id, buyer).await? else {
        return Ok(OrderError::NotFound);
    };
    let ran_out =
        row.status == OrderStatus::Unpaid || row.cancel_reason == Some(CancelReason::Unpaid);
    Ok(match change.step {
        Step::Pay if ran_out => OrderError::Expired,
        _ => OrderError::WrongStatus,
    })
}

#[async_trait]
impl OrderService for DbOrders {
    async fn place(
        &self,
        order: NewOrder,
        key: Idempotency,
    ) -> Result<Replayable<Order>, OrderError> {
        order.items.check()?;
        check_codes(&order.codes)?;
        let answered = retrying(|| self.place_once(&order, &key)).await?;
        if !answered.replayed {
            self.stock_moved([&answered.value]);
        }
        Ok(answered)
    }

    async fn quote(&self, quote: NewQuote) -> Result<Quote, OrderError> {
        quote.items.check()?;
        check_codes(&quote.codes)?;
        self.quote_now(&quote).await
    }

    async fn pay(
        &self,
        payment: Payment,
        key: Idempotency,
    ) -> Result<Replayable<Receipt>, OrderError> {
        let Payment { buyer, order, pin } = payment;
        self.dependencies.pins.check(buyer, &pin).await?;
        retrying(|| self.pay_once(buyer, order, &key)).await
    }

    async fn cancel(&self, buyer: UserId, id: OrderId) -> Result<Order, OrderError> {
        let order = retrying(|| self.cancel_once(buyer, id)).await?;
        self.stock_moved([&order]);
        Ok(order)
    }

    async fn receive(&self, buyer: UserId, id: OrderId) -> Result<Order, OrderError> {
        retrying(|| self.receive_once(buyer, id)).await
    }

    async fn order(&self, buyer: UserId, id: OrderId) -> Result<OrderDetail, OrderError> {
        self.detail(id, Some(buyer)).await
    }

    async fn order_of_anyone(&self, id: OrderId) -> Result<OrderDetail, OrderError> {
        self.detail(id, None).await
    }

    async fn orders(&self, filter: OrderFilter) -> Result<Page<Order>, OrderError> {
        store::page(self.db.reader(), &filter).await
    }

    async fn ship(
        &self,
        admin: UserId,
        id: OrderId,
        tracking: Option<String>,
    ) -> Result<Order, OrderError> {
        if let Some(tracking) = &tracking {
            check_text("tracking", tracking, 128)?;
        }
        retrying(|| self.ship_once(admin, id, tracking.as_deref())).await
    }

    async fn refund(
        &self,
        admin: UserId,
        refund: Refund,
        key: Option<Idempotency>,
    ) -> Result<Replayable<Order>, OrderError> {
        if let Some(reason) = &refund.reason {
            check_text("reason", reason, 255)?;
        }
        let answered = retrying(|| self.refund_once(admin, &refund, key.as_ref())).await?;
        if refund.restock && !answered.replayed {
            self.stock_moved([&answered.value]);
        }
        Ok(answered)
    }
}

impl std::fmt::Debug for DbOrders {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbOrders")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
