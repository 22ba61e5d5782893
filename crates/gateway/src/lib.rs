//! The gateway: HTTP, settings and wiring of the shop. Nobody else knows HTTP.

mod answer;
mod auth;
mod client;
mod json;
mod language;
mod middleware;
mod path;
mod problem;
mod query;
pub mod routes;

pub use problem::{Code, FieldError, Problem};
