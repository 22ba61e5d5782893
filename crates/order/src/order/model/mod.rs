//! The model of orders, requests on them, and the legal transitions of their
//! status.

mod booking;
mod filter;
mod new_order;
mod order;
mod payment;
mod quote;
mod replayable;
mod step;

pub use booking::{BookedLine, Booking, ReleaseReason};
pub use filter::OrderFilter;
pub use new_order::{NewOrder, OrderItems};
pub use order::{History, Line, Order, OrderDetail, OrderPromotion};
pub use payment::{Payment, Receipt, Refund};
pub use quote::{NewQuote, Quote, QuoteLine};
pub use replayable::Replayable;
#[cfg(test)]
pub(crate) use step::LEGAL;
pub(crate) use step::Step;
