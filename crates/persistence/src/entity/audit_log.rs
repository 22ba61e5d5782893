//! One act of an admin.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Timestamp, UserId};

/// One act of an admin.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Who; null for the command line.
    pub actor_id: Option<UserId>,
    /// What: `user.ban` …
    pub action: String,
    /// To what: `user:7` …
    pub target: String,
    /// In which way, as JSON.
    #[sea_orm(column_type = "Text")]
    pub detail: String,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
