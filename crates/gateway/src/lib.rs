//! The gateway: the routes of the shop and its wiring.
//!
//! Bodies of requests and answers are in `stampede_api`, what knows no shop in `stampede_http`.

mod app;
mod auth;
mod cache;
mod catalogue;
mod codes;
mod health;
mod http;
mod language;
mod mail;
mod order;
mod pages;
mod quotas;
mod request_context;
mod seckill;
mod server;
mod supervise;
mod sweep;
mod tools;
mod webhooks;

pub mod outside;
pub mod routes;

pub use app::{OpenError, Shop};
pub use auth::{Admin, OptionalUser, SignedIn};
pub use catalogue::{Catalogue, register_products};
pub use codes::error_codes;
pub use http::Http;
pub use language::{Lang, Languages};
pub use order::OrderServices;
pub use seckill::Seckill;
pub use server::{ListenError, Running};
pub use tools::{RehearsalPlan, Rehearser, Tools};
