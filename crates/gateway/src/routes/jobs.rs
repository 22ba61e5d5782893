//! Work behind the answers: what waits, what was given up, and one more try.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use stampede_http::answer::{List, personal};
use stampede_http::json::OptionalJson;
use stampede_http::path::Id;
use stampede_http::problem::Problem;
use stampede_http::query::{Paging, Params};
use stampede_kernel::{Clock, Timestamp};
use stampede_persistence::Database;
use stampede_persistence::job::{self, Job, JobState};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::Admin;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(all).service(retry);
}

/// Which jobs.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct JobsQuery {
    /// Only those that were given up, or only those that were not.
    parked: Option<bool>,
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    cursor: Option<String>,
}

/// Whether a job waits, runs, or was given up.
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

/// A job that is not done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Job)]
struct JobBody {
    id: i64,
    /// `mail.order`, `mail.proof`, `mail.webhook_off`, `webhook.event`,
    /// `webhook.delivery`, `sale.give`, or of a later release.
    kind: String,
    state: StateName,
    /// How often it was begun.
    attempts: i32,
    /// When it was first due.
    created_at: String,
    /// Not before then.
    run_at: String,
    /// When it was given up; null while it is not.
    parked_at: Option<String>,
    /// Why the last attempt failed, without addresses and tokens.
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

/// Jobs that are not done, newest first.
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
    Ok(personal(&List::page(page, JobBody::from)))
}

/// Nothing.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RetryBody {}

/// Runs a job now that was given up or waits for its next attempt. One that runs is
/// left alone; one that is done is not found.
#[utoipa::path(tag = "admin: jobs", security(("bearer" = [])), params(("id" = i64, Path)),
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
    Ok(personal(&JobBody::from(job)))
}
