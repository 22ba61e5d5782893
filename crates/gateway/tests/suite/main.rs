//! The wire, against fakes; and a listening shop, against a database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod fakes;
mod server;
mod shelf;

mod accounts;
mod buying;
mod cached;
mod catalogue;
mod codes;
mod document;
mod gateways;
mod goods;
mod limits;
mod mail;
mod pictures;
mod refusals;
mod settings;
mod signing_in;
