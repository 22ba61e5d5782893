//! Scripts without spaces between words, and the signs of a text.

use super::Words;

/// Scripts without spaces; words seldom cross from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::search) enum Script {
    Han,
    Hiragana,
    Katakana,
    Hangul,
    Yi,
    /// Thai, Lao, Khmer, Burmese and the smaller scripts of South-East Asia.
    Clusters,
}

impl Words {
    /// The script of a letter, if it is one without spaces.
    pub(super) fn script(&self, letter: char) -> Option<Script> {
        match letter {
            '\u{30fc}' => Some(match self.run {
                Some(Script::Hiragana) => Script::Hiragana,
                _ => Script::Katakana,
            }),
            '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}' => Some(Script::Hiragana),
            '\u{30a1}'..='\u{30fa}' | '\u{30fd}' | '\u{30fe}' | '\u{31f0}'..='\u{31ff}' => {
                Some(Script::Katakana)
            }
            '\u{3005}'..='\u{3007}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Some(Script::Han),
            '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}' => {
                Some(Script::Hangul)
            }
            '\u{a000}'..='\u{a48c}' => Some(Script::Yi),
            // Thai and Lao; Burmese; Khmer; Tai Le to New Tai Lue; Tai Tham; Balinese;
            // Javanese; Burmese extended and Tai Viet.
            '\u{0e00}'..='\u{0eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{1950}'..='\u{19df}'
            | '\u{1a20}'..='\u{1aaf}'
            | '\u{1b00}'..='\u{1b7f}'
            | '\u{a980}'..='\u{a9ff}'
            | '\u{aa60}'..='\u{aadf}'
                if letter.is_alphanumeric() =>
            {
                Some(Script::Clusters)
            }
            _ => None,
        }
    }
}

/// Apostrophes, also those of Hawaiian and Hebrew, do not end a word.
pub(super) fn is_apostrophe(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{02b9}'
            ..='\u{02bc}' | '\u{02be}' | '\u{02bf}' | '\u{05f3}'
    )
}

/// Thai and Lao tones.
pub(super) fn is_tone(mark: char) -> bool {
    matches!(mark, '\u{0e48}'..='\u{0e4b}' | '\u{0ec8}'..='\u{0ecb}')
}

/// Signs that put the next letter below the last: of Burmese, Khmer, Tai Tham, Balinese, Javanese.
pub(super) fn is_stacker(sign: char) -> bool {
    matches!(
        sign,
        '\u{1039}' | '\u{17d2}' | '\u{1a60}' | '\u{1b44}' | '\u{a9c0}'
    )
}
