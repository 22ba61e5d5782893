//! Refresh tokens: base64url(session id ‖ 256 random bits ‖ HMAC-SHA-256).
//!
//! The row keeps a hash of the one token that may be spent. The session id inside a
//! token tells to which session a spent token belongs; the HMAC proves that the token
//! was issued here, so that nobody can end a session with a forged token.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::DbErr;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use stampede_kernel::SessionId;
use uuid::Uuid;

use crate::signer::TokenSigner;

/// A refresh token.
pub(super) struct RefreshToken {
    pub(super) session: SessionId,
    bytes: [u8; 80],
}

impl RefreshToken {
    pub(super) fn new(signer: &TokenSigner, session: SessionId) -> Result<Self, DbErr> {
        let mut bytes = [0; 80];
        bytes[..16].copy_from_slice(session.0.as_bytes());
        getrandom::fill(&mut bytes[16..48]).map_err(|error| DbErr::Custom(error.to_string()))?;
        let mac = signer.sign(&[&bytes[..48]]);
        bytes[48..].copy_from_slice(&mac);
        Ok(Self { session, bytes })
    }

    /// Parses a token; `None` for anything that [`RefreshToken::new`] did not make.
    pub(super) fn parse(signer: &TokenSigner, text: &SecretString) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.expose_secret()).ok()?;
        let bytes: [u8; 80] = bytes.try_into().ok()?;
        let session = SessionId(Uuid::from_slice(&bytes[..16]).ok()?);
        signer
            .verify(&[&bytes[..48]], &bytes[48..])
            .then_some(Self { session, bytes })
    }

    pub(super) fn text(&self) -> SecretString {
        URL_SAFE_NO_PAD.encode(self.bytes).into()
    }

    /// Returns the hash that the row keeps.
    pub(super) fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_tokens_are_read() {
        let signer = TokenSigner::new(&"pepper".into(), "refresh token");
        let token = RefreshToken::new(&signer, SessionId::new()).unwrap();

        let read = RefreshToken::parse(&signer, &token.text()).unwrap();
        let mut forged = token.bytes;
        forged[20] ^= 1;

        assert_eq!((read.session, read.hash()), (token.session, token.hash()));
        assert!(RefreshToken::parse(&signer, &URL_SAFE_NO_PAD.encode(forged).into()).is_none());
        assert!(RefreshToken::parse(&signer, &"".into()).is_none());
    }
}
