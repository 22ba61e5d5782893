//! Proofs by e-mail: bind, unbind, change or reset a password.

mod canonical;
mod error;
mod mail;
mod mailbox;
mod service;
mod store;
mod token;

pub use error::EmailError;
pub use mail::{ProofMail, ProofMails, ProofMessage};
pub(crate) use mailbox::{Mailbox, Mailboxes};
pub use service::{DbEmails, EmailService, ProofRequest};
pub use stampede_persistence::entity::email_proof::Purpose;
pub(crate) use store::{request_bind, void_all};
pub(crate) use token::proof_signer;
