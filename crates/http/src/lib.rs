//! HTTP without the shop: connections with deadlines, bodies decoded under limits, problems.
//!
//! Nothing here knows a product or an order; `gateway` puts routes on top.

pub mod body;
pub mod client;
pub mod decode;
pub mod form;
pub mod json;
pub mod middleware;
pub mod path;
pub mod problem;
pub mod query;
pub mod recheck;
pub mod response;
pub mod server;
pub mod services;
