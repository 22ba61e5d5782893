//! Types of the session service.

use std::net::IpAddr;
use std::time::Duration;

use secrecy::SecretString;
use stampede_kernel::{Language, SessionId, UserId};
use stampede_persistence::entity::user::Role;

use crate::account::User;

/// A log-in attempt.
#[derive(Debug)]
pub struct LogIn {
    /// The user name, as typed.
    pub user_name: String,
    /// The password.
    pub password: SecretString,
    /// The client's address, for the limiter.
    pub address: IpAddr,
    /// The language of e-mails from now on.
    pub language: Language,
}

/// The result of a log-in.
#[derive(Debug)]
pub struct LoggedIn {
    /// The user.
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
    /// How long the refresh token lives.
    pub refresh_expires_in: Duration,
}

/// The caller of a request, as the access token identifies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The user.
    pub user: UserId,
    /// The session the token belongs to.
    pub session: SessionId,
    /// What the user may do.
    pub role: Role,
    /// Whether the token was made by `stampede rehearse`; such callers are exempt from
    /// the limit per client address.
    pub rehearsal: bool,
}
