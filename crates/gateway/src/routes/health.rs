//! Health checks for load balancers and supervisors, outside `/api/v1`.

use actix_web::{HttpResponse, get, web};
use stampede_api::health::HealthBody;
use stampede_http::problem::Problem;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::health::Health;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(healthz).service(readyz);
}

/// Liveness check: the process answers requests.
#[utoipa::path(tag = "around", responses((status = 200, body = HealthBody)))]
#[get("/healthz")]
async fn healthz() -> HttpResponse {
    ok(Vec::new())
}

/// Readiness check: 200 when the process may get requests, 503 when it may not.
///
/// It checks the database, the revocations of sessions and the media folder. A process that is shutting down is not ready.
#[utoipa::path(tag = "around", responses((status = 200, body = HealthBody)))]
#[get("/readyz")]
async fn readyz(health: web::Data<Health>) -> Result<HttpResponse, Problem> {
    let warnings = health.check().await?;
    Ok(ok(warnings))
}

fn ok(warnings: Vec<&'static str>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(HealthBody::ok(warnings))
}
