//! Carts, delivery methods and orders. This crate owns the transaction of an order.

mod audit;
mod cart;
pub mod codes;
mod delivery;
mod order;
pub mod stats;

pub use audit::{AUDIT, audit};
pub use cart::{Cart, CartError, CartItem, CartService, DbCarts};
pub use codes::ERROR_CODES;
pub use delivery::{
    DbDeliveryMethods, DeliveryChange, DeliveryError, DeliveryMethod, DeliveryMethods,
    DeliveryRefusal, DeliveryService, DeliveryTerms, OrderDelivery,
};
pub use order::{
    BookedLine, Booking, DbOrders, Dependencies, DraftOrders, Expiry, History, Line, NewOrder,
    NewQuote, NoSale, Order, OrderAnnouncer, OrderDetail, OrderError, OrderFilter, OrderIdPrefix,
    OrderItems, OrderPromotion, OrderService, OrderSettings, OrderedImages, Payment, Quote,
    QuoteLine, Receipt, Refund, RefusedLine, ReleaseReason, Replayable, SaleOrders, SaleStock,
    Totals, bulk,
};
pub use stampede_persistence::entity::order::{CancelReason, OrderStatus};
pub use stampede_persistence::entity::order_history::Actor;
