//! Request metrics: count and latency by route and status.

use std::time::Instant;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use fail::fail_point;
use metrics::{Counter, Histogram, counter, histogram};

const ANSWERS: &str = "stampede_http_requests_total";
const SECONDS: &str = "stampede_http_request_seconds";

/// Middleware that counts each response under its route pattern, so that ids make no new time
/// series.
pub async fn record_metrics<B: MessageBody>(
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
    histogram!(SECONDS, &labels[..2]).record(started.elapsed().as_secs_f64());
    counter!(ANSWERS, &labels).increment(1);
    fail_point!("http.answered");
    outcome
}

/// The metrics of one route's cache hits: those of the route, with the label `cache="hit"`.
#[derive(Clone)]
pub struct CacheHitMetrics {
    seconds: Histogram,
    sent: Counter,
    not_modified: Counter,
}

impl CacheHitMetrics {
    /// Metrics of GET on `route`, given as the router's pattern.
    pub fn hits(route: &'static str) -> Self {
        let answers = |status: &'static str| {
            let labels = [
                ("method", "GET"),
                ("route", route),
                ("status", status),
                ("cache", "hit"),
            ];
            counter!(ANSWERS, &labels)
        };
        let labels = [("method", "GET"), ("route", route), ("cache", "hit")];
        Self {
            seconds: histogram!(SECONDS, &labels),
            sent: answers("200"),
            not_modified: answers("304"),
        }
    }

    /// Counts a response that was begun at `started`.
    pub fn count(&self, status: StatusCode, started: Instant) {
        self.seconds.record(started.elapsed().as_secs_f64());
        if status == StatusCode::NOT_MODIFIED {
            self.not_modified.increment(1);
        } else {
            self.sent.increment(1);
        }
    }
}

/// The method as a label; methods that clients invent are all "other".
fn method_name(method: &actix_web::http::Method) -> &'static str {
    ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]
        .into_iter()
        .find(|name| *name == method.as_str())
        .unwrap_or("other")
}
