//! Errors of the webhook service.

use sea_orm::DbErr;
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{CursorMismatch, FieldError, Refusal, Refuse};
use stampede_persistence::{database_refusal, impl_conflict};

/// Errors of the webhook service.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// A field is invalid.
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

impl Refuse for WebhookError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl_conflict!(WebhookError: Database);
