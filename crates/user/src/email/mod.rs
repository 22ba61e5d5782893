//! Proofs by e-mail: bind, unbind, change or reset a password.

mod error;
mod service;

pub use error::EmailError;
pub use service::{EmailService, ProofRequest};
