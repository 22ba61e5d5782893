//! Jobs and contents of proof mails.

use std::sync::Arc;

use sea_orm::DbErr;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_kernel::{Clock, Language, ProofId};
use stampede_persistence::Database;
use stampede_persistence::entity::email_proof::Purpose;
use stampede_persistence::entity::user::Status;
use stampede_persistence::job::Payload;

use super::{store, token};
use crate::account::store as accounts;
use crate::signer::TokenSigner;

/// The job that mails a proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofMail {
    /// The proof.
    pub proof: ProofId,
    /// The language of the mail.
    pub language: Language,
}

impl Payload for ProofMail {
    const KIND: &'static str = "mail.proof";
}

/// The content of a proof's mail.
#[derive(Debug)]
pub struct ProofMessage {
    /// The recipient's mailbox.
    pub to: String,
    /// The purpose of the token.
    pub purpose: Purpose,
    /// The name in the greeting.
    pub nick_name: String,
    /// The user's language.
    pub language: Language,
    /// The token that redeems the proof.
    pub token: SecretString,
}

/// Builds the mails of proofs; their tokens are made only when the mail is sent.
#[derive(Clone)]
pub struct ProofMails {
    db: Database,
    clock: Arc<dyn Clock>,
    signer: TokenSigner,
}

impl ProofMails {
    pub(crate) fn new(db: Database, clock: Arc<dyn Clock>, signer: TokenSigner) -> Self {
        Self { db, clock, signer }
    }

    /// Returns the content of the mail; `None` when the proof is spent, superseded or
    /// expired, or no user has the address any more.
    pub async fn message(&self, proof: ProofId) -> Result<Option<ProofMessage>, DbErr> {
        let db = self.db.reader();
        let now = self.clock.now();
        let Some(proof) = store::find(db, proof)
            .await?
            .filter(|proof| proof.spent_at.is_none() && proof.expires_at > now)
        else {
            return Ok(None);
        };
        let user = accounts::find(db, proof.user_id).await?;
        let user = user.filter(|user| user.status == Status::Active);
        Ok(user.map(|user| ProofMessage {
            token: token::make(&self.signer, &proof),
            to: proof.email,
            purpose: proof.purpose,
            nick_name: user.nick_name,
            language: Language::parse(&user.language).unwrap_or(Language::EN),
        }))
    }
}

impl std::fmt::Debug for ProofMails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProofMails").finish_non_exhaustive()
    }
}
