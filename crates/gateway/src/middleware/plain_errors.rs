//! Refusals that come from the framework are written as problems too.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError};

use crate::problem::{Code, Problem};

/// Replaces the body of an error that is no problem yet. What its other headers say –
/// the limits, who may read it – stays true.
pub(crate) async fn as_problems<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?;
    let status = response.status();
    let written = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == "application/problem+json");
    if written || !(status.is_client_error() || status.is_server_error()) {
        return Ok(response.map_into_boxed_body());
    }
    let problem = match code(status) {
        Code::Overloaded => Problem::overloaded(Code::Overloaded.title()),
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

fn code(status: StatusCode) -> Code {
    Code::ALL
        .iter()
        .copied()
        .find(|code| code.status() == status.as_u16() && generic(*code))
        .unwrap_or(if status.is_client_error() {
            Code::MalformedRequest
        } else {
            Code::Internal
        })
}

fn generic(code: Code) -> bool {
    matches!(
        code,
        Code::MalformedRequest
            | Code::Unauthenticated
            | Code::Forbidden
            | Code::NotFound
            | Code::MethodNotAllowed
            | Code::RequestTimeout
            | Code::PayloadTooLarge
            | Code::UnsupportedMediaType
            | Code::InvalidField
            | Code::RateLimited
            | Code::HeadTooLarge
            | Code::Internal
            | Code::Overloaded
    )
}
