//! Validation of new passwords.

use std::collections::HashSet;
use std::sync::LazyLock;

use secrecy::{ExposeSecret, SecretString};
use stampede_kernel::FieldError;
use unicode_normalization::UnicodeNormalization;

use super::name;
use crate::hashing::MAX_RAW_CHARS;
use crate::rule::length;

/// Maximum length of a password; it limits the work of hashing.
const MAX_CHARS: usize = 256;
/// The floor of the configured minimum; the list of common ones starts there.
const MIN_CHARS: usize = 8;

/// 3,000 of the most used passwords of 8 and more characters; source and
/// licence in `COMMON_PASSWORDS.md`.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../common_passwords.txt").lines().collect());

/// Checks length, the common ones, and that it is not the user's own name; all of them
/// in the spelling that is hashed, so that no way to type it gets around a rule.
pub(crate) fn check(
    password: &SecretString,
    min_chars: usize,
    user_name: &str,
) -> Result<(), FieldError> {
    let typed = password.expose_secret();
    length("password", typed, 0..=MAX_RAW_CHARS)?;
    let text: String = typed.nfkc().collect();
    length("password", &text, min_chars.max(MIN_CHARS)..=MAX_CHARS)?;
    if COMMON.contains(text.to_lowercase().as_str()) || name::key(&text) == name::key(user_name) {
        return Err(FieldError::new(
            "password",
            "too_common",
            "is one of the first that would be guessed",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> Result<(), &'static str> {
        check(&password.into(), 8, "Montgomery").map_err(|broken| broken.code)
    }

    #[test]
    fn short_common_and_own_names_are_refused() {
        assert_eq!(code("1234567"), Err("too_short"));
        assert_eq!(code("password123"), Err("too_common"));
        assert_eq!(code("PassWord1"), Err("too_common"));
        assert_eq!(code("montgomery"), Err("too_common"));
        assert_eq!(code("ｐａｓｓｗｏｒｄ１２３"), Err("too_common"));
        assert_eq!(code(&"e\u{301}".repeat(7)), Err("too_short"));
        assert_eq!(code(&"x".repeat(257)), Err("too_long"));
    }

    #[test]
    fn length_is_counted_in_characters_and_no_composition_is_asked_for() {
        assert_eq!(code(&"🦬".repeat(64)), Ok(()));
        assert_eq!(code("stampede-demo"), Ok(()));
        assert_eq!(code(&"x".repeat(256)), Ok(()));
        assert_eq!(code(&"e\u{301}".repeat(256)), Ok(()));
    }

    #[test]
    fn the_list_holds_three_thousand() {
        assert_eq!(COMMON.len(), 3_000);
    }
}
