//! Payment PINs: kept as HMAC-SHA-384(pepper, user id ‖ PIN).
//!
//! No slow hash: ten thousand winners of a sale must be able to pay within
//! minutes. A stolen table is worthless without the pepper, and guesses over
//! the wire meet a limiter.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::DbErr;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha384;
use stampede_kernel::UserId;

use crate::WalletError;

/// Checks the rule of a PIN: 6–32 characters.
///
/// # Errors
///
/// [`WalletError::PinLength`].
pub fn check_pin(pin: &SecretString) -> Result<(), WalletError> {
    if (6..=32).contains(&pin.expose_secret().chars().count()) {
        Ok(())
    } else {
        Err(WalletError::PinLength)
    }
}

/// What is stored of `user`'s PIN.
pub(crate) fn seal(
    pepper: &SecretString,
    user: UserId,
    pin: &SecretString,
) -> Result<String, DbErr> {
    let mac = keyed(pepper, user, pin)?.finalize().into_bytes();
    Ok(STANDARD.encode(mac))
}

/// Whether `pin` is the one that was sealed; takes the same time either way.
pub(crate) fn opens(
    pepper: &SecretString,
    user: UserId,
    pin: &SecretString,
    sealed: &str,
) -> Result<bool, DbErr> {
    let Ok(sealed) = STANDARD.decode(sealed) else {
        return Ok(false);
    };
    Ok(keyed(pepper, user, pin)?.verify_slice(&sealed).is_ok())
}

fn keyed(pepper: &SecretString, user: UserId, pin: &SecretString) -> Result<Hmac<Sha384>, DbErr> {
    let mut mac = Hmac::<Sha384>::new_from_slice(pepper.expose_secret().as_bytes())
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    mac.update(&user.0.to_be_bytes());
    mac.update(pin.expose_secret().as_bytes());
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_opens_only_its_own_users_seal() {
        let pepper = SecretString::from("pepper");
        let pin = SecretString::from("246810");

        let sealed = seal(&pepper, UserId(1), &pin).unwrap();

        assert!(opens(&pepper, UserId(1), &pin, &sealed).unwrap());
        assert!(!opens(&pepper, UserId(2), &pin, &sealed).unwrap());
        assert!(!opens(&pepper, UserId(1), &"246811".into(), &sealed).unwrap());
        assert!(!opens(&"salt".into(), UserId(1), &pin, &sealed).unwrap());
    }

    #[test]
    fn a_pin_has_six_to_thirty_two_characters() {
        assert!(check_pin(&"12345".into()).is_err());
        assert!(check_pin(&"123456".into()).is_ok());
        assert!(check_pin(&"１２３４５六".into()).is_ok());
        assert!(check_pin(&"x".repeat(33).into()).is_err());
    }
}
