//! The shop in the browser: its files with content-hashed addresses, and its pages, whose head,
//! first markup and first data the server fills in.
//!
//! Start with [`Storefront`], which reads `static/` into a [`Site`]. A site answers for
//! [assets](Site::asset) and renders a [`Page`], whose [`PageAddress`] people bookmark; [`sitemap`],
//! [`robots`] and [`Reference`] (the API's documentation) stand beside it. Nothing here knows the
//! shop's domains: a page is rendered from answers of the API.

mod address;
mod doc_comments;
mod document;
mod files;
mod head;
mod imports;
mod json_ld;
mod manifest;
mod page;
mod reference;
mod robots;
mod routes;
mod script_json;
mod site;
mod sitemap;
mod storefront;
mod template;
mod texts;

pub use address::{Listing, PageAddress, page_routes};
pub use page::{Answer, LANGUAGES, PER_PAGE, Page, language_tag, page_language};
pub use reference::Reference;
pub use robots::robots;
pub use site::{Asset, Site};
pub use sitemap::{Entry, PER_SITEMAP, sitemap, sitemap_index};
pub use storefront::{ShopFacts, Storefront, StorefrontError};
