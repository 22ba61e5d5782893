//! The traits of orders: for the gateway, and between orders and sales.

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use stampede_kernel::{OrderId, Page, SaleId, Timestamp, UserId};
use stampede_persistence::idempotency::Idempotency;

use super::{
    Booking, DraftOrders, NewOrder, NewQuote, Order, OrderDetail, OrderError, OrderFilter, Payment,
    Quote, Receipt, Refund, ReleaseReason, Replayable,
};
use crate::delivery::DeliveryMethods;

/// The order service. Every change of an order is one conditional update, one
/// history row and its jobs, in one transaction.
#[async_trait]
pub trait OrderService: Send + Sync {
    /// Reserves the stock and inserts the order as unpaid, once per key.
    async fn place(
        &self,
        order: NewOrder,
        key: Idempotency,
    ) -> Result<Replayable<Order>, OrderError>;

    /// Computes what an order would cost now. It writes nothing and reserves nothing; a
    /// code that cannot be used is named in the quote.
    async fn quote(&self, quote: NewQuote) -> Result<Quote, OrderError>;

    /// Pays an order from the wallet, once per key and once per order.
    async fn pay(
        &self,
        payment: Payment,
        key: Idempotency,
    ) -> Result<Replayable<Receipt>, OrderError>;

    /// Cancels an unpaid order of the buyer, and releases its units.
    async fn cancel(&self, buyer: UserId, id: OrderId) -> Result<Order, OrderError>;

    /// Confirms receipt of a shipped order of the buyer, which completes it.
    async fn receive(&self, buyer: UserId, id: OrderId) -> Result<Order, OrderError>;

    /// Reads an order of the buyer.
    async fn order(&self, buyer: UserId, id: OrderId) -> Result<OrderDetail, OrderError>;

    /// Reads an order of any buyer, for admins.
    async fn order_of_anyone(&self, id: OrderId) -> Result<OrderDetail, OrderError>;

    /// Lists a page of orders, newest first.
    async fn orders(&self, filter: OrderFilter) -> Result<Page<Order>, OrderError>;

    /// Ships a paid order.
    async fn ship(
        &self,
        admin: UserId,
        id: OrderId,
        tracking: Option<String>,
    ) -> Result<Order, OrderError>;

    /// Refunds a paid order, once.
    async fn refund(
        &self,
        admin: UserId,
        refund: Refund,
        key: Option<Idempotency>,
    ) -> Result<Replayable<Order>, OrderError>;
}

/// Inserts the orders of a sale inside the sale's transaction.
#[async_trait]
pub trait SaleOrders: Send + Sync {
    /// Reads the delivery methods, once for a batch and outside of its transaction.
    ///
    /// # Errors
    ///
    /// When the database fails.
    async fn delivery_methods(&self) -> Result<DeliveryMethods, DbErr>;

    /// Drafts the orders, unpaid, and builds their statements: lines, history and one
    /// job, in as few statements as the database allows. Needs no database, so that it
    /// is done before the transaction begins. A booking gets its delivery method if that
    /// serves its address, else the first that does, else no delivery: what was sold is
    /// never refused for it.
    ///
    /// # Errors
    ///
    /// When an amount is out of range.
    fn draft(
        &self,
        bookings: &[Booking],
        methods: &DeliveryMethods,
        now: Timestamp,
    ) -> Result<DraftOrders, OrderError>;

    /// Inserts drafted orders. The stock does not change, since the units come from the
    /// sale.
    async fn book(
        &self,
        tx: &DatabaseTransaction,
        draft: DraftOrders,
    ) -> Result<Vec<Order>, OrderError>;
}

/// Releases units of a sale inside the order's transaction.
#[async_trait]
pub trait SaleStock: Send + Sync {
    /// Releases the units of these orders of one sale. Each order is named
    /// once.
    async fn release(
        &self,
        tx: &DatabaseTransaction,
        sale: SaleId,
        orders: &[OrderId],
        cause: ReleaseReason,
        now: Timestamp,
    ) -> Result<(), OrderError>;
}

/// The implementation for a shop without sales: fails, since no order can have
/// units of a sale.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoSale;

#[async_trait]
impl SaleStock for NoSale {
    async fn release(
        &self,
        _: &DatabaseTransaction,
        sale: SaleId,
        _: &[OrderId],
        _: ReleaseReason,
        _: Timestamp,
    ) -> Result<(), OrderError> {
        let said = format!("sale {sale} takes no units back: this shop has no sales");
        Err(DbErr::Custom(said).into())
    }
}
