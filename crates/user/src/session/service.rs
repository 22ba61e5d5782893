//! What the gateway may ask of sessions.

use async_trait::async_trait;
use secrecy::SecretString;

use super::{AuthError, Caller, LogIn, LoggedIn, SessionError, TokenPair};

/// Opens, renews and ends sessions.
#[async_trait]
pub trait SessionService: Send + Sync {
    /// Takes the same time for an unknown user as for a wrong password.
    async fn log_in(&self, attempt: LogIn) -> Result<LoggedIn, SessionError>;

    /// Spends a refresh token. One that was spent before ends its whole session.
    async fn refresh(&self, token: SecretString) -> Result<TokenPair, SessionError>;

    /// Ends the session of `caller`; its access tokens are dead within 5 s. A refresh
    /// token of another session or user is [`SessionError::BadRefreshToken`].
    async fn log_out(&self, caller: Caller, token: SecretString) -> Result<(), SessionError>;
}

/// Checks access tokens from memory, without a read.
pub trait AccessToken: Send + Sync {
    /// Who stands behind `token`.
    fn verify(&self, token: &str) -> Result<Caller, AuthError>;
}
