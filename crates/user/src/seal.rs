//! HMAC-SHA-256 under a key of its own for each purpose.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256, Sha512};

/// Makes and checks seals of one purpose.
#[derive(Clone)]
pub(crate) struct Seal {
    keyed: Hmac<Sha256>,
}

impl Seal {
    /// The key is SHA-512(purpose ‖ 0 ‖ pepper), as long as a block of SHA-256.
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

    pub(crate) fn make(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.over(parts).finalize().into_bytes().into()
    }

    /// Takes the same time whether it holds or not.
    pub(crate) fn holds(&self, parts: &[&[u8]], seal: &[u8]) -> bool {
        self.over(parts).verify_slice(seal).is_ok()
    }

    /// Each part goes in with its length, so that no two lists of parts are one text.
    fn over(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.keyed.clone();
        for part in parts {
            mac.update(&part.len().to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seal").finish_non_exhaustive()
    }
}
