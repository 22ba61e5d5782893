//! Placing, paying, cancelling, shipping, receiving, refunding; and running out of time.

mod error;
mod model;
mod service;

pub use error::OrderError;
pub use model::{
    Answered, BookedLine, Booking, Cause, History, Line, NewOrder, Order, OrderDetail, OrderFilter,
    Payment, Receipt, Refund, Wanted,
};
pub use service::{OrderBook, OrderService, SaleStock};
