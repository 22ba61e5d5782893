//! A cached response: body, gzipped body and headers.

use std::sync::OnceLock;

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use stampede_http::body::{accepts_gzip, compress, etag, etag_matches};
use stampede_kernel::Language;

/// Memory of an entry beside its body, in bytes: key, headers, the cache's own bookkeeping.
const OVERHEAD_BYTES: usize = 512;

const CACHE_CONTROL: HeaderValue = HeaderValue::from_static("public, max-age=1");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const GZIP: HeaderValue = HeaderValue::from_static("gzip");
/// `Authorization` is in the list because admins get translations, which customers do not.
const VARY: HeaderValue =
    HeaderValue::from_static("Accept-Language, Accept-Encoding, Authorization");

/// A public 200 response, ready to be sent.
#[derive(Debug)]
pub(crate) struct CachedResponse {
    body: Bytes,
    /// Made for the first client that accepts gzip; `None` where compression does not pay.
    gzip: OnceLock<Option<Bytes>>,
    etag: HeaderValue,
    language: HeaderValue,
}

impl CachedResponse {
    /// A response with the JSON `body`.
    ///
    /// The `ETag` is a hash of `etag_source`: the body without its volatile parts, such as view
    /// counts. It is therefore a weak one.
    pub(crate) fn new(body: Vec<u8>, etag_source: &[u8], language: Language) -> Self {
        Self {
            body: body.into(),
            gzip: OnceLock::new(),
            etag: etag(&[etag_source, language.as_str().as_bytes()]),
            language: HeaderValue::from_str(language.as_str())
                .unwrap_or(HeaderValue::from_static("en")),
        }
    }

    /// Memory of the response with its gzipped body, in bytes.
    pub(crate) fn weight(&self) -> u32 {
        u32::try_from(OVERHEAD_BYTES + self.body.len() + self.body.len() / 2).unwrap_or(u32::MAX)
    }

    /// 304 when the request's `If-None-Match` names the `ETag`, else 200 with the body.
    pub(crate) fn answer(&self, request: &HeaderMap) -> HttpResponse {
        if self.is_known(request) {
            return self.with_headers(HttpResponse::NotModified().finish());
        }
        self.whole(request)
    }

    /// 200 with the body whatever `If-None-Match` says: for methods that are not safe.
    pub(crate) fn whole(&self, request: &HeaderMap) -> HttpResponse {
        let gzip = accepts_gzip(request).then(|| self.gzip()).flatten();
        let encoded = gzip.is_some();
        let body = gzip.unwrap_or_else(|| self.body.clone());
        let mut answer = self.with_headers(HttpResponse::Ok().body(body));
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, JSON);
        if encoded {
            headers.insert(header::CONTENT_ENCODING, GZIP);
        }
        answer
    }

    fn with_headers(&self, mut answer: HttpResponse) -> HttpResponse {
        let headers = answer.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::CACHE_CONTROL, CACHE_CONTROL);
        headers.insert(header::VARY, VARY);
        headers.insert(header::CONTENT_LANGUAGE, self.language.clone());
        answer
    }

    /// The body.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> &Bytes {
        &self.body
    }

    fn is_known(&self, request: &HeaderMap) -> bool {
        request
            .get_all(header::IF_NONE_MATCH)
            .any(|tags| etag_matches(tags.as_bytes(), self.etag.as_bytes()))
    }

    fn gzip(&self) -> Option<Bytes> {
        self.gzip.get_or_init(|| compress(&self.body)).clone()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::body::MessageBody;
    use actix_web::http::StatusCode;
    use flate2::read::GzDecoder;

    use super::*;

    fn asking(name: header::HeaderName, value: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        headers
    }

    fn page() -> CachedResponse {
        let body = "tea ".repeat(1_000).into_bytes();
        CachedResponse::new(body.clone(), &body, Language::EN)
    }

    fn bytes(answer: HttpResponse) -> Vec<u8> {
        let body = answer.into_body().try_into_bytes();
        body.unwrap_or_default().to_vec()
    }

    #[test]
    fn the_compressed_half_says_the_same() {
        let page = page();

        let plain = page.answer(&HeaderMap::new());
        let packed = page.answer(&asking(header::ACCEPT_ENCODING, "br, gzip;q=0.5"));

        assert_eq!(packed.headers().get(header::CONTENT_ENCODING), Some(&GZIP));
        let (plain, packed) = (bytes(plain), bytes(packed));
        let mut unpacked = Vec::new();
        GzDecoder::new(&packed[..])
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, plain);
        assert!(packed.len() < plain.len() / 10);
    }

    #[test]
    fn who_knows_the_page_is_told_so() {
        let page = page();
        let mut asked = HeaderMap::new();
        asked.insert(header::IF_NONE_MATCH, page.etag.clone());
        assert_eq!(page.answer(&asked).status(), StatusCode::NOT_MODIFIED);
    }
}
