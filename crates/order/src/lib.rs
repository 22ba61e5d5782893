//! The cart and the life of an order. Owner of the order's transaction.

mod audit;
mod cart;
pub mod codes;
mod order;

pub use audit::{AUDIT, audit};
pub use cart::{Cart, CartError, CartItem, CartService, DbCarts};
pub use codes::ERROR_CODES;
pub use order::{
    Answered, BookedLine, Booking, Cause, DbOrders, Expiry, History, Line, MailLine, NewOrder,
    NoSale, Order, OrderBook, OrderDetail, OrderError, OrderEvent, OrderFilter, OrderMail,
    OrderService, OrderSettings, OrderedPictures, Partners, Payment, Receipt, Refund, RefusedLine,
    SaleStock, Wanted, bulk,
};
pub use stampede_persistence::entity::order::{CancelReason, OrderStatus};
pub use stampede_persistence::entity::order_history::Actor;
