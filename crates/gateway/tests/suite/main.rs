//! The wire, against fakes; and a listening shop, against a database.

mod fakes;
mod server;

mod accounts;
mod codes;
mod document;
mod limits;
mod pictures;
mod refusals;
mod settings;
mod signing_in;
