//! Shopping carts.

mod carts;
mod model;
mod service;
pub(crate) mod store;

pub use carts::DbCarts;
pub use model::{Cart, CartError, CartItem};
pub use service::CartService;
