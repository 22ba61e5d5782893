//! The filter of a list of orders.

use stampede_kernel::{Cursor, PageSize, SaleId, UserId};
use stampede_persistence::entity::order::OrderStatus;

use crate::order::OrderIdPrefix;

/// The filter and page of a list of orders, newest first.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Only orders of this buyer.
    pub buyer: Option<UserId>,
    /// Only orders with this status.
    pub status: Option<OrderStatus>,
    /// Only orders whose units come from this sale.
    pub sale: Option<SaleId>,
    /// Only orders whose id begins so.
    pub id: Option<OrderIdPrefix>,
    /// The page size.
    pub size: PageSize,
    /// The cursor of the page.
    pub cursor: Option<Cursor>,
}
