//! Orders.

mod body;
mod place;
mod request;

use body::StatusName;
pub(crate) use body::{OrderPromotionBody, TotalsBody};
pub(crate) use place::ItemBody;

pub use body::OrderBody;
pub use place::PlaceBody;
pub use request::{AllOrdersQuery, OrdersQuery, PayBody, ReceiptBody, RefundBody, ShipBody};
