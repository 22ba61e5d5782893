//! The response cache: public responses, of the API and of pages, kept as bytes, so that a hit
//! costs no query, no JSON and no template.
//!
//! [`serve_cached`] answers hits before routing, [`ResponseCache`] holds the responses, and
//! [`Versions`]
//! invalidates them when the catalogue changes. See ADR 7.

mod key;
mod languages;
mod middleware;
mod product_cache;
mod rendered;
mod response_cache;
mod versions;

pub(crate) use key::{Key, Subject};
pub(crate) use languages::ShopLanguages;
pub(crate) use middleware::{CacheMiddleware, serve_cached};
pub(crate) use product_cache::ProductCache;
pub(crate) use response_cache::ResponseCache;
pub(crate) use versions::Versions;
