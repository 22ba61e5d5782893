//! The gateway: HTTP, settings and wiring of the shop. Nobody else knows HTTP.

mod answer;
mod auth;
mod client;
mod form;
mod json;
mod language;
mod middleware;
mod path;
mod problem;
mod query;

pub mod routes;
pub mod settings;

pub use auth::{Admin, Anybody, SignedIn};
pub use client::{ClientAddress, IdempotencyKey, Network, TrustedProxies};
pub use json::{Json, OptionalJson};
pub use language::{Lang, Languages};
pub use path::Id;
pub use problem::{Code, FieldError, Problem};
pub use query::Query;
