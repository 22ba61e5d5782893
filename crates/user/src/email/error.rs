//! Why a proof was not sent or not accepted.

use std::time::Duration;

use sea_orm::DbErr;

/// Why a proof was not sent or not accepted.
#[derive(Debug, thiserror::Error)]
pub enum EmailError {
    /// One field breaks its rule: the field, a stable code, and words.
    #[error("{detail}")]
    Invalid {
        /// The field's name as the API spells it.
        field: &'static str,
        /// A stable code.
        code: &'static str,
        /// In words.
        detail: String,
    },
    /// The operation needs a proven address and there is none.
    #[error("there is no verified e-mail address")]
    NoVerifiedAddress,
    /// More than one in a minute or five in a day; may be tried again after this time.
    #[error("too many e-mails were asked for")]
    TooMany(Duration),
    /// Unknown, expired, spent, superseded, or another user's.
    #[error("the token is not valid")]
    BadToken,
    /// The address was proven by somebody else.
    #[error("the e-mail address belongs to another account")]
    EmailTaken,
    /// The hashing queue is full.
    #[error("too many passwords are being checked")]
    Busy,
    /// The database failed; nothing was changed.
    #[error("the proof could not be read or written")]
    Database(#[from] DbErr),
}
