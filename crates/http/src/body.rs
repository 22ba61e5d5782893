//! Entity tags and content codings for bodies that are kept in memory.

use std::io::Write;

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use brotli::BrotliCompress;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// Smaller bodies gain nothing from compression: they fit into one packet.
const WORTH_COMPRESSING_BYTES: usize = 1_024;
/// The smallest result; a debug build, whose encoder is twenty times as slow, is content with
/// less.
const BROTLI_QUALITY: i32 = if cfg!(debug_assertions) { 4 } else { 11 };

/// Whether an `If-None-Match` list names `etag`, by weak comparison (RFC 9110, 13.1.2).
pub fn etag_matches(tags: &[u8], etag: &[u8]) -> bool {
    tags.split(|byte| *byte == b',').any(|tag| {
        let tag = tag.trim_ascii();
        tag == b"*" || opaque(tag) == opaque(etag)
    })
}

fn opaque(tag: &[u8]) -> &[u8] {
    tag.strip_prefix(b"W/").unwrap_or(tag)
}

/// The body as gzip; `None` where compression does not pay.
pub fn gzip(body: &[u8], level: Compression) -> Option<Bytes> {
    if body.len() < WORTH_COMPRESSING_BYTES {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 2), level);
    encoder.write_all(body).ok()?;
    let packed = encoder.finish().ok()?;
    (packed.len() < body.len()).then(|| packed.into())
}

/// The body as brotli; `None` where compression does not pay.
pub fn brotli(body: &[u8]) -> Option<Bytes> {
    if body.len() < WORTH_COMPRESSING_BYTES {
        return None;
    }
    let parameters = BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        size_hint: body.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::with_capacity(body.len() / 3);
    BrotliCompress(&mut &*body, &mut packed, &parameters).ok()?;
    (packed.len() < body.len()).then(|| packed.into())
}

/// Whether `Accept-Encoding` allows gzip.
pub fn accepts_gzip(request: &HeaderMap) -> bool {
    accepts(request, &["gzip", "x-gzip"])
}

/// Whether `Accept-Encoding` allows brotli.
pub fn accepts_brotli(request: &HeaderMap) -> bool {
    accepts(request, &["br"])
}

/// Whether `Accept-Encoding` allows a coding: by one of its names with a weight above 0, or else
/// by `*` (RFC 9110, 12.5.3).
fn accepts(request: &HeaderMap, names: &[&str]) -> bool {
    let mut any = false;
    for value in request.get_all(header::ACCEPT_ENCODING) {
        for coding in value.to_str().unwrap_or_default().split(',') {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let name = name.trim();
            let taken = !is_zero(weight.trim());
            if names.iter().any(|known| name.eq_ignore_ascii_case(known)) {
                return taken;
            }
            if name == "*" {
                any = taken;
            }
        }
    }
    any
}

/// Whether a weight is `q=0`, with any number of decimals.
fn is_zero(weight: &str) -> bool {
    let digits = weight.strip_prefix("q=").or(weight.strip_prefix("Q="));
    digits.is_some_and(|digits| digits.trim_matches(['0', '.']).is_empty())
}

/// A weak `ETag`: 96 bits of SHA-256 over the parts.
pub fn etag(parts: &[&[u8]]) -> HeaderValue {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    let tag = URL_SAFE_NO_PAD.encode(&digest.finalize()[..12]);
    HeaderValue::from_str(&format!("W/\"{tag}\"")).unwrap_or(HeaderValue::from_static("W/\"0\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(codings: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(codings));
        headers
    }

    #[test]
    fn who_refuses_gzip_gets_none() {
        for refusal in [
            "gzip;q=0",
            "br",
            "gzip;q=0.000",
            "",
            "gzip;q=0, *",
            "*, GZIP;Q=0",
            "*;q=0",
        ] {
            assert!(!accepts_gzip(&accepting(refusal)), "{refusal}");
        }
        for taken in ["gzip", "*", "br, *;q=0.1", "identity;q=0, x-gzip;q=0.001"] {
            let headers = accepting(taken);
            assert!(accepts_gzip(&headers), "{taken}");
        }
    }

    #[test]
    fn each_coding_is_asked_for_by_its_own_name() {
        assert!(accepts_brotli(&accepting("gzip, br")));
        assert!(accepts_brotli(&accepting("*;q=0.5, gzip;q=0")));
        assert!(!accepts_brotli(&accepting("gzip, br;q=0")));
        assert!(!accepts_brotli(&accepting("gzip")));
        assert!(!accepts_brotli(&HeaderMap::new()));
    }

    #[test]
    fn a_tag_is_known_strong_or_weak_and_a_star_is_any() {
        let weak = etag(&[b"tea"]);
        let weak = weak.as_bytes();
        let strong = opaque(weak);

        assert!(etag_matches(b"*", weak));
        assert!(etag_matches(&[b"\"x\", ", strong].concat(), weak));
        assert!(!etag_matches(b"W/\"x\"", weak));
    }
}
