//! Orders: placing, paying, cancelling, shipping, receiving, refunding, and expiry.

mod announcer;
mod batch;
mod book;
pub mod bulk;
mod error;
mod expiry;
mod id_prefix;
mod images;
mod jobs;
mod model;
mod orders;
mod place;
mod pricing;
mod quote;
mod service;
mod settle;
mod store;
mod totals;

pub use announcer::OrderAnnouncer;
pub use book::DraftOrders;
pub use error::{OrderError, RefusedLine};
pub use expiry::Expiry;
pub use id_prefix::OrderIdPrefix;
pub use images::OrderedImages;
#[cfg(test)]
pub(crate) use model::LEGAL;
pub use model::{
    BookedLine, Booking, History, Line, NewOrder, NewQuote, Order, OrderDetail, OrderFilter,
    OrderItems, OrderPromotion, Payment, Quote, QuoteLine, Receipt, Refund, ReleaseReason,
    Replayable,
};
pub use orders::{DbOrders, Dependencies, OrderSettings};
pub use service::{NoSale, OrderService, SaleOrders, SaleStock};
use stampede_persistence::entity::order::OrderStatus;
pub use totals::Totals;
