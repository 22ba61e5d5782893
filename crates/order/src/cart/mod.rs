//! What a user means to buy.

mod model;
mod service;

pub use model::{Cart, CartError, CartItem};
pub use service::CartService;
