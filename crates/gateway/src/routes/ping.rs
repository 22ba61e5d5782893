//! A ping, and the server's time.

use actix_web::{HttpResponse, get, web};
use stampede_api::time::TimeBody;
use stampede_kernel::Clock;
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

/// Returns the server's time, for countdowns to a sale.
#[utoipa::path(tag = "around", responses((status = 200, body = TimeBody)))]
#[get("/time")]
async fn time(clock: web::Data<dyn Clock>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(TimeBody::from(clock.now()))
}
