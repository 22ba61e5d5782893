//! CORS: the other web sites that may call the API from a browser.

use actix_cors::Cors;
use actix_web::http::header;

/// Marks an application with CORS, whose responses vary by `Origin`.
#[derive(Debug, Clone, Copy)]
pub struct CrossOrigin;

/// Allows `origins` and no others. Credentials are never allowed: the
/// cookies of a session are for the shop's own pages.
pub fn cors(origins: &[String]) -> Cors {
    let allowed = origins
        .iter()
        .fold(Cors::default(), |cors, origin| cors.allowed_origin(origin));
    allowed
        .allowed_methods(["GET", "POST", "PUT", "DELETE"])
        .allowed_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::ACCEPT_LANGUAGE,
            header::IF_NONE_MATCH,
            header::HeaderName::from_static("idempotency-key"),
            header::HeaderName::from_static("x-request-id"),
        ])
        .expose_headers([
            "etag",
            "location",
            "retry-after",
            "x-request-id",
            "idempotency-replayed",
            "ratelimit-limit",
            "ratelimit-remaining",
            "ratelimit-reset",
        ])
        .block_on_origin_mismatch(false)
        .max_age(3_600)
}
