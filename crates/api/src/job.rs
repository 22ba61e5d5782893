//! Background jobs.

use serde::{Deserialize, Serialize};
use stampede_http::problem::Problem;
use stampede_http::query::Paging;
use stampede_kernel::{Cursor, PageSize, Timestamp};
use stampede_persistence::job::{Job, JobState};
use utoipa::ToSchema;

/// Filter of the list of jobs.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobsQuery {
    /// True for parked jobs only, false for the others only; absent for both.
    pub parked: Option<bool>,
    /// Number of items on a page, 1–100; 15 when absent.
    #[param(minimum = 1, maximum = 100)]
    page_size: Option<u64>,
    /// `next_cursor` of the previous page; absent for the first.
    cursor: Option<String>,
}

impl JobsQuery {
    /// The page that is asked for.
    ///
    /// # Errors
    ///
    /// 422 for a page size that is out of range.
    pub fn page(self) -> Result<(PageSize, Option<Cursor>), Problem> {
        let paging = Paging {
            page_size: self.page_size,
            cursor: self.cursor,
        };
        paging.read()
    }
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
pub struct JobBody {
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

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryBody {}
