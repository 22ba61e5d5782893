//! The demo shop: furnished once, into an empty database, through the services
//! that a real shop uses.

mod catalogue;
mod furnish;
mod lock;
mod orders;
mod sales;

use std::borrow::Cow;

use rust_embed::Embed;

pub(crate) use furnish::{DemoError, furnish};
pub(crate) use sales::{Repeat, announced};

/// `static/demo`: inside the binary, or read from the disk in debug builds.
#[derive(Embed)]
#[folder = "../../static/demo"]
struct Files;

/// A file of `static/demo`.
fn demo_file(name: &str) -> Option<Cow<'static, [u8]>> {
    Files::get(name).map(|file| file.data)
}
