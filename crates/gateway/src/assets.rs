//! The files of `static/`: embedded in the binary, or read from the disk in debug builds.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use flate2::read::GzDecoder;
use rust_embed::{Embed, EmbeddedFile};
use stampede_http::body;

const LANDING: &str = "landing/index.html";

#[derive(Embed)]
#[folder = "../../static"]
// The demo shop's goods are not for the browser: it gets them from `/media`.
#[exclude = "demo/*"]
#[exclude = "docs/*"]
struct Static;

/// Swagger UI: the API's reference at `/docs`.
#[derive(Embed)]
#[folder = "../../static/docs"]
struct Reference;

/// A file, ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Asset {
    bytes: Bytes,
    /// The gzipped bytes, where compression pays.
    gzip: Option<Bytes>,
    /// A weak `ETag`: it is the same for both encodings.
    etag: HeaderValue,
    content_type: String,
}

impl Asset {
    /// An asset with its `ETag`, gzipped where that pays.
    pub(crate) fn new(bytes: Bytes, content_type: String) -> Self {
        let texts = ["text/", "javascript", "json", "svg"];
        let text = texts.iter().any(|kind| content_type.contains(kind));
        Self {
            gzip: text.then(|| body::compress(&bytes)).flatten(),
            etag: body::etag(&[&bytes]),
            bytes,
            content_type,
        }
    }

    /// An asset that is embedded as gzip; `None` when it is damaged.
    fn unpacked(gzip: Bytes, content_type: String) -> Option<Self> {
        let mut bytes = Vec::new();
        GzDecoder::new(&*gzip).read_to_end(&mut bytes).ok()?;
        Some(Self {
            gzip: Some(gzip),
            etag: body::etag(&[&bytes]),
            bytes: bytes.into(),
            content_type,
        })
    }

    /// 304 when `If-None-Match` names the `ETag`, else 200 with the file.
    pub(crate) fn answer(&self, request: &HeaderMap) -> HttpResponse {
        let mut known = request.get_all(header::IF_NONE_MATCH);
        let known = known.any(|tags| body::etag_matches(tags.as_bytes(), self.etag.as_bytes()));
        let mut answer = if known {
            HttpResponse::NotModified().finish()
        } else {
            self.whole(request)
        };
        let headers = answer.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        answer
    }

    fn whole(&self, request: &HeaderMap) -> HttpResponse {
        let mut answer = HttpResponse::Ok();
        answer.content_type(self.content_type.as_str());
        match &self.gzip {
            Some(gzip) if body::accepts_gzip(request) => {
                answer.insert_header((header::CONTENT_ENCODING, "gzip"));
                answer.body(gzip.clone())
            }
            _ => answer.body(self.bytes.clone()),
        }
    }
}

/// The embedded files, and the landing page as this shop shows it.
#[derive(Debug)]
pub(crate) struct Assets {
    demo: bool,
    /// Prepared files; empty in debug builds, which read files from the disk each time.
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
            let ready =
                Static::iter().filter_map(|name| assets.read(&name).map(|asset| (name, asset)));
            assets.ready = ready.collect();
        }
        assets
    }

    /// The file below `/assets/`.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<Asset>> {
        if cfg!(debug_assertions) {
            self.read(name)
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
            data => without_copy(data),
        };
        Some(Arc::new(Asset::new(bytes, content_type)))
    }

    /// Sets the demo flag of the landing page.
    fn tell(&self, page: &str) -> String {
        page.replace(
            "data-demo=\"true\"",
            &format!("data-demo=\"{}\"", self.demo),
        )
    }
}

/// A file of the API reference.
pub(crate) fn docs_file(name: &str, content_type: &str) -> Option<Asset> {
    let content_type = content_type.to_owned();
    if let Some(packed) = Reference::get(&format!("{name}.gz")) {
        return Asset::unpacked(without_copy(packed.data), content_type);
    }
    let plain = Reference::get(name)?;
    Some(Asset::new(without_copy(plain.data), content_type))
}

fn without_copy(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    }
}

fn content_type(file: &EmbeddedFile) -> String {
    let kind = file.metadata.mimetype();
    if kind.starts_with("text/") {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_owned()
    }
}
