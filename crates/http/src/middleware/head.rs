//! Normalises requests: HEAD becomes GET, `Accept-Encoding` keeps the codings that exist here.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest};

use crate::body::{accepts_brotli, accepts_gzip};

/// Marks a HEAD request, whose body is not sent.
#[derive(Debug, Clone, Copy)]
struct HeadersOnly;

/// Routes HEAD to the handler of GET (RFC 9110, 9.3.2); the connection remembers the method and
/// sends the headers only.
pub async fn head_as_get<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if *request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
        request.extensions_mut().insert(HeadersOnly);
    }
    choose_coding(&mut request.head_mut().headers);
    next.call(request).await
}

/// Whether the body is sent, so that the request counts as a view.
pub fn wants_body(request: &HttpRequest) -> bool {
    !request.extensions().contains::<HeadersOnly>()
}

/// Reduces `Accept-Encoding` to brotli and gzip: bodies are kept in no other coding.
fn choose_coding(headers: &mut HeaderMap) {
    if !headers.contains_key(ACCEPT_ENCODING) {
        return;
    }
    let chosen = match (accepts_brotli(headers), accepts_gzip(headers)) {
        (true, true) => "br, gzip",
        (true, false) => "br",
        (false, true) => "gzip",
        (false, false) => {
            headers.remove(ACCEPT_ENCODING);
            return;
        }
    };
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(chosen));
}
