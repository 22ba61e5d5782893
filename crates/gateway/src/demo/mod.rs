//! The demo shop: furnished once, into an empty database, through the services
//! that a real shop uses.

mod catalogue;
mod furnish;
mod orders;
mod sales;

pub use furnish::DemoError;
pub(crate) use furnish::furnish;
pub(crate) use sales::{announced, repeat};
