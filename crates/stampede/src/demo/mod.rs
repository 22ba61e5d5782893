//! The demo shop: sample data, seeded once into an empty database through the services that a
//! real shop uses.

mod catalogue;
mod delivery;
mod lock;
mod orders;
mod promotions;
mod sales;
mod seed;

use std::borrow::Cow;

use rust_embed::Embed;

pub(crate) use sales::{DemoSales, announced};
pub(crate) use seed::{DemoError, seed_demo};

/// `static/demo`: inside the binary, or read from the disk in debug builds.
#[derive(Embed)]
#[folder = "../../static/demo"]
struct Files;

/// A file of `static/demo`.
fn demo_file(name: &str) -> Option<Cow<'static, [u8]>> {
    Files::get(name).map(|file| file.data)
}
