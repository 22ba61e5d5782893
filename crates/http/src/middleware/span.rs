//! The tracing span of a request, and one log line at its end.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::request_id::RequestId;
use crate::client::ClientAddress;

/// Middleware that handles the request within a tracing span.
pub async fn request_span<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let span = span(&request);
    let answered = async {
        let outcome = next.call(request).await;
        end(&outcome);
        outcome
    };
    answered.instrument(span).await
}

/// The span: method, path, request id and client; no header, no query string, no body.
fn span(request: &ServiceRequest) -> Span {
    tracing::info_span!(
        "http.request",
        request.id = request.extensions().get::<RequestId>().map(|id| id.0.as_str()),
        http.method = %request.method(),
        http.path = request.path(),
        client.address = %ClientAddress::of(request.request()).0,
        http.status = Empty,
    )
}

fn end<B>(outcome: &Result<ServiceResponse<B>, Error>) {
    let status = match outcome {
        Ok(response) => response.status(),
        Err(error) => error.as_response_error().status_code(),
    };
    Span::current().record("http.status", status.as_u16());
    tracing::debug!("answered");
}
