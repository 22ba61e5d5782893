//! The token of a proof: base64url(proof id ‖ HMAC-SHA-256 over id, purpose, address).
//!
//! It is made when the mail is sent and stored nowhere.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::ActiveEnum;
use secrecy::{ExposeSecret, SecretString};
use stampede_kernel::ProofId;
use stampede_persistence::entity::email_proof;
use uuid::Uuid;

use crate::signer::TokenSigner;

/// The key of all proofs.
pub(crate) fn proof_signer(pepper: &SecretString) -> TokenSigner {
    TokenSigner::new(pepper, "e-mail proof")
}

/// The token that proves `proof`.
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

/// Which proof a token is about, if it has the shape of one.
pub(super) fn proof_of(token: &SecretString) -> Option<ProofId> {
    let bytes = URL_SAFE_NO_PAD.decode(token.expose_secret().trim()).ok()?;
    let id = bytes.get(..16).filter(|_| bytes.len() == 48)?;
    Uuid::from_slice(id).ok().map(ProofId)
}

/// Whether `token` is the one of `proof`; takes the same time either way.
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
