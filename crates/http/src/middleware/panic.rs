//! Panics in handlers: one becomes a 500 of its own request and affects no other.

use std::panic::AssertUnwindSafe;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use futures::FutureExt;
use stampede_kernel::codes::INTERNAL;

use crate::problem::Problem;

/// Middleware that answers a panic with 500, without its text, and counts it. The panic hook
/// logs it.
pub async fn catch_panics<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let problem = Problem::new(INTERNAL);
    let answered = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    answered.unwrap_or_else(|_| {
        metrics::counter!("stampede_panics_total").increment(1);
        Err(Error::from(problem))
    })
}
