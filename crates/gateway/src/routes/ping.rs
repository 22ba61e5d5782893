//! A ping, and the server's time.

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use stampede_kernel::Clock;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(ping).service(time);
}

/// Answers `"success"`, to show that the API can be reached.
#[utoipa::path(tag = "around", responses((status = 200, body = String, content_type = "application/json", example = "success")))]
#[get("/ping")]
async fn ping() -> HttpResponse {
    HttpResponse::Ok().json("success")
}

/// The server's time.
#[derive(Debug, Serialize, ToSchema)]
struct TimeBody {
    /// The time: RFC 3339, UTC, with milliseconds.
    server_time: String,
    /// The same time in milliseconds since 1970-01-01T00:00:00Z.
    epoch_ms: i64,
}

/// Returns the server's time, for countdowns to a sale.
#[utoipa::path(tag = "around", responses((status = 200, body = TimeBody)))]
#[get("/time")]
async fn time(clock: web::Data<dyn Clock>) -> HttpResponse {
    let now = clock.now();
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(TimeBody {
            server_time: now.to_rfc3339(),
            epoch_ms: now.0,
        })
}
