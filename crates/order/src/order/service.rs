//! What the gateway and the sale may ask of orders.

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use stampede_kernel::{OrderId, Page, SaleId, Timestamp, UserId};
use stampede_persistence::idempotency::Idempotency;

use super::{
    Booking, NewOrder, Order, OrderDetail, OrderError, OrderFilter, Payment, Receipt, Refund,
    ReleaseReason, Replayable,
};

/// The life of an order. Every change is one conditional update, one history
/// row and its jobs, in one transaction.
#[async_trait]
pub trait OrderService: Send + Sync {
    /// Reserves the stock and writes the order, unpaid, once per key.
    async fn place(
        &self,
        order: NewOrder,
        key: Idempotency,
    ) -> Result<Replayable<Order>, OrderError>;

    /// Pays from the wallet, once per key and once per order.
    async fn pay(
        &self,
        payment: Payment,
        key: Idempotency,
    ) -> Result<Replayable<Receipt>, OrderError>;

    /// Cancels the buyer's unpaid order; its units go back once.
    async fn cancel(&self, buyer: UserId, id: OrderId) -> Result<Order, OrderError>;

    /// Completes the buyer's shipped order.
    async fn receive(&self, buyer: UserId, id: OrderId) -> Result<Order, OrderError>;

    /// One of the buyer's.
    async fn order(&self, buyer: UserId, id: OrderId) -> Result<OrderDetail, OrderError>;

    /// A page of orders, newest first.
    async fn orders(&self, filter: OrderFilter) -> Result<Page<Order>, OrderError>;

    /// Ships a paid order.
    async fn ship(
        &self,
        admin: UserId,
        id: OrderId,
        tracking: Option<String>,
    ) -> Result<Order, OrderError>;

    /// Pays a paid order back, once.
    async fn refund(
        &self,
        admin: UserId,
        refund: Refund,
        key: Option<Idempotency>,
    ) -> Result<Replayable<Order>, OrderError>;
}

/// Books the orders of a sale inside the sale's transaction.
#[async_trait]
pub trait SaleOrders: Send + Sync {
    /// Writes the orders, unpaid, with lines, history and jobs, in as few
    /// statements as the database allows. No stock moves: the units are the sale's.
    async fn book(
        &self,
        tx: &DatabaseTransaction,
        bookings: &[Booking],
        now: Timestamp,
    ) -> Result<Vec<Order>, OrderError>;
}

/// Takes units of a sale back inside the order's transaction.
#[async_trait]
pub trait SaleStock: Send + Sync {
    /// These orders of one sale, each once, no longer need their units.
    async fn release(
        &self,
        tx: &DatabaseTransaction,
        sale: SaleId,
        orders: &[OrderId],
        cause: ReleaseReason,
        now: Timestamp,
    ) -> Result<(), OrderError>;
}

/// A shop without sales: refuses to take back what nobody can have bought.
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
