//! The rule of texts that admins write on orders, sales and transfers.

use crate::FieldError;

/// Checks that `text` has at most `max` characters, and no control characters, some
/// of which PostgreSQL does not store.
pub fn check_text(field: &'static str, text: &str, max: usize) -> Result<(), FieldError> {
    if text.chars().count() > max {
        let detail = format!("must have at most {max} characters");
        return Err(FieldError::new(field, "too_long", detail));
    }
    if text.chars().any(char::is_control) {
        let detail = "must not contain control characters";
        return Err(FieldError::new(field, "characters", detail));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_long_as_allowed_and_of_one_line() {
        let code = |text: &str| check_text("reason", text, 5).map_err(|fault| fault.code);

        assert_eq!(code(""), Ok(()));
        assert_eq!(code("茶茶茶茶茶"), Ok(()));
        assert_eq!(code("abcdef"), Err("too_long"));
        assert_eq!(code("a\nb"), Err("characters"));
        assert_eq!(code("a\0"), Err("characters"));
        assert_eq!(code("\0bcdef"), Err("too_long"));
    }
}
