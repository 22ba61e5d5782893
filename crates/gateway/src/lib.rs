//! The gateway: HTTP, settings and wiring of the shop. Nobody else knows HTTP.

mod answer;
mod app;
mod assets;
mod auth;
mod cache;
mod catalogue;
mod client;
mod demo;
mod figures;
mod form;
mod health;
mod http;
mod idiom;
mod json;
mod language;
mod logging;
mod mail;
mod middleware;
mod path;
mod problem;
mod query;
mod server;
mod services;
mod show;
mod stats;
mod sweep;
mod trade;

pub mod cli;
pub mod routes;
pub mod settings;

pub use app::{OpenError, Shop};
pub use auth::{Admin, Anybody, SignedIn};
pub use catalogue::{Catalogue, shelve};
pub use client::{ClientAddress, IdempotencyKey, Network, TrustedProxies};
pub use demo::DemoError;
pub use http::Http;
pub use idiom::Idiom;
pub use json::{Json, OptionalJson};
pub use language::{Lang, Languages};
pub use path::{Id, UuidId};
pub use problem::{Code, FieldError, Problem};
pub use query::Params;
pub use server::{ListenError, Running};
pub use services::Services;
pub use trade::Trade;
