//! Work for one process.

use sea_orm::entity::prelude::*;
use stampede_kernel::Timestamp;

/// Work for one process.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Which worker runs it.
    pub kind: String,
    /// JSON of the kind's payload.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// Not before.
    pub run_at: Timestamp,
    /// The lease of the process that runs it.
    pub claimed_until: Option<Timestamp>,
    /// How often it was claimed; the fencing token of a claim.
    pub attempts: i32,
    /// How often it failed since it was pushed or an operator retried it.
    pub failures: i32,
    /// How many leases in a row lapsed because their process ended.
    pub lost: i32,
    /// Jobs of one lane share a bound on how many run at once; 0 unless its kind has lanes.
    pub lane: i64,
    /// Given up; an operator may look at it.
    pub parked_at: Option<Timestamp>,
    /// Succeeded.
    pub done_at: Option<Timestamp>,
    /// Of the last failure.
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    /// When it was first due.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
