//! An entry of the audit log.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Timestamp, UserId};

/// An entry of the audit log.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The admin; null for the command line.
    pub actor_id: Option<UserId>,
    /// The action: `user.ban` …
    pub action: String,
    /// The target: `user:7` …
    pub target: String,
    /// Details as JSON.
    #[sea_orm(column_type = "Text")]
    pub detail: String,
    /// When it happened.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
