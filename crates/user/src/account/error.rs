//! Why an account could not be made or changed.

use std::time::Duration;

use sea_orm::DbErr;
use stampede_kernel::CursorMismatch;

/// Why an account could not be made or changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// One field breaks its rule: the field, a stable code, and words.
    #[error("{detail}")]
    Invalid {
        /// The field's name as the API spells it.
        field: &'static str,
        /// A stable code: `too_short`, `too_long`, `characters`, `too_common`, `not_one_mailbox`.
        code: &'static str,
        /// In words.
        detail: String,
    },
    /// Somebody has that user name, however spelled.
    #[error("the user name is taken")]
    UserNameTaken,
    /// No such user.
    #[error("the user does not exist")]
    NotFound,
    /// The password is wrong.
    #[error("the password is wrong")]
    BadPassword,
    /// Too many failures; may be tried again after this time.
    #[error("too many failed attempts")]
    TooManyFailures(Duration),
    /// The hashing queue is full.
    #[error("too many passwords are being checked")]
    Busy,
    /// The last admin cannot be banned or demoted.
    #[error("the shop would be left without an admin")]
    LastAdmin,
    /// The cursor is not one of this list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The database failed; nothing was changed.
    #[error("the account could not be read or written")]
    Database(#[from] DbErr),
}
