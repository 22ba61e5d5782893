//! The wire, against fakes; and a listening shop, against a database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod fake_products;
mod fakes;
mod server;
mod shop_fixture;

mod accounts;
mod buying;
mod cached;
mod catalogue;
mod codes;
mod connections;
mod console;
mod delivery;
mod document;
mod goods;
mod limits;
mod mail;
mod page_files;
mod pages;
mod parsers;
mod pictures;
mod promotions;
mod ready;
mod refusals;
mod selling;
mod session_cookies;
mod sheets;
mod signing_in;
mod webhooks;
