//! Admin routes of background jobs: pending and parked jobs, and retrying them.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use stampede_http::json::OptionalJson;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_http::response::{List, ok_private};
use stampede_kernel::{Clock, Timestamp};
use stampede_persistence::Database;
use stampede_persistence::job::{self, Job, JobState};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(all).service(retry);
}

/// Filter of the list of jobs.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct JobsQuery {
    /// True for parked jobs only, false for the others only; absent for both.
    parked: Option<bool>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
}

/// State of a background job: `waiting` for its next attempt, `running`, or `parked` after its
/// last attempt failed.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = JobState)]
enum StateName {
    Waiting,
    Running,
    Parked,
}

impl From<JobState> for StateName {
    fn from(state: JobState) -> Self {
        match state {
            JobState::Waiting => Self::Waiting,
            JobState::Running => Self::Running,
            JobState::Parked => Self::Parked,
        }
    }
}

/// A background job that has not succeeded yet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Job)]
struct JobBody {
    /// Id of the job.
    id: i64,
    /// Kind of the job: `mail.order`, `mail.proof`, `mail.webhook_off`, `webhook.event`,
    /// `webhook.delivery`, `sale.give`; later releases may add others.
    kind: String,
    /// State of the job.
    state: StateName,
    /// Number of attempts begun.
    attempts: i32,
    /// Time at which the job was first due: RFC 3339, UTC.
    created_at: String,
    /// Earliest time of the next attempt: RFC 3339, UTC.
    run_at: String,
    /// Time at which the last attempt failed for good: RFC 3339, UTC; null unless the job is
    /// parked.
    parked_at: Option<String>,
    /// Error of the last attempt, without addresses and tokens; null when there is none.
    last_error: Option<String>,
}

impl From<Job> for JobBody {
    fn from(job: Job) -> Self {
        Self {
            id: job.id,
            kind: job.kind,
            state: job.state.into(),
            attempts: job.attempts,
            created_at: job.created_at.to_rfc3339(),
            run_at: job.run_at.to_rfc3339(),
            parked_at: job.parked_at.map(Timestamp::to_rfc3339),
            last_error: job.last_error,
        }
    }
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
    let paging = Paging {
        page_size: query.page_size,
        cursor: query.cursor,
    };
    let (size, cursor) = paging.read()?;
    let page = job::list(&db, query.parked, size, cursor.as_ref(), clock.now()).await?;
    Ok(ok_private(&List::page(page, JobBody::from)))
}

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RetryBody {}

/// Retries a background job now.
///
/// The job may be parked or waiting for its next attempt. A running job is left alone; a job
/// that has succeeded is not found.
#[utoipa::path(tag = "admin: jobs", security(("bearer" = [])), params(("id" = i64, Path, description = "Id of the job.")),
    request_body = RetryBody, responses((status = 200, body = JobBody)))]
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
