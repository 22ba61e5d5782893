//! Normalisation of phone numbers to ASCII.

use stampede_kernel::FieldError;
use unicode_normalization::UnicodeNormalization;

use crate::rule;

/// Minimum number of digits.
const FEWEST_DIGITS: usize = 5;
/// Maximum length of the raw input.
const MAX_RAW_CHARS: usize = 256;

/// The zeros of the scripts that have digits of their own; nine more follow each. (The
/// mathematical ones, and the full-width ones of East Asia, are ASCII after NFKC.)
const ZEROS: [u32; 65] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0,
    0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0,
    0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50,
    0x1E140, 0x1E2F0, 0x1E4F0, 0x1E950, 0x1FBF0, 0x10D40, 0x116D0, 0x116DA, 0x11BF0,
];

/// Normalises a phone number: digits of any script, dashes and blanks become ASCII, and
/// invisible characters, which come along when a number is copied, are removed.
pub(super) fn canonical(text: &str) -> Result<String, FieldError> {
    rule::length("phone", text, 0..=MAX_RAW_CHARS)?;
    let kept: String = (text.nfkc().filter(|c| !shows_nothing(*c)))
        .map(ascii)
        .collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    rule::length("phone", &kept, 5..=32)?;
    if !is_written_like_one(&kept) {
        let detail = "may contain digits, spaces, + - . ( ) /, and an extension after x or ext.";
        return Err(FieldError::new("phone", "characters", detail));
    }
    if kept.chars().filter(char::is_ascii_digit).count() < FEWEST_DIGITS {
        let detail = format!("must have at least {FEWEST_DIGITS} digits");
        return Err(FieldError::new("phone", "too_few_digits", detail));
    }
    Ok(kept)
}

/// Checks the form: digits and signs, and at most one `x` or `ext.` with digits on both
/// sides.
fn is_written_like_one(kept: &str) -> bool {
    let plain = |part: &str| {
        let sign = |c: char| c.is_ascii_digit() || "+-.()/ ".contains(c);
        part.chars().all(sign)
    };
    let lower = kept.to_ascii_lowercase();
    let Some(at) = lower.find(|c: char| c.is_ascii_alphabetic()) else {
        return plain(&lower);
    };
    let (number, extension) = lower.split_at(at);
    let extension = ["ext.", "ext", "x"]
        .iter()
        .find_map(|mark| extension.strip_prefix(mark));
    let has_digit = |part: &str| part.contains(|c: char| c.is_ascii_digit());
    plain(number)
        && has_digit(number)
        && extension.is_some_and(|part| plain(part) && has_digit(part))
}

fn ascii(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{30FC}' => '-',
        '\u{3002}' => '.',
        // NFKC has it as a fraction's bar.
        '\u{2044}' | '\u{2215}' => '/',
        c if c.is_whitespace() => ' ',
        c => digit(c).unwrap_or(c),
    }
}

fn digit(c: char) -> Option<char> {
    let value = (ZEROS.iter()).find_map(|zero| u32::from(c).checked_sub(*zero).filter(|v| *v < 10));
    char::from_digit(value?, 10)
}

fn shows_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_nobody_can_dial_is_refused() {
        for (text, code) in [
            ("", "too_short"),
            ("1234", "too_short"),
            ("++++++", "too_few_digits"),
            ("----------", "too_few_digits"),
            ("1-2-3-4", "too_few_digits"),
            ("call me at 12345", "characters"),
            ("12345 x", "characters"),
            ("x12345", "characters"),
            ("12345 ext. 1 ext. 2", "characters"),
            ("12345; rm", "characters"),
            ("12345\u{0}", "characters"),
            ("12345*6#", "characters"),
            ("12345678901234567890123456789012 3", "too_long"),
        ] {
            let refused = canonical(text).map_err(|broken| broken.code);

            assert_eq!(refused, Err(code), "{text:?}");
        }
        assert!(canonical(&"1".repeat(60_000)).is_err());
    }

    #[test]
    fn a_number_is_kept_as_it_is_written_but_in_ascii() {
        for (text, kept) in [
            ("12345", "12345"),
            ("+49 30 901820", "+49 30 901820"),
            ("(555) 010-1234", "(555) 010-1234"),
            ("555.010.1234", "555.010.1234"),
            ("+33 (0)1 23 45 67 89", "+33 (0)1 23 45 67 89"),
            ("030/901820", "030/901820"),
            ("555-0101 ext. 12", "555-0101 ext. 12"),
            ("555-0101 Ext 12", "555-0101 Ext 12"),
            ("555-0101x12", "555-0101x12"),
            ("555\u{A0}010\u{2011}1234", "555 010-1234"),
            ("555\u{202F}010 \u{2013}\u{2009}1234", "555 010 - 1234"),
            ("０３－１２３４－５６７８", "03-1234-5678"),
            ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
            ("۰۲۱ ۱۲۳۴", "021 1234"),
            ("०११ २३४५", "011 2345"),
            ("๐๒ ๑๒๓ ๔๕๖๗", "02 123 4567"),
            ("\u{202A}+972 3 123 4567\u{202C}", "+972 3 123 4567"),
            ("  +1 555  0101\t", "+1 555 0101"),
        ] {
            assert_eq!(canonical(text).as_deref(), Ok(kept), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_as_it_is(
            text in ".{0,40}|[0-9٠-٩０-９+() ./x\u{A0}\u{2011}\u{2044}½-]{0,40}"
        ) {
            if let Ok(kept) = canonical(&text) {
                prop_assert!(kept.is_ascii());
                prop_assert_eq!(canonical(&kept), Ok(kept));
            }
        }
    }
}
