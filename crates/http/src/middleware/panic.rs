//! A panic in one request is that request's 500 and nobody else's.

use std::panic::AssertUnwindSafe;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use futures::FutureExt;
use stampede_kernel::codes::INTERNAL;

use crate::problem::Problem;

/// Answers 500 without the panic's text and counts it; the panic hook has logged it.
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
