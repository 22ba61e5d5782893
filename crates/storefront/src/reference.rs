//! The files of the API's reference at `/docs`: Swagger UI.

use std::collections::HashMap;
use std::io::Read;
use std::sync::LazyLock;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use flate2::read::GzDecoder;
use rust_embed::Embed;
use stampede_http::content::Content;

use crate::files::without_copy;

/// Scripts and styles of our own; Swagger UI sets styles on its elements and carries its icons
/// inline.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; font-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
const BY_CODING: HeaderValue = HeaderValue::from_static("Accept-Encoding");
const SCRIPT: HeaderValue = HeaderValue::from_static("text/javascript");
const STYLE: HeaderValue = HeaderValue::from_static("text/css");
const PAGE: HeaderValue = HeaderValue::from_static("text/html");
const ICON: HeaderValue = HeaderValue::from_static("image/png");

#[derive(Embed)]
#[folder = "../../static/docs"]
struct Embedded;

/// Each file, made once in a process.
static FILES: LazyLock<HashMap<&str, Content>> = LazyLock::new(|| {
    // What these are: static/docs/README.md.
    let files = [
        ("index.html", PAGE),
        ("index.css", STYLE),
        ("swagger-ui.css", STYLE),
        ("swagger-ui-bundle.js", SCRIPT),
        ("swagger-ui-standalone-preset.js", SCRIPT),
        ("swagger-initializer.js", SCRIPT),
        ("favicon-16x16.png", ICON),
        ("favicon-32x32.png", ICON),
        ("oauth2-redirect.html", PAGE),
    ];
    let ready = files
        .into_iter()
        .filter_map(|(name, content_type)| Some((name, content(name, content_type)?)));
    ready.collect()
});

/// The API's reference.
#[derive(Debug, Clone, Copy)]
pub struct Reference;

impl Reference {
    /// A file by its name.
    pub fn file(name: &str) -> Option<&'static Content> {
        FILES.get(name)
    }

    /// Unpacks the files ahead of the first request; takes some hundredths of a second.
    pub fn prepare() {
        LazyLock::force(&FILES);
    }
}

fn content(name: &str, content_type: HeaderValue) -> Option<Content> {
    let packed = Embedded::get(&format!("{name}.gz"));
    let content = match packed {
        Some(packed) => unpacked(without_copy(packed.data), content_type)?,
        None => Content::new(without_copy(Embedded::get(name)?.data), content_type),
    };
    Some(
        content
            .with(header::CONTENT_SECURITY_POLICY, POLICY)
            .with(header::CACHE_CONTROL, AN_HOUR)
            .with(header::VARY, BY_CODING),
    )
}

/// A file that is embedded as gzip; `None` when it is damaged.
fn unpacked(gzip: Bytes, content_type: HeaderValue) -> Option<Content> {
    let mut bytes = Vec::new();
    GzDecoder::new(&*gzip).read_to_end(&mut bytes).ok()?;
    Some(Content::gzipped(gzip, bytes, content_type))
}
