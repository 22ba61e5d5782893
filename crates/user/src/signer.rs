//! Token signatures: HMAC-SHA-256 with one key for each purpose.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256, Sha512};

/// Signs and verifies tokens of one purpose.
#[derive(Clone)]
pub(crate) struct TokenSigner {
    keyed: Hmac<Sha256>,
}

impl TokenSigner {
    /// Derives the key: SHA-512(purpose ‖ 0 ‖ pepper), as long as a block of SHA-256.
    pub(crate) fn new(pepper: &SecretString, purpose: &str) -> Self {
        let key = Sha512::new()
            .chain_update(purpose)
            .chain_update([0])
            .chain_update(pepper.expose_secret())
            .finalize();
        Self {
            keyed: Hmac::new(&key),
        }
    }

    pub(crate) fn sign(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.mac(parts).finalize().into_bytes().into()
    }

    /// Verifies a signature in constant time.
    pub(crate) fn verify(&self, parts: &[&[u8]], signature: &[u8]) -> bool {
        self.mac(parts).verify_slice(signature).is_ok()
    }

    /// Computes the MAC. Each part is preceded by its length, so that different lists
    /// of parts never give the same input.
    fn mac(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.keyed.clone();
        for part in parts {
            mac.update(&part.len().to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

impl std::fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenSigner").finish_non_exhaustive()
    }
}
