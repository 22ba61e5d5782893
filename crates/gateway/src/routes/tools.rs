//! Admin routes of the shop's tools: auditing the books, and rehearsing a flash sale.

use actix_web::http::header;
use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use stampede_http::json::{Json, OptionalJson};
use stampede_http::path::UuidId;
use stampede_http::problem::Problem;
use stampede_http::response::ok_private;
use stampede_kernel::Timestamp;
use stampede_persistence::audit_run::{AuditRun, Audits, LastAudit};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::auth::Admin;
use crate::tools::{Rehearsal, RehearsalPlan, Rehearsals};

/// Most users and units of a rehearsal.
const MAX_CROWD: u32 = 50_000;
/// Most claims per second of a rehearsal.
const MAX_RATE: u32 = 20_000;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(last_audit)
        .service(start_audit)
        .service(start_rehearsal)
        .service(show_rehearsal);
}

/// The audit of the books: whether one runs, and what the last one found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Audit)]
struct AuditBody {
    /// True while an audit runs, on any process.
    running: bool,
    /// Time at which the last audit began: RFC 3339, UTC; null when there was none.
    started_at: Option<String>,
    /// The last audit that ended; null when there was none.
    last: Option<LastAuditBody>,
}

/// An audit that ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LastAudit)]
struct LastAuditBody {
    /// Time at which it ended: RFC 3339, UTC.
    finished_at: String,
    /// True when nothing is broken; null when it could not check.
    clean: Option<bool>,
    /// What `stampede audit --json` prints: `breaches` with `invariant`, `subject` and `detail`, at
    /// most 100; `checked`, with the number of checks and of breaches of each invariant; null when
    /// it could not check.
    #[schema(value_type = Option<Object>)]
    report: Option<Value>,
    /// Reason why it could not check; null when it could.
    error: Option<String>,
}

impl From<AuditRun> for AuditBody {
    fn from(run: AuditRun) -> Self {
        Self {
            running: run.running,
            started_at: run.started_at.map(Timestamp::to_rfc3339),
            last: run.last.map(LastAuditBody::from),
        }
    }
}

impl From<LastAudit> for LastAuditBody {
    fn from(last: LastAudit) -> Self {
        let (found, error) = match last.outcome {
            Ok(found) => (Some(found), None),
            Err(error) => (None, Some(error)),
        };
        Self {
            finished_at: last.at.to_rfc3339(),
            clean: found.as_ref().map(|found| found.clean),
            report: found.map(|found| found.report),
            error,
        }
    }
}

/// Returns the result of the last audit of the books, and whether one runs.
#[utoipa::path(tag = "admin", security(("bearer" = [])), responses((status = 200, body = AuditBody)))]
#[get("/admin/audit")]
async fn last_audit(_: Admin, audits: web::Data<Audits>) -> Result<HttpResponse, Problem> {
    Ok(ok_private(&AuditBody::from(audits.read().await?)))
}

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AuditRequest {}

/// Audits the books beside the shop, one audit at a time on all processes.
///
/// While one runs, this starts no other, and the answer is about the one that runs.
#[utoipa::path(tag = "admin", security(("bearer" = [])), request_body = AuditRequest, responses(
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

/// Request to rehearse a flash sale.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RehearsalRequest {
    /// Users who come, 1–50,000.
    #[schema(minimum = 1, maximum = 50_000)]
    users: u32,
    /// Units for sale, 1–50,000.
    #[schema(minimum = 1, maximum = 50_000)]
    stock: u32,
    /// Claims per second, 1–20,000; when absent, all come within two seconds, at 10,000 a second
    /// at most.
    #[schema(minimum = 1, maximum = 20_000)]
    rate: Option<u32>,
}

impl RehearsalRequest {
    fn into_plan(self) -> Result<RehearsalPlan, Problem> {
        within("users", self.users, MAX_CROWD)?;
        within("stock", self.stock, MAX_CROWD)?;
        within("rate", self.rate.unwrap_or(1), MAX_RATE)?;
        Ok(RehearsalPlan {
            users: self.users,
            stock: self.stock,
            rate: self.rate,
        })
    }
}

fn within(field: &'static str, number: u32, most: u32) -> Result<(), Problem> {
    if (1..=most).contains(&number) {
        return Ok(());
    }
    let detail = format!("must be between 1 and {most}");
    Err(Problem::field(field, "out_of_range", detail))
}

/// State of a rehearsal: `running`, `done` with a report, or `failed` with an error.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RehearsalState)]
enum StateName {
    Running,
    Done,
    Failed,
}

/// A rehearsal of a flash sale.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rehearsal)]
struct RehearsalBody {
    /// Id of the rehearsal.
    id: Uuid,
    /// State of the rehearsal.
    state: StateName,
    /// Users who come.
    users: u32,
    /// Units for sale.
    stock: u32,
    /// Time at which it began: RFC 3339, UTC.
    started_at: String,
    /// Time at which it ended: RFC 3339, UTC; null until then.
    finished_at: Option<String>,
    /// What `stampede rehearse --json` prints: `answers`, `answers_per_second`, `latency`,
    /// `timeline`, `verdict`, `audit`; null until it is done.
    #[schema(value_type = Option<Object>)]
    report: Option<Value>,
    /// Reason why it could not be played; null unless it failed.
    error: Option<String>,
}

impl From<Rehearsal> for RehearsalBody {
    fn from(rehearsal: Rehearsal) -> Self {
        let finished_at = rehearsal.ended.as_ref().map(|(at, _)| at.to_rfc3339());
        let (state, report, error) = match rehearsal.ended {
            None => (StateName::Running, None, None),
            Some((_, Ok(report))) => (StateName::Done, Some(report), None),
            Some((_, Err(error))) => (StateName::Failed, None, Some(error)),
        };
        Self {
            id: rehearsal.id,
            state,
            users: rehearsal.plan.users,
            stock: rehearsal.plan.stock,
            started_at: rehearsal.started_at.to_rfc3339(),
            finished_at,
            report,
            error,
        }
    }
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
    let rehearsal = rehearsals.start(body.into_plan()?)?;
    let path = format!("/api/v1/admin/rehearsals/{}", rehearsal.id);
    Ok(accepted(&path, &RehearsalBody::from(rehearsal)))
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
    Ok(ok_private(&RehearsalBody::from(rehearsals.get(id)?)))
}

/// 202 with what has begun, and where its end can be read.
fn accepted<T: Serialize>(path: &str, body: &T) -> HttpResponse {
    HttpResponse::Accepted()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::LOCATION, path))
        .json(body)
}
