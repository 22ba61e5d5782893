//! A session: a log-in and its current refresh token.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SessionId, Timestamp, UserId};

/// A session: a log-in and its current refresh token.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Made before the insert.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// The user.
    pub user_id: UserId,
    /// SHA-256 of the live refresh token, hexadecimal.
    pub token_hash: String,
    /// When the user logged in.
    pub created_at: Timestamp,
    /// When the refresh token was last rotated.
    pub refreshed_at: Timestamp,
    /// When the refresh token expires.
    pub expires_at: Timestamp,
    /// When it ended: log-out, token reuse, ban or superseded.
    pub revoked_at: Option<Timestamp>,
    /// The session of the log-in, if this one was opened by a refresh token that was
    /// spent twice within the grace period: they end together. Null for the session of
    /// the log-in itself.
    pub family_id: Option<SessionId>,
    /// JSON of the last spent tokens, while they may be spent again.
    pub spent: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
