//! Admin routes of the shop's tools: auditing the books, and rehearsing a flash sale.

use actix_web::http::header;
use actix_web::{HttpResponse, get, post, web};
use serde::Serialize;
use stampede_api::audit::{AuditBody, AuditRequest};
use stampede_api::rehearsal::{RehearsalBody, RehearsalRequest};
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::UuidId;
use stampede_http::problem::Problem;
use stampede_http::response::ok_private;
use stampede_persistence::audit_run::Audits;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::auth::Admin;
use crate::tools::{RehearsalPlan, Rehearsals};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(last_audit)
        .service(start_audit)
        .service(start_rehearsal)
        .service(show_rehearsal);
}

/// Returns the result of the last audit of the books, and whether one runs.
#[utoipa::path(tag = "admin", security(("bearer" = [])), responses((status = 200, body = AuditBody)))]
#[get("/admin/audit")]
async fn last_audit(_: Admin, audits: web::Data<Audits>) -> Result<HttpResponse, Problem> {
    Ok(ok_private(&AuditBody::from(audits.read().await?)))
}

/// Audits the books beside the shop, one audit at a time on all processes.
///
/// While one runs, this starts no other, and the answer is about the one that runs.
#[utoipa::path(tag = "admin", security(("bearer" = [])), request_body = Option<AuditRequest>, responses(
    (status = 202, body = AuditBody),
))]
#[post("/admin/audit")]
async fn start_audit(
    admin: Admin,
    audits: web::Data<Audits>,
    _body: OptionalJson<AuditRequest>,
) -> Result<HttpResponse, Problem> {
    let run = audits.start(admin.user).await?;
    Ok(accepted("/api/v1/admin/audit", &AuditBody::from(run)))
}

/// Rehearses a flash sale in this shop: load, verdict, and cleaning up. Only in development.
///
/// It makes a hidden product, users and a sale, sends the claims to this process, compares the
/// answers with the database, and takes all of it away again. One rehearsal runs at a time.
/// Outside of the profile `development` there is no such route: 404.
#[utoipa::path(tag = "admin: seckill", security(("bearer" = [])), request_body = RehearsalRequest, responses(
    (status = 202, body = RehearsalBody),
    (status = 404, description = "not_found: the profile is not development"),
    (status = 409, description = "rehearsal_running"),
))]
#[post("/admin/rehearsals")]
async fn start_rehearsal(
    _: Admin,
    rehearsals: web::Data<Rehearsals>,
    Json(body): Json<RehearsalRequest>,
) -> Result<HttpResponse, Problem> {
    let RehearsalRequest { users, stock, rate } = body.checked()?;
    let plan = RehearsalPlan { users, stock, rate };
    let rehearsal = rehearsals.start(plan)?;
    let path = format!("/api/v1/admin/rehearsals/{}", rehearsal.id);
    Ok(accepted(&path, &RehearsalBody::from(rehearsal.into_run())))
}

/// Returns a rehearsal: whether it runs, or its report.
///
/// The process that plays it knows it, until it is restarted or has played ten more.
#[utoipa::path(tag = "admin: seckill", security(("bearer" = [])), params(("id" = Uuid, Path, description = "Id of the rehearsal.")), responses(
    (status = 200, body = RehearsalBody),
))]
#[get("/admin/rehearsals/{id}")]
async fn show_rehearsal(
    _: Admin,
    UuidId(id): UuidId<Uuid>,
    rehearsals: web::Data<Rehearsals>,
) -> Result<HttpResponse, Problem> {
    Ok(ok_private(&RehearsalBody::from(
        rehearsals.get(id)?.into_run(),
    )))
}

/// 202 with what has begun, and where its end can be read.
fn accepted<T: Serialize>(path: &str, body: &T) -> HttpResponse {
    HttpResponse::Accepted()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::LOCATION, path))
        .json(body)
}
