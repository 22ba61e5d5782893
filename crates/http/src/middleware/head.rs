//! What a request asks for, in the one form that the rest of the process knows.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest};

use crate::body::accepts_gzip;

/// The request was HEAD: nobody looks at the answer's body.
#[derive(Debug, Clone, Copy)]
struct HeadersOnly;

/// Routes HEAD to the handler of GET (RFC 9110, 9.3.2): the connection remembers
/// what was asked for and sends the headers only.
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

/// Whether the body is sent, and so a page is looked at.
pub fn wants_body(request: &HttpRequest) -> bool {
    !request.extensions().contains::<HeadersOnly>()
}

/// Bodies are sent as they are or as gzip, which is how files and pages are kept
/// ready: no other coding is made for a request, whatever it lists.
fn choose_coding(headers: &mut HeaderMap) {
    if !headers.contains_key(ACCEPT_ENCODING) {
        return;
    }
    if accepts_gzip(headers) {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    } else {
        headers.remove(ACCEPT_ENCODING);
    }
}
