//! Flash sales and tickets.

mod body;

pub use body::{LiveBody, Offered, SaleBody, SaleStateName, TicketBody};
