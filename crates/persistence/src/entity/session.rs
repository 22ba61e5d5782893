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
}

impl ActiveModelBehavior for ActiveModel {}
