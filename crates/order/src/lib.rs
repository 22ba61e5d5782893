//! The cart and the life of an order. Owner of the order's transaction.

mod cart;
mod order;

pub use cart::{Cart, CartError, CartItem, CartService};
pub use order::{
    Answered, BookedLine, Booking, Cause, History, Line, NewOrder, Order, OrderBook, OrderDetail,
    OrderError, OrderFilter, OrderService, Payment, Receipt, Refund, SaleStock, Wanted,
};
pub use stampede_persistence::entity::order::{CancelReason, OrderStatus};
pub use stampede_persistence::entity::order_history::Actor;
