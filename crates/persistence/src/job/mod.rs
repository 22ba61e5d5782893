//! Background jobs: pushed in the transaction of their cause, claimed by lease, run at
//! least once, and retried as the policy of their kind says.

mod gauges;
mod operator;
mod order;
mod policy;
mod workers;

use std::sync::Arc;

use async_trait::async_trait;
use fail::fail_point;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait,
    QueryFilter, Statement,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use stampede_kernel::Timestamp;

pub use gauges::{JobCount, counts, measure};
pub use operator::{Job, JobState, JobsError, list, retry, retry_all};
pub use order::{BookedOrders, MailLine, OrderEvent, OrderMail, has_receivers};
pub use policy::{GivenUp, Policy};
pub use workers::Workers;

use crate::entity::job;
use crate::send;

/// The payload of one kind of job; it is stored as JSON.
pub trait Payload: Serialize + DeserializeOwned + Send {
    /// The name in the `job` table, such as `mail.proof`. At most 64 bytes.
    const KIND: &'static str;

    /// The lane of the job, such as the id of a receiver. Jobs of one lane share
    /// [`Concurrency::per_lane`].
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
    send(tx, inserts(tx.get_database_backend(), payloads, run_at)?).await?;
    fail_point!("job.pushed");
    Ok(())
}

/// Builds the statements of [`push_all`] without sending them.
///
/// # Errors
///
/// When a payload cannot be written as JSON.
pub fn inserts<P: Payload>(
    backend: DatabaseBackend,
    payloads: &[P],
    run_at: Timestamp,
) -> Result<Vec<Statement>, DbErr> {
    let rows = payloads
        .iter()
        .map(|payload| row(payload, run_at))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(crate::inserts::<job::Entity, _>(backend, rows))
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

/// Parses the payload of a job.
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

/// Reads the payloads of all jobs of a kind that are not done, parked ones included;
/// for audits.
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

/// Errors of a job.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Worth another attempt later, as the kind's [`Policy`] says.
    #[error("{0}")]
    Retry(String),
    /// A permanent failure: the job is given up at once.
    #[error("{0}")]
    Permanent(String),
}

impl From<DbErr> for JobError {
    fn from(error: DbErr) -> Self {
        Self::Retry(error.to_string())
    }
}

/// A worker for one kind of job. It must tolerate being run twice for one job, even at
/// the same time.
#[async_trait]
pub trait Worker: Send + Sync {
    /// The kind of job, a [`Payload::KIND`].
    fn kind(&self) -> &'static str;

    /// The retry policy of the kind.
    fn policy(&self) -> Policy {
        Policy::A_DAY
    }

    /// The concurrency limits of the kind.
    fn concurrency(&self) -> Concurrency {
        Concurrency::default()
    }

    /// Does the work that `payload` (JSON) describes.
    async fn run(&self, payload: &str) -> Result<(), JobError>;
}

/// Limits of how many jobs of one kind a process runs concurrently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concurrency {
    /// Jobs in total.
    pub total: usize,
    /// Jobs of one [`Payload::lane`], so that one slow receiver cannot take all
    /// workers. `None` for a kind without lanes, whose jobs all have lane 0.
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

/// A worker shared by the tasks of a process.
type SharedWorker = Arc<dyn Worker>;
