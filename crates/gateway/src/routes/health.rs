//! For balancers and supervisors, outside `/api/v1`.

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use stampede_http::problem::Problem;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::health::Health;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(healthz).service(readyz);
}

/// How it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Health)]
struct HealthBody {
    /// `ok`
    status: &'static str,
    /// What somebody should look at.
    warnings: Vec<&'static str>,
}

/// The process is alive.
#[utoipa::path(tag = "around", responses((status = 200, body = HealthBody)))]
#[get("/healthz")]
async fn healthz() -> HttpResponse {
    ok(Vec::new())
}

/// Requests may come.
#[utoipa::path(tag = "around", responses((status = 200, body = HealthBody)))]
#[get("/readyz")]
async fn readyz(health: web::Data<Health>) -> Result<HttpResponse, Problem> {
    let warnings = health.check().await?;
    Ok(ok(warnings))
}

fn ok(warnings: Vec<&'static str>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .json(HealthBody {
            status: "ok",
            warnings,
        })
}
