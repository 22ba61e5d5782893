//! An HS256-only crypto provider for `jsonwebtoken`. The provider that the crate brings
//! along includes RSA and elliptic curves, which no token here uses.

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result};
use jsonwebtoken::signature::{self, Signer, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use sha2::Sha256;

static HS256_ALONE: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key: &EncodingKey| {
        Ok(Box::new(Hs256::new(*algorithm, key.as_bytes())?))
    },
    verifier_factory: |algorithm, key: &DecodingKey| {
        let secret = key.try_get_as_bytes()?;
        Ok(Box::new(Hs256::new(*algorithm, secret)?))
    },
    // Of keys in JSON, which are not used here.
    key_utils: KeyUtils::new_unimplemented(),
};

/// Installs HS256 as the only algorithm of `jsonwebtoken` in this process; any other
/// one is an error. Must be called before a token is signed or verified; repeated calls
/// do nothing.
pub(super) fn install() {
    // It fails where it is installed already.
    let _ = HS256_ALONE.install_default();
}

struct Hs256(Hmac<Sha256>);

impl Hs256 {
    fn new(algorithm: Algorithm, secret: &[u8]) -> Result<Self> {
        if algorithm != Algorithm::HS256 {
            return Err(ErrorKind::InvalidAlgorithm.into());
        }
        let keyed = Hmac::new_from_slice(secret).map_err(|_| ErrorKind::InvalidKeyFormat)?;
        Ok(Self(keyed))
    }

    fn over(&self, message: &[u8]) -> Hmac<Sha256> {
        self.0.clone().chain_update(message)
    }
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, signature::Error> {
        Ok(self.over(message).finalize().into_bytes().to_vec())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    /// Verifies a signature in constant time.
    fn verify(
        &self,
        message: &[u8],
        signature: &Vec<u8>,
    ) -> std::result::Result<(), signature::Error> {
        let mac = self.over(message);
        mac.verify_slice(signature)
            .map_err(signature::Error::from_source)
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use jsonwebtoken::{crypto, decode};
    use serde_json::Value;

    use super::*;

    /// RFC 7515, appendix A.1.
    const KEY: &str =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    const HEADER: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9";
    const CLAIMS: &str = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt\
                          cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    const SIGNATURE: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    fn key() -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(KEY).unwrap()
    }

    #[test]
    fn the_example_of_the_standard_has_the_signature_that_it_gives() {
        install();
        let message = format!("{HEADER}.{CLAIMS}");
        let encoding = EncodingKey::from_secret(&key());
        let decoding = DecodingKey::from_secret(&key());

        let signed = crypto::sign(message.as_bytes(), &encoding, Algorithm::HS256).unwrap();
        assert_eq!(signed, SIGNATURE);

        let mut then = jsonwebtoken::Validation::new(Algorithm::HS256);
        then.validate_exp = false;
        let token = format!("{message}.{SIGNATURE}");
        let claims = decode::<Value>(&token, &decoding, &then).unwrap().claims;
        assert_eq!(claims["iss"], "joe");

        let another = token.replace(".dBjft", ".eBjft");
        let refused = decode::<Value>(&another, &decoding, &then).unwrap_err();
        assert_eq!(*refused.kind(), ErrorKind::InvalidSignature);
    }

    #[test]
    fn no_other_algorithm_is_known() {
        install();
        let encoding = EncodingKey::from_secret(&key());
        for other in [Algorithm::HS384, Algorithm::HS512, Algorithm::RS256] {
            let refused = crypto::sign(b"x", &encoding, other).unwrap_err();
            assert_eq!(*refused.kind(), ErrorKind::InvalidAlgorithm, "{other:?}");
        }
    }
}
