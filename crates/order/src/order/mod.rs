//! Placing, paying, cancelling, shipping, receiving, refunding; and running out of time.

mod batch;
mod book;
pub mod bulk;
mod error;
mod expiry;
mod images;
mod jobs;
mod model;
mod orders;
mod place;
mod service;
mod settle;
mod store;

pub use error::{OrderError, RefusedLine};
pub use expiry::Expiry;
pub use images::OrderedPictures;
pub use jobs::{MailLine, OrderEvent, OrderMail};
#[cfg(test)]
pub(crate) use model::LEGAL;
pub use model::{
    Answered, BookedLine, Booking, Cause, History, Line, NewOrder, Order, OrderDetail, OrderFilter,
    Payment, Receipt, Refund, Wanted,
};
pub use orders::{DbOrders, OrderSettings, Partners};
pub use service::{NoSale, OrderBook, OrderService, SaleStock};
use stampede_persistence::entity::order::OrderStatus;
