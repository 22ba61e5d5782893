//! One log-in and the refresh token that may still be spent.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SessionId, Timestamp, UserId};

/// One log-in and the refresh token that may still be spent.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Made before the insert.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// SHA-256 of the live refresh token, hexadecimal.
    pub token_hash: String,
    /// Logged in.
    pub created_at: Timestamp,
    /// Last rotation.
    pub refreshed_at: Timestamp,
    /// The refresh token's end.
    pub expires_at: Timestamp,
    /// Logged out, reused, banned or superseded.
    pub revoked_at: Option<Timestamp>,
    /// The session of the log-in, where this one came of a refresh token that was spent
    /// twice within the grace: they end together. Null: this is the one of the log-in.
    pub family_id: Option<SessionId>,
    /// JSON: the tokens that were spent last, for as long as they may be spent again.
    pub spent: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
