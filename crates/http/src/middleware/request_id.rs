//! Request ids: in the response, in problems and in every line of the log.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use uuid::Uuid;

/// Header of the request id. A valid id of the client is kept, else a new one is made.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id as a request extension, for the root span.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request being answered; empty outside of one.
pub fn current() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// Runs `answer` under a new id, for responses without a request.
pub fn with_new_id<T>(answer: impl FnOnce() -> T) -> T {
    CURRENT.sync_scope(Uuid::now_v7().to_string(), answer)
}

/// Middleware that assigns an id to the request and adds it to the response.
pub async fn assign<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let id = sane(request.headers().get(HEADER)).unwrap_or_else(|| Uuid::now_v7().to_string());
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = CURRENT.scope(id.clone(), next.call(request)).await?;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    Ok(response)
}

/// A client's id, if it has at most 64 letters, digits, `-`, `_`, `.`: others could forge log
/// lines.
fn sane(value: Option<&HeaderValue>) -> Option<String> {
    let id = value?.to_str().ok()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    ((1..=64).contains(&id.len()) && id.bytes().all(plain)).then(|| id.to_owned())
}
