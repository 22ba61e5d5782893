//! Codes as customers type them, and why one cannot be used.

use stampede_kernel::FieldError;
use unicode_normalization::UnicodeNormalization;

/// The largest number of codes of one order.
const MAX_CODES: usize = 5;
/// The largest number of characters of a code, and of its key.
const MAX_CHARS: usize = 32;
const MAX_KEY_CHARS: usize = 128;

/// Why a code cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// No promotion has it.
    Unknown,
    /// Its promotion is switched off.
    Disabled,
    /// Its promotion has not begun.
    NotStarted,
    /// Its promotion is over.
    Ended,
    /// It was used as often as it may be.
    UsedUp,
    /// This buyer used it as often as one buyer may.
    UserLimit,
    /// The cart is worth less than the promotion asks for.
    BelowMinimum,
    /// It takes nothing off this cart.
    NotInScope,
    /// Another promotion that excludes it takes more off.
    NotCombinable,
}

impl Reason {
    /// The name in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Disabled => "disabled",
            Self::NotStarted => "not_started",
            Self::Ended => "ended",
            Self::UsedUp => "used_up",
            Self::UserLimit => "user_limit",
            Self::BelowMinimum => "below_minimum",
            Self::NotInScope => "not_in_scope",
            Self::NotCombinable => "not_combinable",
        }
    }
}

/// A code that cannot be used, as the customer wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedCode {
    /// The code.
    pub code: String,
    /// Why.
    pub reason: Reason,
}

/// Checks that an order names at most five codes.
///
/// # Errors
///
/// `too_many` on `codes`.
pub fn check_codes(codes: &[String]) -> Result<(), FieldError> {
    if codes.len() > MAX_CODES {
        let detail = format!("an order takes at most {MAX_CODES} codes");
        return Err(FieldError::new("codes", "too_many", detail));
    }
    Ok(())
}

/// The form in which codes are compared: NFKC and case fold, without blanks around it.
/// `None` for a text that no code is.
pub(crate) fn key(code: &str) -> Option<String> {
    let code = code.trim();
    let visible = |c: char| !c.is_whitespace() && !c.is_control();
    if code.is_empty() || code.chars().count() > MAX_CHARS || !code.chars().all(visible) {
        return None;
    }
    let composed: String = code.nfkc().collect();
    let folded: String = caseless::default_case_fold_str(&composed).nfkc().collect();
    let fits = folded.chars().count() <= MAX_KEY_CHARS && folded.chars().all(visible);
    (fits && !folded.is_empty()).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_code_is_has_no_key() {
        for code in [
            "",
            "  ",
            "two words",
            "a\u{0}b",
            &"x".repeat(33),
            "x\u{a0}y",
        ] {
            assert_eq!(key(code), None, "{code:?}");
        }
    }

    #[test]
    fn codes_are_one_however_they_are_typed() {
        for code in [
            "WELCOME10",
            "welcome10",
            " Welcome10 ",
            "ＷＥＬＣＯＭＥ１０",
        ] {
            assert_eq!(key(code).as_deref(), Some("welcome10"), "{code}");
        }
        assert_eq!(key("STRASSE"), key("Straße"));
    }

    #[test]
    fn five_codes_are_enough() {
        let codes = vec!["x".to_owned(); 6];

        assert_eq!(check_codes(&codes[1..]), Ok(()));
        assert_eq!(check_codes(&codes).unwrap_err().code, "too_many");
    }
}
