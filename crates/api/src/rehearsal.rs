//! Rehearsals of a flash sale.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use stampede_http::problem::Problem;
use stampede_kernel::Timestamp;
use utoipa::ToSchema;
use uuid::Uuid;

/// Most users and units of a rehearsal.
const MAX_CROWD: u32 = 50_000;
/// Most claims per second of a rehearsal.
const MAX_RATE: u32 = 20_000;

/// Request to rehearse a flash sale.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RehearsalRequest {
    /// Users who come, 1–50,000.
    #[schema(minimum = 1, maximum = 50_000)]
    pub users: u32,
    /// Units for sale, 1–50,000.
    #[schema(minimum = 1, maximum = 50_000)]
    pub stock: u32,
    /// Claims per second, 1–20,000; when absent, all come within two seconds, at 10,000 a second
    /// at most.
    #[schema(minimum = 1, maximum = 20_000)]
    pub rate: Option<u32>,
}

impl RehearsalRequest {
    /// The request, if all its numbers are within their bounds.
    ///
    /// # Errors
    ///
    /// 422 with the number that is not.
    pub fn checked(self) -> Result<Self, Problem> {
        within("users", self.users, MAX_CROWD)?;
        within("stock", self.stock, MAX_CROWD)?;
        within("rate", self.rate.unwrap_or(1), MAX_RATE)?;
        Ok(self)
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
pub struct RehearsalBody {
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

/// A rehearsal as the process that plays it knows it.
#[derive(Debug)]
pub struct RehearsalRun {
    /// Id of the rehearsal.
    pub id: Uuid,
    /// Users who come.
    pub users: u32,
    /// Units for sale.
    pub stock: u32,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended, with its report or the reason why it could not be played.
    pub ended: Option<(Timestamp, Result<Value, String>)>,
}

impl From<RehearsalRun> for RehearsalBody {
    fn from(run: RehearsalRun) -> Self {
        let finished_at = run.ended.as_ref().map(|(at, _)| at.to_rfc3339());
        let (state, report, error) = match run.ended {
            None => (StateName::Running, None, None),
            Some((_, Ok(report))) => (StateName::Done, Some(report), None),
            Some((_, Err(error))) => (StateName::Failed, None, Some(error)),
        };
        Self {
            id: run.id,
            state,
            users: run.users,
            stock: run.stock,
            started_at: run.started_at.to_rfc3339(),
            finished_at,
            report,
            error,
        }
    }
}
