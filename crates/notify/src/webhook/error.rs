//! Why a webhook was not registered, listed, deleted or told again.

use sea_orm::DbErr;
use stampede_kernel::{CursorMismatch, FieldError};
use stampede_persistence::Conflict;

/// Why a webhook was not registered, listed, deleted or told again.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// One field breaks its rule.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// The webhook or the delivery is absent.
    #[error("the webhook or its delivery does not exist")]
    NotFound,
    /// The cursor is not one of this list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The database failed; nothing was changed.
    #[error("the webhook could not be read or written")]
    Database(#[from] DbErr),
}

impl Conflict for WebhookError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_conflict())
    }
}
