//! The web app manifest: the file of `static/`, with the shop's name and addresses of icons.

use actix_web::http::header::{self, HeaderValue};
use serde_json::Value;
use stampede_http::content::Content;

use crate::site::Site;
use crate::storefront::Storefront;

const FILE: &str = "manifest.webmanifest";
const MANIFEST: HeaderValue = HeaderValue::from_static("application/manifest+json");
const CHECK_BACK: HeaderValue = HeaderValue::from_static("no-cache");

impl Storefront {
    /// The manifest of this shop; `None` when `site` has none.
    pub fn manifest(&self, site: &Site) -> Option<Content> {
        let mut manifest: Value = serde_json::from_slice(site.file(FILE)?).ok()?;
        for name in ["name", "short_name"] {
            manifest[name] = self.facts.name.clone().into();
        }
        let icons = manifest["icons"].as_array_mut().into_iter().flatten();
        for icon in icons {
            let url = icon["src"].as_str().and_then(|name| site.url(name));
            if let Some(url) = url {
                icon["src"] = url.into();
            }
        }
        let manifest = serde_json::to_vec(&manifest).ok()?;
        Some(Content::new(manifest, MANIFEST).with(header::CACHE_CONTROL, CHECK_BACK))
    }
}
