//! What the gateway may ask of e-mail proofs.

use std::net::IpAddr;

use async_trait::async_trait;
use secrecy::SecretString;
use stampede_kernel::{Language, UserId};

use super::EmailError;
use crate::account::User;

/// What a signed-in user wants to prove.
#[derive(Debug)]
pub enum ProofRequest {
    /// To bind this address.
    Bind(String),
    /// To unbind the bound address.
    Unbind,
    /// To set this password; the mail goes to the proven address.
    ChangePassword(SecretString),
}

/// Sends proofs and takes them back.
#[async_trait]
pub trait EmailService: Send + Sync {
    /// Records a proof and pushes the job that mails it. A newer proof of the
    /// same purpose supersedes the older.
    async fn send(
        &self,
        user: UserId,
        request: ProofRequest,
        language: Language,
    ) -> Result<(), EmailError>;

    /// Spends the token of a proof that `user` asked for.
    async fn redeem(&self, user: UserId, token: SecretString) -> Result<User, EmailError>;

    /// Mails a reset to whoever has proven `email`; says nothing of whether anybody has.
    async fn forgot(&self, email: &str, from: IpAddr, language: Language)
    -> Result<(), EmailError>;

    /// Sets a forgotten password anew and ends every session.
    async fn reset(&self, token: SecretString, password: SecretString) -> Result<(), EmailError>;
}
