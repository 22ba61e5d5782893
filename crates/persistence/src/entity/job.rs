//! A background job.

use sea_orm::entity::prelude::*;
use stampede_kernel::Timestamp;

/// A background job.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The kind of job; it selects the worker.
    pub kind: String,
    /// JSON of the kind's payload.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// The earliest time of the next attempt.
    pub run_at: Timestamp,
    /// The lease of the process that runs it.
    pub claimed_until: Option<Timestamp>,
    /// How often it was claimed; the fencing token of a claim.
    pub attempts: i32,
    /// How often it failed since it was pushed or an operator retried it.
    pub failures: i32,
    /// Number of leases in a row that lapsed because their process ended.
    pub lost: i32,
    /// The lane: jobs of one lane share a limit of concurrency; 0 unless its kind has
    /// lanes.
    pub lane: i64,
    /// When it was given up and parked for an operator.
    pub parked_at: Option<Timestamp>,
    /// When it succeeded.
    pub done_at: Option<Timestamp>,
    /// The error of the last failure.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    /// When it was first due.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
