//! Text cut into words, the same way for what is stored and for what is asked.
//!
//! Unicode NFKC, lower case, Latin letters without their accents. Scripts that
//! put spaces between words give words; Han, Hiragana, Katakana and Hangul give
//! every character and every two neighbours of one script, so that a question of
//! one or two characters finds what it should, without a dictionary.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Longer words are cut, on both sides alike.
const LONGEST: usize = 40;

/// What a word is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters and digits between spaces.
    Spaced,
    /// One character of a script without spaces.
    One(Script),
    /// Two neighbours of a script without spaces.
    Two,
}

/// Scripts without spaces; words seldom cross from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Han,
    Hiragana,
    Katakana,
    Hangul,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) position: usize,
    pub(super) kind: Kind,
}

/// The words of one text, in a buffer that is used again for the next.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub(super) buffer: String,
    pub(super) spans: Vec<Span>,
    stems: bool,
    word_from: Option<usize>,
    word_length: usize,
    before: Option<(Script, usize)>,
    position: usize,
}

impl Words {
    /// Words as they are written.
    pub(super) fn plain() -> Self {
        Self::default()
    }

    /// English plurals become singulars.
    pub(super) fn stemmed() -> Self {
        Self {
            stems: true,
            ..Self::default()
        }
    }

    /// The words of `text`: what, at which place, of which kind.
    pub(super) fn of(&mut self, text: &str) -> impl Iterator<Item = (&str, usize, Kind)> {
        self.read(text);
        self.spans
            .iter()
            .map(|span| (&self.buffer[span.from..span.to], span.position, span.kind))
    }

    /// Fills the buffer and its spans.
    pub(super) fn read(&mut self, text: &str) {
        self.buffer.clear();
        self.spans.clear();
        self.position = 0;
        if text.is_ascii() {
            text.chars()
                .for_each(|letter| self.take(letter.to_ascii_lowercase()));
        } else {
            text.nfkc()
                .flat_map(char::to_lowercase)
                .for_each(|letter| self.take(letter));
        }
        self.interrupt();
    }

    fn take(&mut self, letter: char) {
        if let Some(script) = self.script(letter) {
            self.take_unspaced(letter, script);
        } else if letter.is_alphanumeric() {
            self.take_spaced(letter);
        } else if !is_within_words(letter) {
            self.interrupt();
        }
    }

    fn take_spaced(&mut self, letter: char) {
        if self.word_from.is_none() {
            self.interrupt();
            self.word_from = Some(self.buffer.len());
            self.word_length = 0;
        }
        if self.word_length < LONGEST {
            fold(letter, &mut self.buffer);
            self.word_length += 1;
        }
    }

    fn take_unspaced(&mut self, letter: char, script: Script) {
        self.end_word();
        let from = self.buffer.len();
        self.buffer.push(letter);
        let to = self.buffer.len();
        if let Some((_, before)) = self.before.filter(|(same, _)| *same == script) {
            self.push(before, to, self.position - 1, Kind::Two);
        }
        self.push(from, to, self.position, Kind::One(script));
        self.position += 1;
        self.before = Some((script, from));
    }

    fn interrupt(&mut self) {
        self.end_word();
        self.before = None;
    }

    fn end_word(&mut self) {
        let Some(from) = self.word_from.take() else {
            return;
        };
        if self.stems {
            stem(&mut self.buffer, from);
        }
        if self.buffer.len() > from {
            self.push(from, self.buffer.len(), self.position, Kind::Spaced);
            self.position += 1;
        }
        self.before = None;
    }

    fn push(&mut self, from: usize, to: usize, position: usize, kind: Kind) {
        self.spans.push(Span {
            from,
            to,
            position,
            kind,
        });
    }

    fn script(&self, letter: char) -> Option<Script> {
        match letter {
            '\u{30fc}' => Some(match self.before {
                Some((Script::Hiragana, _)) => Script::Hiragana,
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
            _ => None,
        }
    }
}

/// Apostrophes and stray accents neither end a word nor belong to it.
fn is_within_words(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}') || is_combining_mark(letter)
}

/// Appends `letter` without its accent.
fn fold(letter: char, into: &mut String) {
    match letter {
        'ß' => into.push_str("ss"),
        'æ' => into.push_str("ae"),
        'œ' => into.push_str("oe"),
        'ø' => into.push('o'),
        'đ' | 'ð' => into.push('d'),
        'ł' => into.push('l'),
        'ı' => into.push('i'),
        'þ' => into.push_str("th"),
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => decompose_canonical(letter, |part| {
            if !is_combining_mark(part) {
                into.push(part);
            }
        }),
        _ => into.push(letter),
    }
}

/// Plurals no rule leads back from, and words that only look like plurals.
const IRREGULAR: [(&str, &str); 11] = [
    ("children", "child"),
    ("feet", "foot"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lens", "lens"),
    ("lenses", "lens"),
    ("men", "man"),
    ("mice", "mouse"),
    ("shelves", "shelf"),
    ("women", "woman"),
    ("womens", "woman"),
];

/// Turns the English plural at the end of `buffer` into its singular (after
/// Harman's S stemmer): nothing else is worth the wrong matches it brings.
fn stem(buffer: &mut String, from: usize) {
    let word = &buffer[from..];
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        buffer.truncate(from);
        buffer.push_str(singular);
        return;
    }
    if word.len() < 4 || !word.is_ascii() {
        return;
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let cut = if ends(&["ies"]) && !ends(&["eies", "aies"]) && word.len() > 4 {
        buffer.truncate(buffer.len() - 3);
        buffer.push('y');
        return;
    } else if ends(&["ches", "shes", "sses", "xes", "zes"]) {
        2
    } else {
        usize::from(ends(&["s"]) && !ends(&["us", "ss", "is"]))
    };
    buffer.truncate(buffer.len() - cut);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        Words::stemmed()
            .of(text)
            .map(|(word, ..)| word.to_owned())
            .collect()
    }

    #[test]
    fn spelling_of_letters_makes_no_difference() {
        assert_eq!(words("Ｃａｆé CRÈME"), ["cafe", "creme"]);
        assert_eq!(words("Straße smörgåsbord"), ["strasse", "smorgasbord"]);
        assert_eq!(words("USB-C 29×10"), ["usb", "c", "29", "10"]);
        assert_eq!(words("ｷｰﾎﾞｰﾄﾞ"), words("キーボード"));
    }

    #[test]
    fn plurals_and_possessives_are_one_word_with_the_singular() {
        assert_eq!(
            words("bikes watches batteries"),
            ["bike", "watch", "battery"]
        );
        assert_eq!(words("women's lenses glass"), ["woman", "lens", "glass"]);
        assert_eq!(words("cactus"), ["cactus"]);
    }

    #[test]
    fn scripts_without_spaces_give_characters_and_neighbours() {
        assert_eq!(words("机械键"), ["机", "机械", "械", "械键", "键"]);
        assert_eq!(words("木の机"), ["木", "の", "机"]);
        assert_eq!(words("USB充电"), ["usb", "充", "充电", "电"]);
        assert_eq!(
            words("らーめん"),
            ["ら", "らー", "ー", "ーめ", "め", "めん", "ん"]
        );
    }

    #[test]
    fn what_is_no_word_gives_nothing() {
        for text in ["", " ", "%", "_", "\\", "'", "--", "・", "\u{301}"] {
            assert_eq!(words(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn a_long_word_is_cut_to_forty_letters() {
        assert_eq!(words(&"x".repeat(1_000)), ["x".repeat(LONGEST)]);
    }

    proptest! {
        #[test]
        fn any_text_gives_words_that_are_not_empty_at_places_that_rise(text in "\\PC*|.*") {
            let mut last = 0;
            for (word, position, _) in Words::stemmed().of(&text) {
                prop_assert!(!word.is_empty());
                prop_assert!(position >= last);
                last = position;
            }
        }
    }
}
