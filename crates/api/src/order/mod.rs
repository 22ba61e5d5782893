//! Orders.

mod body;

pub use body::{OrderBody, StatusName};
