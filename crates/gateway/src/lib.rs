//! The gateway: HTTP, settings and wiring of the shop. Nobody else knows HTTP.

mod answer;
mod auth;
mod cache;
mod client;
mod form;
mod json;
mod language;
mod middleware;
mod path;
mod problem;
mod query;
pub mod routes;
mod shop;
mod show;

pub use problem::{Code, FieldError, Problem};
pub use shop::Shop;
