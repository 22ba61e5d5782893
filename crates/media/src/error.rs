//! Errors of storing pictures.

use std::time::Duration;

use sea_orm::DbErr;
use stampede_kernel::codes::RATE_LIMITED;
use stampede_kernel::{FieldError, Refusal, Refuse};
use stampede_persistence::database_refusal;

use crate::codes::UNREADABLE_IMAGE;

/// Errors of storing pictures.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The bytes are not a valid JPEG, PNG, WebP or GIF.
    #[error("the file is not a picture that can be read (JPEG, PNG, WebP or GIF)")]
    Unreadable,
    /// Wider or higher than allowed; judged before it is decoded.
    #[error("the picture is larger than {0} × {0} pixels")]
    TooManyPixels(u32),
    /// The user has sent too many pictures; the field says how long to wait.
    #[error("too many pictures were sent")]
    TooOften(Duration),
    /// Too many pictures are being decoded.
    #[error("too many pictures are being processed")]
    Busy,
    /// The media folder could not be written.
    #[error("the picture could not be stored")]
    Storage(#[from] std::io::Error),
    /// The database failed; nothing refers to the picture.
    #[error("the picture could not be recorded")]
    Database(#[from] DbErr),
}

impl Refuse for MediaError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Unreadable => Refusal::because(UNREADABLE_IMAGE, self),
            Self::TooManyPixels(_) => {
                FieldError::new("file", "too_many_pixels", self.to_string()).refusal()
            }
            Self::TooOften(wait) => Refusal::because(RATE_LIMITED, self).retry_after(*wait),
            Self::Busy => Refusal::overloaded(self),
            Self::Storage(cause) => Refusal::internal(cause),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}
