//! A body that is kept in memory and sent again and again: an answer of the API, a page, a file.

use std::sync::OnceLock;

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::web::Bytes;
use flate2::Compression;

use crate::body::{accepts_brotli, accepts_gzip, brotli, etag, etag_matches, gzip};

/// Memory beside the body, in bytes: headers, pointers, a cache's own bookkeeping.
const OVERHEAD_BYTES: usize = 512;

const GZIP: HeaderValue = HeaderValue::from_static("gzip");
const BROTLI: HeaderValue = HeaderValue::from_static("br");

/// A 200 response, ready to be sent: the body in every coding that is worth it, its `ETag`, its
/// headers.
#[derive(Debug)]
pub struct Content {
    body: Bytes,
    media_type: HeaderValue,
    etag: HeaderValue,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Made for the first client that accepts gzip; `None` where compression does not pay.
    gzip: OnceLock<Option<Bytes>>,
    /// Made by [`Content::prepare`] alone: it takes long.
    brotli: OnceLock<Option<Bytes>>,
}

impl Content {
    /// Content whose `ETag` is a hash of the body.
    pub fn new(body: impl Into<Bytes>, content_type: HeaderValue) -> Self {
        let body = body.into();
        let tag = etag(&[&body]);
        Self::tagged(body, content_type, tag)
    }

    /// Content with an `ETag` of its own, which leaves out what does not count as a change.
    pub fn tagged(body: impl Into<Bytes>, content_type: HeaderValue, etag: HeaderValue) -> Self {
        Self {
            body: body.into(),
            media_type: content_type,
            etag,
            headers: Vec::new(),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// Content that is stored as gzip.
    pub fn gzipped(gzip: Bytes, body: impl Into<Bytes>, content_type: HeaderValue) -> Self {
        let content = Self::new(body, content_type);
        Self {
            gzip: OnceLock::from(Some(gzip)),
            ..content
        }
    }

    /// Adds a header of every answer, also of 304.
    #[must_use]
    pub fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Compresses the body as small as it gets, ahead of the first request; takes about a
    /// second for a megabyte.
    pub fn prepare(&self) {
        if !is_text(&self.media_type) {
            return;
        }
        self.gzip
            .get_or_init(|| gzip(&self.body, Compression::best()));
        self.brotli.get_or_init(|| brotli(&self.body));
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The `ETag`.
    pub fn etag(&self) -> &HeaderValue {
        &self.etag
    }

    /// Memory of the content with its gzipped body, in bytes.
    pub fn weight(&self) -> u32 {
        let headers = self.headers.iter().map(|(_, value)| value.len());
        let bytes = OVERHEAD_BYTES + self.body.len() + self.body.len() / 2;
        u32::try_from(bytes + headers.sum::<usize>()).unwrap_or(u32::MAX)
    }

    /// 304 when the request's `If-None-Match` names the `ETag`, else 200 with the body.
    pub fn answer(&self, request: &HeaderMap) -> HttpResponse {
        if self.is_known(request) {
            return self.with_headers(HttpResponse::NotModified().finish());
        }
        self.whole(request)
    }

    /// 200 with the body whatever `If-None-Match` says: for methods that are not safe.
    pub fn whole(&self, request: &HeaderMap) -> HttpResponse {
        let (body, coding) = self.coded(request);
        let mut answer = self.with_headers(HttpResponse::Ok().body(body));
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.media_type.clone());
        if let Some(coding) = coding {
            headers.insert(header::CONTENT_ENCODING, coding);
        }
        answer
    }

    /// The smallest form that the client takes: brotli, gzip, plain.
    fn coded(&self, request: &HeaderMap) -> (Bytes, Option<HeaderValue>) {
        if let Some(Some(brotli)) = self.brotli.get()
            && accepts_brotli(request)
        {
            return (brotli.clone(), Some(BROTLI));
        }
        match accepts_gzip(request).then(|| self.gzip()).flatten() {
            Some(gzip) => (gzip, Some(GZIP)),
            None => (self.body.clone(), None),
        }
    }

    fn gzip(&self) -> Option<Bytes> {
        let make = || is_text(&self.media_type).then(|| gzip(&self.body, Compression::default()));
        self.gzip.get_or_init(|| make().flatten()).clone()
    }

    fn with_headers(&self, mut answer: HttpResponse) -> HttpResponse {
        let headers = answer.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        for (name, value) in &self.headers {
            headers.insert(name.clone(), value.clone());
        }
        answer
    }

    fn is_known(&self, request: &HeaderMap) -> bool {
        request
            .get_all(header::IF_NONE_MATCH)
            .any(|tags| etag_matches(tags.as_bytes(), self.etag.as_bytes()))
    }
}

/// Whether compression can pay: pictures and fonts are compressed already.
fn is_text(content_type: &HeaderValue) -> bool {
    let kind = content_type.to_str().unwrap_or_default();
    let texts = ["text/", "javascript", "json", "xml", "svg"];
    texts.iter().any(|text| kind.contains(text))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use actix_web::body::MessageBody;
    use actix_web::http::StatusCode;
    use flate2::read::GzDecoder;

    use super::*;

    const TEXT: HeaderValue = HeaderValue::from_static("text/plain");

    fn asking(name: HeaderName, value: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        headers
    }

    fn tea() -> Content {
        Content::new("tea ".repeat(1_000), TEXT)
    }

    fn bytes(answer: HttpResponse) -> Vec<u8> {
        let body = answer.into_body().try_into_bytes();
        body.unwrap_or_default().to_vec()
    }

    fn coding(answer: &HttpResponse) -> &str {
        let coding = answer.headers().get(header::CONTENT_ENCODING);
        coding.map_or("", |coding| coding.to_str().unwrap())
    }

    #[test]
    fn the_compressed_half_says_the_same() {
        let tea = tea();

        let plain = tea.answer(&HeaderMap::new());
        let packed = tea.answer(&asking(header::ACCEPT_ENCODING, "br, gzip;q=0.5"));

        assert_eq!((coding(&plain), coding(&packed)), ("", "gzip"));
        let (plain, packed) = (bytes(plain), bytes(packed));
        let mut unpacked = Vec::new();
        GzDecoder::new(&packed[..])
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, plain);
        assert!(packed.len() < plain.len() / 10);
    }

    #[test]
    fn what_is_prepared_is_sent_as_brotli_to_those_who_take_it() {
        let tea = tea();
        tea.prepare();

        for (accepted, sent) in [
            ("gzip, deflate, br", "br"),
            ("gzip, br;q=0", "gzip"),
            ("br;q=0, gzip;q=0", ""),
            ("zstd", ""),
        ] {
            let answer = tea.answer(&asking(header::ACCEPT_ENCODING, accepted));
            assert_eq!(coding(&answer), sent, "{accepted}");
            if sent == "br" {
                let mut unpacked = Vec::new();
                brotli::BrotliDecompress(&mut &*bytes(answer), &mut unpacked).unwrap();
                assert_eq!(unpacked, tea.body().as_ref());
            }
        }
    }

    #[test]
    fn a_picture_is_not_compressed_again() {
        let picture = Content::new(vec![0; 4_000], HeaderValue::from_static("image/png"));
        picture.prepare();

        let answer = picture.answer(&asking(header::ACCEPT_ENCODING, "gzip, br"));

        assert_eq!(coding(&answer), "");
    }

    #[test]
    fn who_knows_the_content_is_told_so() {
        let tea = tea().with(header::VARY, HeaderValue::from_static("Accept"));
        let mut asked = HeaderMap::new();
        asked.insert(header::IF_NONE_MATCH, tea.etag().clone());

        let answer = tea.answer(&asked);

        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer.headers().get(header::VARY).unwrap(), "Accept");
        assert_eq!(tea.whole(&asked).status(), StatusCode::OK);
    }
}
