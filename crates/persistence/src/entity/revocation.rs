//! A revocation of access tokens.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SessionId, Timestamp, UserId};

/// A revocation of access tokens.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revocation")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The user.
    pub user_id: UserId,
    /// The session whose tokens are revoked; null for all sessions.
    pub session_id: Option<SessionId>,
    /// Tokens issued up to this time are revoked.
    pub before: Timestamp,
    /// When the row was written.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
