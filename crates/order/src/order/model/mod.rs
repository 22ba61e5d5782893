//! The model of orders, requests on them, and the legal transitions of their
//! status.

mod order;

pub use order::*;
