//! Access tokens that must not be accepted any more.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SessionId, Timestamp, UserId};

/// Access tokens that must not be accepted any more.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revocation")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Whose.
    pub user_id: UserId,
    /// Of this session only; null: of all.
    pub session_id: Option<SessionId>,
    /// Those issued before.
    pub before: Timestamp,
    /// When the row was written.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
