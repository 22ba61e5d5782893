//! The token of a proof: base64url(proof id ‖ HMAC-SHA-256 over id, purpose, address).
//!
//! The token is made when the mail is sent and never stored.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::ActiveEnum;
use secrecy::{ExposeSecret, SecretString};
use stampede_kernel::ProofId;
use stampede_persistence::entity::email_proof;
use uuid::Uuid;

use crate::signer::TokenSigner;

/// Returns the signer of proof tokens.
pub(crate) fn proof_signer(pepper: &SecretString) -> TokenSigner {
    TokenSigner::new(pepper, "e-mail proof")
}

/// Makes the token of `proof`.
pub(super) fn make(signer: &TokenSigner, proof: &email_proof::Model) -> SecretString {
    let purpose = proof.purpose.to_value();
    let mac = signer.sign(&[
        proof.id.0.as_bytes(),
        purpose.as_bytes(),
        proof.email.as_bytes(),
    ]);
    let bytes = [proof.id.0.as_bytes().as_slice(), &mac].concat();
    URL_SAFE_NO_PAD.encode(bytes).into()
}

/// Returns the id of the proof that a token names, without verifying it.
pub(super) fn proof_of(token: &SecretString) -> Option<ProofId> {
    let bytes = URL_SAFE_NO_PAD.decode(token.expose_secret().trim()).ok()?;
    let id = bytes.get(..16).filter(|_| bytes.len() == 48)?;
    Uuid::from_slice(id).ok().map(ProofId)
}

/// Verifies in constant time that `token` belongs to `proof`.
pub(super) fn proves(
    signer: &TokenSigner,
    token: &SecretString,
    proof: &email_proof::Model,
) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token.expose_secret().trim()) else {
        return false;
    };
    let purpose = proof.purpose.to_value();
    let parts = [
        proof.id.0.as_bytes().as_slice(),
        purpose.as_bytes(),
        proof.email.as_bytes(),
    ];
    bytes
        .split_at_checked(16)
        .is_some_and(|(_, mac)| signer.verify(&parts, mac))
}
