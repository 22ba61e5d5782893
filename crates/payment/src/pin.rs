//! Payment PINs, stored as HMAC-SHA-384(pepper, user id ‖ PIN).
//!
//! The hash is fast, because ten thousand winners of a sale must be able to pay within
//! minutes. A stolen table is worthless without the pepper, and guesses over the
//! network meet a limiter.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::DbErr;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha384;
use stampede_kernel::UserId;
use unicode_normalization::UnicodeNormalization;

use crate::WalletError;

/// Validates the length of a PIN: 6–32 characters after NFKC.
///
/// # Errors
///
/// [`WalletError::PinLength`].
pub fn check_pin(pin: &SecretString) -> Result<(), WalletError> {
    let typed = pin.expose_secret();
    let fits = typed.chars().nth(MAX_RAW_CHARS).is_none();
    if fits && (6..=32).contains(&typed.nfkc().count()) {
        Ok(())
    } else {
        Err(WalletError::PinLength)
    }
}

/// Maximum length of a raw PIN; no spelling of 32 characters needs more.
const MAX_RAW_CHARS: usize = 128;

/// The result of a PIN check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PinCheck {
    /// The PIN is wrong.
    Wrong,
    /// The PIN is right.
    Right,
    /// The PIN is right, but the stored MAC is of a spelling before normalisation, and
    /// shall be replaced.
    RightSpelledOtherwise,
}

/// Computes the MAC of `user`'s PIN for storage, over its NFKC form, so that a digit is
/// the same digit on every keyboard.
pub(crate) fn pin_mac(
    pepper: &SecretString,
    user: UserId,
    pin: &SecretString,
) -> Result<String, DbErr> {
    let text: String = pin.expose_secret().nfkc().collect();
    let mac = keyed(pepper, user, &text)?.finalize().into_bytes();
    Ok(STANDARD.encode(mac))
}

/// Checks `pin` against a stored MAC in constant time.
pub(crate) fn check_mac(
    pepper: &SecretString,
    user: UserId,
    pin: &SecretString,
    stored: &str,
) -> Result<PinCheck, DbErr> {
    let typed = pin.expose_secret();
    let Ok(stored) = STANDARD.decode(stored) else {
        return Ok(PinCheck::Wrong);
    };
    if typed.chars().nth(MAX_RAW_CHARS).is_some() {
        return Ok(PinCheck::Wrong);
    }
    let fits = |text: &str| -> Result<bool, DbErr> {
        Ok(keyed(pepper, user, text)?.verify_slice(&stored).is_ok())
    };
    let canonical = fits(&typed.nfkc().collect::<String>())?;
    let as_typed = fits(typed)?;
    let composed = fits(&typed.nfc().collect::<String>())?;
    let decomposed = fits(&typed.nfd().collect::<String>())?;
    let wide = fits(&typed.nfkc().map(full_width).collect::<String>())?;
    Ok(match canonical {
        true => PinCheck::Right,
        false if as_typed || composed || decomposed || wide => PinCheck::RightSpelledOtherwise,
        false => PinCheck::Wrong,
    })
}

/// Converts ASCII to its full-width form, which East Asian keyboards send.
fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        other => other,
    }
}

fn keyed(pepper: &SecretString, user: UserId, pin: &str) -> Result<Hmac<Sha384>, DbErr> {
    let mut mac = Hmac::<Sha384>::new_from_slice(pepper.expose_secret().as_bytes())
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    mac.update(&user.0.to_be_bytes());
    mac.update(pin.as_bytes());
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_opens_only_its_own_users_seal() {
        let pepper = SecretString::from("pepper");
        let pin = SecretString::from("246810");

        let stored = pin_mac(&pepper, UserId(1), &pin).unwrap();

        let opened = |pepper: &SecretString, user: i64, pin: &str| {
            check_mac(pepper, UserId(user), &pin.into(), &stored).unwrap()
        };
        assert_eq!(opened(&pepper, 1, "246810"), PinCheck::Right);
        assert_eq!(opened(&pepper, 2, "246810"), PinCheck::Wrong);
        assert_eq!(opened(&pepper, 1, "246811"), PinCheck::Wrong);
        assert_eq!(opened(&"salt".into(), 1, "246810"), PinCheck::Wrong);
        assert_eq!(opened(&pepper, 1, &"2".repeat(60_000)), PinCheck::Wrong);
    }

    #[test]
    fn a_digit_is_the_same_digit_on_every_keyboard() {
        let pepper = SecretString::from("pepper");
        for (set, typed) in [
            ("１３５７９０", "135790"),
            ("135790", "１３５７９０"),
            ("cafe\u{301} 1", "caf\u{e9} 1"),
        ] {
            let stored = pin_mac(&pepper, UserId(1), &set.into()).unwrap();

            let opened = check_mac(&pepper, UserId(1), &typed.into(), &stored).unwrap();

            assert_eq!(opened, PinCheck::Right, "{set}");
        }
    }

    #[test]
    fn a_pin_that_was_sealed_as_it_was_typed_is_known() {
        let pepper = SecretString::from("pepper");
        let mac = keyed(&pepper, UserId(1), "１３５７９０").unwrap();
        let stored = STANDARD.encode(mac.finalize().into_bytes());

        let opened = |pin: &str| check_mac(&pepper, UserId(1), &pin.into(), &stored).unwrap();

        assert_eq!(opened("１３５７９０"), PinCheck::RightSpelledOtherwise);
        assert_eq!(opened("135790"), PinCheck::RightSpelledOtherwise);
        assert_eq!(opened("１３５７９１"), PinCheck::Wrong);
    }

    #[test]
    fn a_pin_has_six_to_thirty_two_characters() {
        assert!(check_pin(&"12345".into()).is_err());
        assert!(check_pin(&"123456".into()).is_ok());
        assert!(check_pin(&"１２３４５六".into()).is_ok());
        assert!(check_pin(&"x".repeat(33).into()).is_err());
        assert!(check_pin(&"e\u{301}".repeat(5).into()).is_err());
        assert!(check_pin(&"x".repeat(60_000).into()).is_err());
    }
}
