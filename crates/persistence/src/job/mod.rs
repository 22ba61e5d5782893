//! Work for one process: pushed in the transaction of its cause, claimed by
//! lease, run at least once, and retried as the policy of its kind says.

mod gauges;
mod operator;
mod policy;
mod workers;

use std::sync::Arc;

use async_trait::async_trait;
use fail::fail_point;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use stampede_kernel::Timestamp;

pub use gauges::{JobCount, counts, measure};
pub use operator::{Job, JobState, JobsError, list, retry, retry_all};
pub use policy::{GivenUp, Policy};
pub use workers::Workers;

use crate::entity::job;
use crate::insert_all;

/// A job's kind and what it is about, as one type: `payload` is its JSON.
pub trait Payload: Serialize + DeserializeOwned + Send {
    /// The name in the `job` table, such as `mail.proof`. At most 64 bytes.
    const KIND: &'static str;

    /// Whose jobs share [`Concurrency::per_lane`], where the kind has lanes.
    fn lane(&self) -> i64 {
        0
    }
}

/// Pushes a job; it exists if and only if `tx` commits. Call
/// [`Database::wake_workers`](crate::Database::wake_workers) after the commit.
pub async fn push<P: Payload>(
    tx: &impl ConnectionTrait,
    payload: &P,
    run_at: Timestamp,
) -> Result<(), DbErr> {
    push_all(tx, std::slice::from_ref(payload), run_at).await
}

/// Pushes many jobs of one kind, in as few statements as there can be.
pub async fn push_all<P: Payload>(
    tx: &impl ConnectionTrait,
    payloads: &[P],
    run_at: Timestamp,
) -> Result<(), DbErr> {
    let rows = payloads
        .iter()
        .map(|payload| row(payload, run_at))
        .collect::<Result<Vec<_>, _>>()?;
    insert_all::<job::Entity, _>(tx, rows).await?;
    fail_point!("job.pushed");
    Ok(())
}

fn row<P: Payload>(payload: &P, run_at: Timestamp) -> Result<job::ActiveModel, DbErr> {
    let lane = payload.lane();
    let payload = serde_json::to_string(payload).map_err(|error| DbErr::Json(error.to_string()))?;
    Ok(job::ActiveModel {
        kind: Set(P::KIND.to_owned()),
        payload: Set(payload),
        run_at: Set(run_at),
        attempts: Set(0),
        lane: Set(lane),
        created_at: Set(run_at),
        ..Default::default()
    })
}

/// The payload of a job, as its worker reads it.
///
/// # Errors
///
/// [`JobError::Permanent`] for what is not a payload of this kind. The message
/// repeats nothing of the payload.
pub fn payload<P: Payload>(json: &str) -> Result<P, JobError> {
    serde_json::from_str(json).map_err(|error| {
        let (kind, column) = (P::KIND, error.column());
        JobError::Permanent(format!("the payload is none of {kind} (byte {column})"))
    })
}

/// Jobs of a kind that are not done, parked ones too; for audits.
///
/// # Errors
///
/// When the table cannot be read, or a payload is not one of this kind.
pub async fn open<P: Payload>(db: &impl ConnectionTrait) -> Result<Vec<P>, DbErr> {
    let open = job::Entity::find()
        .filter(job::Column::Kind.eq(P::KIND))
        .filter(job::Column::DoneAt.is_null())
        .all(db)
        .await?;
    let read = |row: &job::Model| serde_json::from_str(&row.payload);
    let payloads = open.iter().map(read).collect::<Result<_, _>>();
    payloads.map_err(|error| DbErr::Json(error.to_string()))
}

/// Why a job did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Worth another attempt later, as the kind's [`Policy`] says.
    #[error("{0}")]
    Retry(String),
    /// It will never succeed: given up at once.
    #[error("{0}")]
    Permanent(String),
}

impl From<DbErr> for JobError {
    fn from(error: DbErr) -> Self {
        Self::Retry(error.to_string())
    }
}

/// Runs the jobs of one kind. May be called twice for one job, also at once.
#[async_trait]
pub trait Worker: Send + Sync {
    /// The kind it runs, a [`Payload::KIND`].
    fn kind(&self) -> &'static str;

    /// What becomes of a job that fails.
    fn policy(&self) -> Policy {
        Policy::A_DAY
    }

    /// How many jobs a process runs side by side.
    fn concurrency(&self) -> Concurrency {
        Concurrency::default()
    }

    /// Does the work that `payload` (JSON) describes.
    async fn run(&self, payload: &str) -> Result<(), JobError>;
}

/// How many jobs of one kind a process runs side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concurrency {
    /// All together.
    pub total: usize,
    /// Those of one [`Payload::lane`]: what one slow receiver can take. `None` for a
    /// kind without lanes, whose jobs all have lane 0.
    pub per_lane: Option<usize>,
}

impl Default for Concurrency {
    fn default() -> Self {
        Self {
            total: 64,
            per_lane: None,
        }
    }
}

/// Workers that many tasks of a process may share.
type SharedWorker = Arc<dyn Worker>;
