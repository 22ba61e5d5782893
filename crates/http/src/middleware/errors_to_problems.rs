//! Errors of the framework are sent as problems, too.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};
use stampede_kernel::codes::{
    FORBIDDEN, INTERNAL, INVALID_FIELD, NOT_FOUND, OVERLOADED, RATE_LIMITED, UNAUTHENTICATED,
};

use crate::problem::{Code, Problem};

/// Middleware that replaces the body of an error response that is no problem yet. Headers such
/// as limits and CORS are kept.
pub async fn errors_to_problems<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?;
    let status = response.status();
    let written = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(is_final);
    if written || !(status.is_client_error() || status.is_server_error()) {
        return Ok(response.map_into_boxed_body());
    }
    let problem = match code(status) {
        busy if busy == OVERLOADED => Problem::overloaded(busy.title()),
        code => Problem::new(code),
    };
    let mut answer = problem.error_response();
    for (name, value) in response.headers() {
        let of_the_body = name.as_str().starts_with("content-") || *name == header::ETAG;
        if !of_the_body && !answer.headers().contains_key(name) {
            answer.headers_mut().append(name.clone(), value.clone());
        }
    }
    Ok(response.into_response(answer))
}

/// Whether an error is a problem already, or a page for people.
fn is_final(content_type: &HeaderValue) -> bool {
    let kind = content_type.as_bytes();
    kind == b"application/problem+json" || kind.starts_with(b"text/html")
}

fn code(status: StatusCode) -> Code {
    match status.as_u16() {
        401 => UNAUTHENTICATED.into(),
        403 => FORBIDDEN.into(),
        404 => NOT_FOUND.into(),
        405 => Code::METHOD_NOT_ALLOWED,
        408 => Code::REQUEST_TIMEOUT,
        413 => Code::PAYLOAD_TOO_LARGE,
        415 => Code::UNSUPPORTED_MEDIA_TYPE,
        422 => INVALID_FIELD.into(),
        429 => RATE_LIMITED.into(),
        431 => Code::HEAD_TOO_LARGE,
        503 => OVERLOADED.into(),
        _ if status.is_client_error() => Code::MALFORMED_REQUEST,
        _ => INTERNAL.into(),
    }
}
