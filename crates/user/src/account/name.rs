//! User names: letters and digits of any script, one account per name however spelled.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::rule::{Broken, length};

/// What fits into the unique column.
const KEY_CHARS: usize = 190;
/// Unicode's class of the signs that join consonants in the scripts of India.
const VIRAMA: u8 = 9;

/// The form under which a name is unique: NFKC, case fold, NFKC.
pub(crate) fn key(user_name: &str) -> String {
    let folded = caseless::default_case_fold_str(&user_name.nfkc().collect::<String>());
    folded.nfkc().collect()
}

/// Checks the rule of a new user name and returns its key.
pub(crate) fn check(user_name: &str) -> Result<String, Broken> {
    let composed: String = user_name.nfkc().collect();
    length("user_name", user_name, 0..=32)?;
    length("user_name", &composed, 3..=32)?;
    let key = key(user_name);
    length("user_name", &key, 3..=KEY_CHARS)?;
    if composed.chars().chain(key.chars()).all(allowed) {
        Ok(key)
    } else {
        Err(Broken::new(
            "user_name",
            "characters",
            "may contain letters, digits and _ . - only",
        ))
    }
}

fn allowed(c: char) -> bool {
    let seen = c.is_alphanumeric() || canonical_combining_class(c) == VIRAMA;
    (seen && !invisible(c)) || matches!(c, '_' | '.' | '-')
}

/// Letters by their property that show nothing: Hangul fillers, Khmer inherent vowels.
fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{17B4}' | '\u{17B5}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_only_look_different_are_one_name() {
        let alice = check("alice").unwrap();

        assert_eq!(check("ALICE").unwrap(), alice);
        assert_eq!(check("Ａｌｉｃｅ").unwrap(), alice);
        assert_eq!(check("Straße").unwrap(), check("STRASSE").unwrap());
        assert_eq!(check("ﬁona").unwrap(), check("fiona").unwrap());
        assert_eq!(check("e\u{301}lan").unwrap(), check("Élan").unwrap());
    }

    #[test]
    fn names_of_any_script_are_welcome() {
        for name in ["李小龙", "さくら", "Ωmega.7", "हिन्दी", "a_b-c", "محمد"]
        {
            assert!(check(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn names_with_anything_else_are_refused() {
        for name in [
            "",
            "ab",
            " alice",
            "alice ",
            "a b c",
            "a/../b",
            "a\nb",
            "a\0bc",
            "<b>x",
            "a\u{200D}b",
            "\u{3164}\u{3164}\u{3164}",
            "½ab",
            "abc\u{202E}",
        ] {
            assert!(check(name).is_err(), "{name:?}");
        }
        assert!(check(&"x".repeat(33)).is_err());
        assert!(check(&"\u{FDFA}".repeat(32)).is_err());
    }
}
