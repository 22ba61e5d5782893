//! Errors of sessions and access tokens.

use std::time::Duration;

use sea_orm::DbErr;
use stampede_kernel::codes::TOO_MANY_FAILURES;
use stampede_kernel::{RETRY_SOON, Refusal, Refuse, TooMany};
use stampede_persistence::{database_refusal, impl_conflict};

use crate::codes::{AUTH_UNAVAILABLE, BAD_CREDENTIALS, BAD_REFRESH_TOKEN};
use crate::hashing::HashError;

/// Errors of opening and renewing sessions.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// Unknown user, wrong password, banned: one answer for all.
    #[error("the user name or the password is wrong")]
    BadCredentials,
    /// The refresh token is unknown, expired or spent; a spent one ended its session.
    #[error("the refresh token is not valid")]
    BadRefreshToken,
    /// Too many failures; may be tried again after this time.
    #[error("too many failed attempts")]
    TooManyFailures(Duration),
    /// The hashing queue is full.
    #[error("too many passwords are being checked")]
    Busy,
    /// The database failed; nothing was changed.
    #[error("the session could not be read or written")]
    Database(#[from] DbErr),
}

/// Errors of verifying access tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    /// The token is malformed, expired or revoked.
    #[error("the access token is not valid")]
    Invalid,
    /// The revocation list is older than 5 s, so no token can be accepted.
    #[error("sign-in cannot be checked right now")]
    Unavailable,
}

impl Refuse for SessionError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::BadCredentials => Refusal::because(BAD_CREDENTIALS, self),
            Self::BadRefreshToken => Refusal::because(BAD_REFRESH_TOKEN, self),
            Self::TooManyFailures(wait) => {
                Refusal::because(TOO_MANY_FAILURES, self).retry_after(*wait)
            }
            Self::Busy => Refusal::overloaded(self),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl Refuse for AuthError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid => Refusal::unauthenticated(),
            Self::Unavailable => Refusal::because(AUTH_UNAVAILABLE, self).retry_after(RETRY_SOON),
        }
    }
}

impl_conflict!(SessionError: Database);

impl From<HashError> for SessionError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Failed(reason) => Self::Database(DbErr::Custom(reason)),
        }
    }
}

impl From<TooMany> for SessionError {
    fn from(TooMany(wait): TooMany) -> Self {
        Self::TooManyFailures(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_banned_caller_reads_the_words_of_a_token_that_is_not_valid() {
        let invalid = AuthError::Invalid;

        assert_eq!(invalid.refusal().detail, invalid.to_string());
        assert_eq!(crate::AccountError::Banned.refusal(), invalid.refusal());
    }
}
