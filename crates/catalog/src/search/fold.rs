//! Case folding and accent folding: spellings that a reader takes for the same word
//! become the same letters.
//!
//! Each script has its own rule, because a mark that is an ornament in one
//! script makes another letter in the next one: é is e, ё is е, ό is ο, but й is
//! not и, が is not か, and Thai and Indic vowel signs are letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters of `text` as they are compared: NFKC, lower case, without
/// invisible characters and without the marks that readers ignore. Folding what
/// is folded changes nothing.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut base = Base::Other;
    text.chars()
        .filter(|letter| !is_invisible(*letter))
        .map(|letter| if letter == '\u{b4}' { '\'' } else { letter })
        .nfkd()
        // Some letters are made of visible and invisible ones.
        .filter(|letter| !is_invisible(*letter))
        .flat_map(char::to_lowercase)
        .flat_map(move |letter| fold(letter, &mut base))
        .nfc()
}

/// The kind of a base letter; it decides which combining marks are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// No letter, or one whose marks say nothing to a reader.
    Other,
    /// A Cyrillic letter.
    Cyrillic(char),
    /// A Devanagari letter: its nukta is often left out.
    Devanagari,
    /// A letter whose marks belong to it.
    Marked,
}

impl Base {
    fn of(letter: char) -> Self {
        match letter {
            '\u{0400}'..='\u{052f}' | '\u{1c80}'..='\u{1c8f}' | '\u{a640}'..='\u{a69f}' => {
                Self::Cyrillic(letter)
            }
            '\u{0900}'..='\u{097f}' => Self::Devanagari,
            // Latin, Greek, Hebrew, Arabic, Syriac, and what their blocks were extended by.
            '\0'..='\u{03ff}'
            | '\u{0530}'..='\u{077f}'
            | '\u{0860}'..='\u{08ff}'
            | '\u{1d00}'..='\u{1fff}'
            | '\u{2c60}'..='\u{2c7f}'
            | '\u{a720}'..='\u{a7ff}'
            | '\u{ab30}'..='\u{ab6f}' => Self::Other,
            _ if letter.is_alphanumeric() => Self::Marked,
            _ => Self::Other,
        }
    }

    fn keeps(self, mark: char) -> bool {
        match self {
            Self::Other => false,
            Self::Marked => true,
            Self::Devanagari => mark != '\u{093c}',
            // ё is е and a stress mark is none, but й, ї, ў, ѓ and ќ are letters.
            Self::Cyrillic('г' | 'к') => mark != '\u{0300}',
            Self::Cyrillic('е') => !matches!(mark, '\u{0300}' | '\u{0301}' | '\u{0308}'),
            Self::Cyrillic(_) => !matches!(mark, '\u{0300}' | '\u{0301}'),
        }
    }
}

/// Folds one letter; `base` is the last letter before it that is not a mark.
fn fold(letter: char, base: &mut Base) -> impl Iterator<Item = char> + use<> {
    let (first, second) = if is_combining_mark(letter) {
        (base.keeps(letter).then(|| mark(letter)), None)
    } else {
        let (first, second) = plain(letter);
        *base = Base::of(first);
        (Some(first), second)
    };
    first.into_iter().chain(second)
}

/// Folds candrabindu into anusvara, as it is often written.
fn mark(letter: char) -> char {
    match letter {
        '\u{0901}' => '\u{0902}',
        _ => letter,
    }
}

/// Replaces `letter`, lower case and without marks, by the letters that readers type
/// for it.
fn plain(letter: char) -> (char, Option<char>) {
    match letter {
        'ß' => ('s', Some('s')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'þ' => ('t', Some('h')),
        'ø' => ('o', None),
        'đ' | 'ð' => ('d', None),
        'ħ' => ('h', None),
        'ł' => ('l', None),
        'ŧ' => ('t', None),
        'ı' => ('i', None),
        'ς' => ('σ', None),
        // Final forms of Hebrew.
        'ך' => ('כ', None),
        'ם' => ('מ', None),
        'ן' => ('נ', None),
        'ף' => ('פ', None),
        'ץ' => ('צ', None),
        // Arabic as Persian, Urdu and hurried writers spell it.
        '\u{0671}' => ('\u{0627}', None),
        '\u{0649}' | '\u{06cc}' => ('\u{064a}', None),
        '\u{0629}' | '\u{06be}' | '\u{06c1}' | '\u{06d5}' => ('\u{0647}', None),
        '\u{06a9}' | '\u{06aa}' => ('\u{0643}', None),
        _ => (digit(letter).unwrap_or(letter), None),
    }
}

/// The zeros of the scripts whose digits are counted from 0 to 9.
const ZEROS: [char; 22] = [
    '\u{0660}', '\u{06f0}', '\u{07c0}', '\u{0966}', '\u{09e6}', '\u{0a66}', '\u{0ae6}', '\u{0b66}',
    '\u{0be6}', '\u{0c66}', '\u{0ce6}', '\u{0d66}', '\u{0de6}', '\u{0e50}', '\u{0ed0}', '\u{0f20}',
    '\u{1040}', '\u{1090}', '\u{17e0}', '\u{1810}', '\u{1946}', '\u{19d0}',
];

/// The digit 0–9 that a digit of another script stands for.
fn digit(letter: char) -> Option<char> {
    if letter < '\u{0660}' {
        return None;
    }
    let value = |zero: char| u32::from(letter).checked_sub(u32::from(zero));
    let value = ZEROS
        .into_iter()
        .filter_map(value)
        .find(|value| *value < 10)?;
    char::from_digit(value, 10)
}

/// Characters that are not seen: soft hyphens, joiners, marks of direction,
/// variation selectors (Unicode's `Default_Ignorable_Code_Point`), and the
/// tatweel, which only stretches an Arabic word.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{0640}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fold(text: &str) -> String {
        folded(text).collect()
    }

    #[test]
    fn letters_that_are_not_the_same_stay_apart() {
        for (one, other) in [
            ("мой", "мои"),
            ("їжа", "іжа"),
            ("ѓ", "г"),
            ("ў", "у"),
            ("が", "か"),
            ("パ", "ハ"),
            ("ป่า", "ป้า"),
            ("कर", "का"),
            ("कर्म", "करम"),
            ("각", "가"),
        ] {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn spellings_of_one_word_are_one() {
        for (one, other) in [
            ("Κόρνα", "ΚΟΡΝΑ"),
            ("ὀδός", "οδοσ"),
            ("Μαΐου", "μαιου"),
            ("Чёрный", "черный"),
            ("за\u{301}мок", "замок"),
            ("שָׁלוֹם", "שלומ"),
            ("مُحَمَّد", "محمد"),
            ("إســلام", "اسلام"),
            ("مكتبة", "مکتبه"),
            ("على", "علی"),
            ("İSTANBUL", "ıstanbul"),
            ("Ẹ́kọ́", "eko"),
            ("Đường", "duong"),
            ("Straße", "STRASSE"),
            ("Ærø", "aero"),
            ("ＷＩＦＩ ﬁ ㎏", "wifi fi kg"),
            ("ｶﾞｽ", "ガス"),
            ("फ़ोन", "फोन"),
            ("१२३ ٤٥ ๖", "123 45 6"),
            ("ka\u{ad}f\u{200b}f\u{200c}ee\u{2060}\u{feff}", "kaffee"),
            ("e\u{ad}\u{301}", "é"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn every_letter_there_is_folds_once(letter in any::<char>(), mark in 0x300_u32..0x36f) {
            let text: String = [letter].into_iter().chain(char::from_u32(mark)).collect();
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
