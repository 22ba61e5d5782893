//! Files of `static/`: inside the binary, or read from the disk in debug builds.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::header::HeaderValue;
use actix_web::web::Bytes;
use rust_embed::{Embed, EmbeddedFile};

use crate::cache;

const LANDING: &str = "landing/index.html";

#[derive(Embed)]
#[folder = "../../static"]
struct Static;

/// A file, ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Asset {
    pub(crate) bytes: Bytes,
    /// Where it pays.
    pub(crate) gzip: Option<Bytes>,
    /// Weak: it stands for both codings.
    pub(crate) etag: HeaderValue,
    pub(crate) content_type: String,
}

/// The files and the landing page as this shop shows it.
#[derive(Debug)]
pub(crate) struct Assets {
    demo: bool,
    /// Empty in debug builds, which read each file anew.
    ready: HashMap<Cow<'static, str>, Arc<Asset>>,
}

impl Assets {
    /// Prepares every file. `demo` shows the demo shop's log-ins on the landing page.
    pub(crate) fn new(demo: bool) -> Self {
        let mut assets = Self {
            demo,
            ready: HashMap::new(),
        };
        if !cfg!(debug_assertions) {
            let names = Static::iter().filter(|name| is_public(name));
            let ready = names.filter_map(|name| assets.read(&name).map(|asset| (name, asset)));
            assets.ready = ready.collect();
        }
        assets
    }

    /// The file below `/assets/`.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<Asset>> {
        if cfg!(debug_assertions) {
            is_public(name).then(|| self.read(name)).flatten()
        } else {
            self.ready.get(name).cloned()
        }
    }

    /// The landing page.
    pub(crate) fn landing(&self) -> Option<Arc<Asset>> {
        self.get(LANDING)
    }

    fn read(&self, name: &str) -> Option<Arc<Asset>> {
        let file = Static::get(name)?;
        let content_type = content_type(&file);
        let bytes = match file.data {
            page if name == LANDING => self.tell(&String::from_utf8_lossy(&page)).into(),
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => bytes.into(),
        };
        let text = content_type.starts_with("text/") || content_type.contains("svg");
        Some(Arc::new(Asset {
            gzip: text.then(|| cache::compress(&bytes)).flatten(),
            etag: cache::etag(&[&bytes]),
            bytes,
            content_type,
        }))
    }

    /// Says on the page whether this is the demo shop.
    fn tell(&self, page: &str) -> String {
        page.replace(
            "data-demo=\"true\"",
            &format!("data-demo=\"{}\"", self.demo),
        )
    }
}

/// The demo shop's goods are not for the browser: it gets them from `/media`.
fn is_public(name: &str) -> bool {
    !name.starts_with("demo/")
}

/// A file of the demo shop.
pub(crate) fn demo_file(name: &str) -> Option<Cow<'static, [u8]>> {
    Static::get(&format!("demo/{name}")).map(|file| file.data)
}

fn content_type(file: &EmbeddedFile) -> String {
    let kind = file.metadata.mimetype();
    if kind.starts_with("text/") {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_owned()
    }
}
