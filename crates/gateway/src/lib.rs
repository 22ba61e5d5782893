//! The gateway: HTTP and the wiring of the shop.

mod app;
mod assets;
mod auth;
mod cache;
mod catalogue;
mod codes;
mod figures;
mod health;
mod http;
mod idiom;
mod language;
mod mail;
mod rate_limit;
mod seckill;
mod server;
mod show;
mod stats;
mod supervise;
mod sweep;
mod trade;
mod webhooks;

pub mod outside;
pub mod routes;

pub use app::{OpenError, Shop};
pub use auth::{Admin, Anybody, SignedIn};
pub use catalogue::{Catalogue, shelve};
pub use codes::error_codes;
pub use http::Http;
pub use idiom::Idiom;
pub use language::{Lang, Languages};
pub use seckill::Seckill;
pub use server::{ListenError, Running};
pub use trade::Trade;
