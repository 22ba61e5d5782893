//! Counts answers by route and status, and how long they took.

use std::time::Instant;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use fail::fail_point;

/// Counts the answer under its route's pattern, so that ids make no new series.
pub(crate) async fn measure<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let method = request.method().clone();
    let outcome = next.call(request).await;
    let (route, status) = match &outcome {
        Ok(response) => (
            response.request().match_pattern(),
            response.status().as_u16(),
        ),
        Err(error) => (None, error.as_response_error().status_code().as_u16()),
    };
    let route = route.unwrap_or_else(|| "unmatched".to_owned());
    let labels = [
        ("method", method_name(&method).to_owned()),
        ("route", route),
        ("status", status.to_string()),
    ];
    metrics::histogram!("stampede_http_request_seconds", &labels[..2])
        .record(started.elapsed().as_secs_f64());
    metrics::counter!("stampede_http_requests_total", &labels).increment(1);
    fail_point!("http.answered");
    outcome
}

/// A client may invent methods; they are all "other".
fn method_name(method: &actix_web::http::Method) -> &'static str {
    ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]
        .into_iter()
        .find(|name| *name == method.as_str())
        .unwrap_or("other")
}
