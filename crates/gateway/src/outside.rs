//! Every parser of untrusted input in one place, for property tests and fuzzing: none panics on
//! any
//! input, and each takes time linear in it.

use std::net::IpAddr;

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use stampede_api::product::{ChangeProduct, ListQuery};
use stampede_http::accept_language::by_weight;
use stampede_http::body::{accepts_gzip, etag_matches};
use stampede_http::client::{TrustedProxies, visible_ascii};
use stampede_http::query::Paging;
use stampede_http::{json, path, query};

use crate::language;

/// A JSON body of any shape; whether it is taken.
pub fn json_body(bytes: &[u8]) -> bool {
    json::decode::<serde_json::Value>(bytes).is_ok()
}

/// A JSON body of one shape, with texts, numbers, lists and maps.
pub fn json_product(bytes: &[u8]) -> bool {
    json::decode::<ChangeProduct>(bytes).is_ok()
}

/// The words and the fields of a JSON body's refusal.
pub fn json_refusal(bytes: &[u8]) -> String {
    let refused = json::decode::<ChangeProduct>(bytes);
    refused
        .err()
        .map(|problem| format!("{problem:?}"))
        .unwrap_or_default()
}

/// The query string of a list of products.
pub fn list_query(text: &str) -> bool {
    ListQuery::parse(text).is_ok()
}

/// The query string of any other list.
pub fn paging(text: &str) -> bool {
    query::decode::<Paging>(text).and_then(Paging::read).is_ok()
}

/// `?lang=` in a query string.
pub fn lang(text: &str) -> bool {
    language::asked(text).is_ok()
}

/// An `Accept-Language` header; how many languages it names.
pub fn accept_language(text: &str) -> usize {
    by_weight(text).len()
}

/// An `Accept-Encoding` header; whether gzip is taken.
pub fn accept_encoding(bytes: &[u8]) -> bool {
    accepts_gzip(&header(header::ACCEPT_ENCODING, bytes))
}

/// An `If-None-Match` header; whether it names `etag`.
pub fn if_none_match(bytes: &[u8], etag: &[u8]) -> bool {
    etag_matches(bytes, etag)
}

/// An `Idempotency-Key` header; the key, when it is one.
pub fn idempotency_key(bytes: &[u8]) -> Option<String> {
    visible_ascii(bytes).ok()
}

/// An `X-Forwarded-For` header behind these proxies; the client.
pub fn forwarded_for(text: &str, proxies: &TrustedProxies, peer: IpAddr) -> IpAddr {
    proxies.client(peer, &[text])
}

/// The id in a path.
pub fn path_id(text: &str) -> Option<i64> {
    path::positive(text)
}

fn header(name: HeaderName, bytes: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(bytes) {
        headers.insert(name, value);
    }
    headers
}
