//! The beginning of an order's id, as somebody types it into a search.

use std::ops::RangeInclusive;

use stampede_kernel::{FieldError, OrderId};
use uuid::Uuid;

/// Hexadecimal digits of an id.
const DIGITS: usize = 32;

/// The beginning of an order's id, or a whole one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderIdPrefix(String);

impl OrderIdPrefix {
    /// Reads hexadecimal digits, with or without the hyphens of an id.
    ///
    /// # Errors
    ///
    /// `q` is blank, too long, or has other characters.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let digits: String = text
            .trim()
            .chars()
            .filter(|letter| *letter != '-')
            .collect();
        let is_hex = digits.chars().all(|digit| digit.is_ascii_hexdigit());
        if (1..=DIGITS).contains(&digits.len()) && is_hex {
            return Ok(Self(digits.to_ascii_lowercase()));
        }
        let detail = "must be the id of an order or its beginning";
        Err(FieldError::new("q", "invalid_value", detail))
    }

    /// The ids that begin so.
    pub(super) fn ids(&self) -> RangeInclusive<OrderId> {
        self.filled_with('0')..=self.filled_with('f')
    }

    fn filled_with(&self, digit: char) -> OrderId {
        let missing = DIGITS.saturating_sub(self.0.len());
        let digits = self.0.chars().chain(std::iter::repeat_n(digit, missing));
        let id = Uuid::try_parse(&digits.collect::<String>());
        OrderId(id.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_names_all_ids_that_begin_so() {
        let id = "0199a1b2-3c4d-7000-8000-0123456789ab";
        let id = OrderId(Uuid::try_parse(id).unwrap());
        let named = |text: &str| OrderIdPrefix::parse(text).unwrap().ids().contains(&id);

        assert!(named("0") && named(" 0199A1B2-3c ") && named(&id.to_string()));
        assert!(!named("0199a1b3") && !named("f"));
    }

    #[test]
    fn what_no_id_begins_with_is_refused() {
        for text in ["", " ", "-", "tea", "0199a1b2'", &"0".repeat(33)] {
            assert!(OrderIdPrefix::parse(text).is_err(), "{text}");
        }
    }
}
