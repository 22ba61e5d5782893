//! Admin routes of background jobs: pending and parked jobs, and retrying them.

use actix_web::{HttpResponse, get, post, web};
use stampede_api::job::{JobBody, JobsQuery, RetryBody};
use stampede_http::json::OptionalJson;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::Params;
use stampede_http::response::{List, ok_private};
use stampede_kernel::Clock;
use stampede_persistence::Database;
use stampede_persistence::job;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(all).service(retry);
}

/// Lists the background jobs that have not succeeded yet, newest first.
#[utoipa::path(tag = "admin: jobs", security(("bearer" = [])), params(JobsQuery), responses(
    (status = 200, body = List<JobBody>),
))]
#[get("/admin/jobs")]
async fn all(
    _: Admin,
    Params(query): Params<JobsQuery>,
    db: web::Data<Database>,
    clock: web::Data<dyn Clock>,
) -> Result<HttpResponse, Problem> {
    let parked = query.parked;
    let (size, cursor) = query.page()?;
    let page = job::list(&db, parked, size, cursor.as_ref(), clock.now()).await?;
    Ok(ok_private(&List::page(page, JobBody::from)))
}

/// Retries a background job now.
///
/// The job may be parked or waiting for its next attempt. A running job is left alone; a job
/// that has succeeded is not found.
#[utoipa::path(tag = "admin: jobs", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the job.")),
    request_body = Option<RetryBody>, responses((status = 200, body = JobBody)))]
#[post("/admin/jobs/{id}/retry")]
async fn retry(
    admin: Admin,
    Id(id): Id<i64>,
    db: web::Data<Database>,
    clock: web::Data<dyn Clock>,
    OptionalJson(RetryBody {}): OptionalJson<RetryBody>,
) -> Result<HttpResponse, Problem> {
    let job = job::retry(&db, Some(admin.user), id, clock.now()).await?;
    Ok(ok_private(&JobBody::from(job)))
}
