//! HTTP building blocks that know nothing of a shop; the gateway puts its routes on top.
//!
//! Start with `server`, which accepts connections under deadlines. A request then passes
//! `middleware`;
//! its handler decodes it with `json`, `form`, `query` and `path`, and answers with `response`
//! or with
//! a [`Problem`](problem::Problem), the RFC 9457 form of every error.

pub mod accept_language;
pub mod body;
pub mod client;
pub mod content;
pub mod cookie;
pub mod decode;
pub mod form;
pub mod json;
pub mod metrics_server;
pub mod middleware;
pub mod origin;
pub mod path;
pub mod problem;
pub mod query;
pub mod recheck;
pub mod response;
pub mod server;
pub mod services;
