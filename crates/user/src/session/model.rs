//! Tokens and who stands behind them.

use std::net::IpAddr;
use std::time::Duration;

use secrecy::SecretString;
use stampede_kernel::{Language, SessionId, UserId};
use stampede_persistence::entity::user::Role;

use crate::account::User;

/// A log-in attempt.
#[derive(Debug)]
pub struct LogIn {
    /// As the user spells it.
    pub user_name: String,
    /// The password.
    pub password: SecretString,
    /// Where from, for the limiter.
    pub address: IpAddr,
    /// The language of mails from now on.
    pub language: Language,
}

/// What a log-in gives.
#[derive(Debug)]
pub struct LoggedIn {
    /// Who it is.
    pub user: User,
    /// The tokens.
    pub tokens: TokenPair,
}

/// An access token and the refresh token that renews it.
#[derive(Debug)]
pub struct TokenPair {
    /// JWT, HS256.
    pub access: SecretString,
    /// How long the access token lives.
    pub expires_in: Duration,
    /// Opaque; spent by the next refresh.
    pub refresh: SecretString,
}

/// Who makes a request, as the access token proves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The user.
    pub user: UserId,
    /// The session the token belongs to.
    pub session: SessionId,
    /// What the user may do.
    pub role: Role,
    /// Made by `stampede rehearse`: passes the address limiter.
    pub rehearsal: bool,
}
