//! Validation and normalisation of text fields.

use std::ops::RangeInclusive;

use stampede_kernel::FieldError;
use unicode_normalization::UnicodeNormalization;

/// Checks the length in characters, not bytes.
pub(crate) fn length(
    field: &'static str,
    text: &str,
    allowed: RangeInclusive<usize>,
) -> Result<(), FieldError> {
    let count = text.chars().count();
    if count < *allowed.start() {
        let detail = format!("must have at least {} characters", allowed.start());
        return Err(FieldError::new(field, "too_short", detail));
    }
    if count > *allowed.end() {
        let detail = format!("must have at most {} characters", allowed.end());
        return Err(FieldError::new(field, "too_long", detail));
    }
    Ok(())
}

/// Normalises one line of text as [`lines`] does; control characters are refused.
pub(crate) fn line(
    field: &'static str,
    text: &str,
    allowed: RangeInclusive<usize>,
) -> Result<String, FieldError> {
    let kept = tidy(text);
    checked(field, &kept, allowed)?;
    if kept.contains('\n') {
        return Err(control_characters(field));
    }
    Ok(kept)
}

/// Normalises a text of up to `most` lines: NFC, `\n` as line break, blanks for tabs,
/// no trailing blanks, no empty lines, and no marks that embed a text direction, which
/// come along when Arabic or Hebrew is copied. Marks that *override* a direction are
/// refused: they only serve to deceive.
pub(crate) fn lines(
    field: &'static str,
    text: &str,
    allowed: RangeInclusive<usize>,
    most: usize,
) -> Result<String, FieldError> {
    let kept = tidy(text);
    checked(field, &kept, allowed)?;
    if kept.lines().count() > most {
        let detail = format!("must have at most {most} lines");
        return Err(FieldError::new(field, "too_many_lines", detail));
    }
    Ok(kept)
}

fn checked(
    field: &'static str,
    kept: &str,
    allowed: RangeInclusive<usize>,
) -> Result<(), FieldError> {
    length(field, kept, allowed)?;
    if kept
        .chars()
        .any(|c| (c.is_control() && c != '\n') || overrides_direction(c))
    {
        return Err(control_characters(field));
    }
    // Blanks and signs without a shape of their own are nothing to be read.
    if kept.chars().all(|c| c.is_whitespace() || shows_nothing(c)) && !kept.is_empty() {
        return Err(FieldError::new(field, "too_short", "must not be blank"));
    }
    Ok(())
}

fn control_characters(field: &'static str) -> FieldError {
    FieldError::new(field, "characters", "must not contain control characters")
}

fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let kept: String = text
        .chars()
        .filter(|c| !embeds_direction(*c))
        .nfc()
        .map(|c| match c {
            '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\t' => ' ',
            other => other,
        })
        .collect();
    let lines = kept.split('\n').map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

fn embeds_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn overrides_direction(c: char) -> bool {
    matches!(c, '\u{202D}' | '\u{202E}')
}

fn shows_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_refused_for_its_length_or_its_control_characters() {
        let code = |text: &str| line("name", text, 1..=5).map_err(|fault| fault.code);

        assert_eq!(code(""), Err("too_short"));
        assert_eq!(code("   "), Err("too_short"));
        assert_eq!(code("\u{200B}\u{200E}"), Err("too_short"));
        assert_eq!(code("abcdef"), Err("too_long"));
        assert_eq!(code("a\nb"), Err("characters"));
        assert_eq!(code("a\0"), Err("characters"));
        assert_eq!(code("a\u{1B}b"), Err("characters"));
        assert_eq!(code("a\u{202E}b"), Err("characters"));
        assert_eq!(code("日本語 名"), Ok("日本語 名".to_owned()));
        assert_eq!(code(" e\u{301}\tb\n"), Ok("é b".to_owned()));
        assert_eq!(code("\u{202B}דוד\u{202C}"), Ok("דוד".to_owned()));
    }

    #[test]
    fn a_text_of_lines_has_as_many_as_are_allowed() {
        let kept = |text: &str| lines("address", text, 1..=40, 4).map_err(|fault| fault.code);

        assert_eq!(kept("1\n2\n3\n4\n5"), Err("too_many_lines"));
        assert_eq!(kept("\n \r\n"), Err("too_short"));
        assert_eq!(
            kept("Example Road 1 \r\n\r\n12345 Sampletown\r\u{2028}X\u{85}Y\n").as_deref(),
            Ok("Example Road 1\n12345 Sampletown\nX\nY")
        );
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_as_it_is(text in ".{0,60}|[ \\t\\r\\n\u{2028}\u{202B}\u{202E}\u{FEFF}ae\u{301}]{0,60}") {
            if let Ok(kept) = lines("address", &text, 1..=60, 4) {
                prop_assert_eq!(lines("address", &kept, 1..=60, 4), Ok(kept));
            }
            if let Ok(kept) = line("name", &text, 1..=60) {
                prop_assert_eq!(line("name", &kept, 1..=60), Ok(kept));
            }
        }
    }
}
