//! Rules of single fields, and which of them was broken.

use std::ops::RangeInclusive;

/// A field breaks its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) field: &'static str,
    pub(crate) code: &'static str,
    pub(crate) detail: String,
}

impl Broken {
    pub(crate) fn new(field: &'static str, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            field,
            code,
            detail: detail.into(),
        }
    }
}

/// Counts characters, not bytes.
pub(crate) fn length(
    field: &'static str,
    text: &str,
    allowed: RangeInclusive<usize>,
) -> Result<(), Broken> {
    let count = text.chars().count();
    if count < *allowed.start() {
        let detail = format!("must have at least {} characters", allowed.start());
        return Err(Broken::new(field, "too_short", detail));
    }
    if count > *allowed.end() {
        let detail = format!("must have at most {} characters", allowed.end());
        return Err(Broken::new(field, "too_long", detail));
    }
    Ok(())
}

/// One line of text without control characters and without marks that turn
/// its direction around.
pub(crate) fn line(
    field: &'static str,
    text: &str,
    allowed: RangeInclusive<usize>,
) -> Result<(), Broken> {
    length(field, text.trim(), *allowed.start()..=usize::MAX)?;
    length(field, text, 0..=*allowed.end())?;
    if text.chars().any(|c| c.is_control() || turns_direction(c)) {
        return Err(Broken::new(
            field,
            "characters",
            "must not contain control characters",
        ));
    }
    Ok(())
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_refused_for_its_length_or_its_control_characters() {
        let code = |text: &str| line("name", text, 1..=5).map_err(|broken| broken.code);

        assert_eq!(code(""), Err("too_short"));
        assert_eq!(code("   "), Err("too_short"));
        assert_eq!(code("abcdef"), Err("too_long"));
        assert_eq!(code("a\nb"), Err("characters"));
        assert_eq!(code("a\0"), Err("characters"));
        assert_eq!(code("a\u{202E}b"), Err("characters"));
        assert_eq!(code("日本語 名"), Ok(()));
    }
}
