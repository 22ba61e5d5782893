//! User names: their rule, and the key under which they are unique.

use stampede_kernel::FieldError;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::rule::length;

/// Maximum length of the key: the size of its unique column.
const KEY_CHARS: usize = 190;
/// Maximum length of a raw name; longer ones are refused before they are folded.
const RAW_CHARS: usize = 256;
/// Maximum number of combining marks on one letter. Living scripts need three; without
/// a limit marks would overlap the lines above.
const MARKS_IN_A_ROW: usize = 4;
/// Number of rounds after which folding again changes nothing.
const ROUNDS: usize = 4;

/// Returns the key of a name: NFKC and case folding until nothing changes, without
/// invisible characters, and without the dot that Turkish keeps above a small i.
/// `İbrahim`, `ibrahim` and `IBRAHIM` have the same key.
pub(crate) fn key(user_name: &str) -> String {
    let mut key = fold(user_name);
    for _ in 0..ROUNDS {
        let again = fold(&key);
        if again == key {
            break;
        }
        key = again;
    }
    key
}

fn fold(text: &str) -> String {
    let composed = text
        .nfkc()
        .filter(|c| !shows_nothing(*c))
        .collect::<String>();
    let folded = caseless::default_case_fold_str(&composed).replace("i\u{307}", "i");
    folded.nfkc().collect()
}

/// The key of a name as it is typed at log-in: blanks around it, which keyboards add, do
/// not count. `None` when no user can have it.
pub(crate) fn typed_key(user_name: &str) -> Option<String> {
    let name = user_name.trim();
    if name.chars().nth(RAW_CHARS).is_some() || name.chars().any(char::is_control) {
        return None;
    }
    Some(key(name)).filter(|key| (1..=KEY_CHARS).contains(&key.chars().count()))
}

/// Validates a new user name and returns its key.
pub(crate) fn check(user_name: &str) -> Result<String, FieldError> {
    length("user_name", user_name, 0..=32)?;
    let composed: String = user_name.nfkc().collect();
    length("user_name", &composed, 3..=32)?;
    let key = key(user_name);
    length("user_name", &key, 3..=KEY_CHARS)?;
    if is_written(&composed)
        && key
            .chars()
            .all(|c| is_letter(c) || is_mark(c) || is_sign(c))
    {
        Ok(key)
    } else {
        Err(FieldError::new(
            "user_name",
            "characters",
            "may contain letters, digits and _ . - only",
        ))
    }
}

/// Letters, digits and signs, each with a few marks; and what shows nothing only where
/// a script is written with it.
fn is_written(name: &str) -> bool {
    let mut marks = 0;
    let mut before = '-';
    for c in name.chars() {
        let fits = if is_letter(c) || is_sign(c) {
            marks = 0;
            true
        } else if is_joiner(c) {
            joins(before)
        } else if is_mark(c) || is_variation(c) {
            marks += 1;
            marks <= MARKS_IN_A_ROW && !is_sign(before)
        } else {
            false
        };
        if !fits {
            return false;
        }
        before = c;
    }
    true
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_combining_mark(c) && !is_filler(c)
}

fn is_sign(c: char) -> bool {
    matches!(c, '_' | '.' | '-')
}

/// A mark that can be seen, and that is no circle or square around a letter.
fn is_mark(c: char) -> bool {
    let encloses = matches!(
        c,
        '\u{488}' | '\u{489}' | '\u{1ABE}' | '\u{20DD}'..='\u{20E0}' | '\u{20E2}'..='\u{20E4}'
            | '\u{A670}'..='\u{A672}'
    );
    is_combining_mark(c) && !encloses && !is_filler(c) && !shows_nothing(c)
}

/// Letters and marks by their property that show nothing: Hangul fillers, Khmer inherent vowels.
fn is_filler(c: char) -> bool {
    matches!(
        c,
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{17B4}' | '\u{17B5}'
    )
}

/// Zero-width joiner and non-joiner: Persian, the scripts of India and their
/// relatives are written with them.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Selects one of the shapes of the letter before: Mongolian, and Han in Japanese names.
fn is_variation(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Returns whether a character is ignored when names are compared.
fn shows_nothing(c: char) -> bool {
    is_joiner(c) || is_variation(c) || c == '\u{34F}'
}

/// Returns whether a joiner may follow `c`: Arabic to N'Ko, the scripts of India and
/// Tibet, Burmese, Mongolian, and those of the islands.
fn joins(c: char) -> bool {
    let scripts = matches!(
        c,
        '\u{600}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{F00}'..='\u{109F}'
            | '\u{1780}'..='\u{18AF}' | '\u{1900}'..='\u{1CFF}' | '\u{A800}'..='\u{ABFF}'
            | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10A00}'..='\u{11FFF}'
    );
    scripts && (is_letter(c) || is_mark(c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_that_only_look_different_are_one_name() {
        let alice = check("alice").unwrap();

        assert_eq!(check("ALICE").unwrap(), alice);
        assert_eq!(check("Ａｌｉｃｅ").unwrap(), alice);
        assert_eq!(check("Straße").unwrap(), check("STRASSE").unwrap());
        assert_eq!(check("ﬁona").unwrap(), check("fiona").unwrap());
        assert_eq!(check("e\u{301}lan").unwrap(), check("Élan").unwrap());
        assert_eq!(check("İbrahim").unwrap(), check("ibrahim").unwrap());
        assert_eq!(check("İPEK").unwrap(), check("i\u{307}pek").unwrap());
        assert_eq!(check("می\u{200C}ترا").unwrap(), check("میترا").unwrap());
        assert_eq!(check("葛\u{E0100}城市").unwrap(), check("葛城市").unwrap());
    }

    #[test]
    fn names_of_any_script_are_welcome() {
        for name in [
            "李小龙",
            "さくら",
            "Ωmega.7",
            "हिन्दी",
            "a_b-c",
            "محمد",
            "İbrahim",
            "İPEK",
            "ก้อง",
            "น้ำผึ้ง",
            "सड़क",
            "Adékúnlẹ́",
            "Ade\u{301}ku\u{301}nle\u{323}\u{301}",
            "مهدی\u{200C}یار",
            "ශ්\u{200D}රී ලංකා".split(' ').next().unwrap(),
            "අවන\u{DCA}\u{200D}",
            "ສົມສັກ",
            "សុខា",
            "မောင်မောင်",
            "བཀྲ་ཤིས".replace('་', "").as_str(),
            "ნინო",
            "Հայկ",
            "አበበ",
            "ᠮᠣᠩᠭᠣᠯ",
            "שָׁלוֹם",
            "Đặng_Văn",
            "ʻOkina",
            "𞤀𞤣𞤢𞤥",
        ] {
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
            "a\u{200D}bcd",
            "\u{200C}abc",
            "م\u{200C}\u{200C}حمد",
            "\u{3164}\u{3164}\u{3164}",
            "½ab",
            "abc\u{202E}",
            "abc\u{200B}",
            "abc\u{AD}",
            "\u{301}abc",
            "ab-\u{301}c",
            "abc\u{20DD}",
            "abx\u{301}\u{302}\u{303}\u{304}\u{305}",
            "a\u{FE0F}\u{FE0F}",
            "abc🦬",
        ] {
            assert!(check(name).is_err(), "{name:?}");
        }
        assert!(check(&"x".repeat(33)).is_err());
        assert!(check(&"\u{FDFA}".repeat(32)).is_err());
    }

    #[test]
    fn blanks_around_a_typed_name_do_not_count() {
        assert_eq!(typed_key(" Alice\u{3000}").as_deref(), Some("alice"));
        for nobody in ["", "  ", "a\0b", &"x".repeat(60_000)] {
            assert_eq!(typed_key(nobody), None);
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "\\PC{0,40}|[a-zİıſςΣ\u{307}\u{345}\u{301}ÅKǅ\u{1E9E}\u{FB03}\u{200C}\u{FDFA}]{0,40}") {
            let key = key(&name);
            prop_assert_eq!(super::key(&key), key.clone());
            if let Ok(checked) = check(&name) {
                prop_assert_eq!(&checked, &key);
                prop_assert_eq!(typed_key(&name), Some(key));
            }
        }
    }
}
