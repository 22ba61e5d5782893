//! Is anybody there, and what time is it?

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use stampede_kernel::Clock;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(ping).service(time);
}

/// Says "success".
#[utoipa::path(tag = "around", responses((status = 200, body = String, content_type = "application/json", example = "success")))]
#[get("/ping")]
async fn ping() -> HttpResponse {
    HttpResponse::Ok().json("success")
}

/// The shop's clock.
#[derive(Debug, Serialize, ToSchema)]
struct TimeBody {
    /// RFC 3339, UTC, with milliseconds.
    server_time: String,
    /// The same in milliseconds since 1970.
    epoch_ms: i64,
}

/// Tells the time, for countdowns.
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
