//! Flash sales and tickets.

mod body;
mod live;
mod request;

pub(crate) use body::SaleStateName;
pub use body::{Offered, SaleBody, TicketBody};
pub use live::{LiveBody, LiveEvent};
pub use request::{ChangeSaleBody, ClaimBody, EmptyBody, NewSaleBody};
