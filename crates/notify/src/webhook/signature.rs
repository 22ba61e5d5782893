//! Signatures of deliveries.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use stampede_kernel::Timestamp;

/// Random bytes in a secret.
const SECRET_BYTES: usize = 32;

/// Generates a secret: `whsec_` and 64 hexadecimal digits. The text itself is the key.
///
/// # Errors
///
/// When the operating system has no random numbers.
pub(super) fn new_secret() -> Result<SecretString, getrandom::Error> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(format!("whsec_{}", hex::encode(bytes)).into())
}

/// Signs a body: `t=<Unix seconds>,v1=<HMAC-SHA-256 over "t.body", hexadecimal>`. The
/// time is signed too, so that a receiver can refuse replays of old deliveries.
pub(super) fn sign(secret: &SecretString, at: Timestamp, body: &str) -> String {
    let seconds = at.0.div_euclid(1_000);
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of every length"));
    mac.update(format!("{seconds}.{body}").as_bytes());
    let code = hex::encode(mac.finalize().into_bytes());
    format!("t={seconds},v1={code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected value was made with `openssl dgst -sha256 -hmac`.
    #[test]
    fn a_signature_is_what_other_programs_make_of_it() {
        let secret = SecretString::from("whsec_test");

        assert_eq!(
            sign(&secret, Timestamp(1_795_336_200_999), r#"{"id":"x"}"#),
            "t=1795336200,v1=6ae568f6ab7211561484107aadcbedaef8738cb50051652bf13be0ca0622869e"
        );
    }

    #[test]
    fn two_secrets_differ_and_are_long() {
        let (one, two) = (new_secret().unwrap(), new_secret().unwrap());

        assert_ne!(one.expose_secret(), two.expose_secret());
        assert_eq!(one.expose_secret().len(), "whsec_".len() + 64);
    }
}
