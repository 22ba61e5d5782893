//! Pages for people: which address is which page, what the API says about it, and the answer.
//!
//! `PageAddress` of the storefront knows the addresses, [`Visit`] what decides the bytes besides (language, host),
//! [`Pages`] loads and renders them. A page is cached like an answer of the API, under a key that holds the
//! state of every sale: sales are asked for each request, so that no page shows an old one.

mod load;
mod serve;
mod sitemap;
mod visit;

pub(crate) use load::{PageSales, Pages};
pub(crate) use serve::{ASSETS, absent, asset, favicon, key, manifest, page};
pub(crate) use sitemap::{PublicPages, robots, sitemap};
pub(crate) use visit::{PageKey, Visit};
