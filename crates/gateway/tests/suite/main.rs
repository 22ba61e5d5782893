//! The wire, against fakes; and a listening shop, against a database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod counter;
mod fakes;
mod process;
mod server;
mod shelf;

mod accounts;
mod audit;
mod buying;
mod cached;
mod catalogue;
mod codes;
mod connections;
mod crashes;
mod document;
mod gateways;
mod goods;
mod jobs;
mod limits;
mod mail;
mod parsers;
mod pictures;
mod ready;
mod refusals;
mod rehearsing;
mod secrets;
mod selling;
mod settings;
mod several;
mod sheets;
mod signing_in;
mod webhooks;
