//! Splits text into words, the same way for indexed texts and for queries.
//!
//! Letters are folded first (see [`super::fold`]). Scripts with spaces between words
//! give words. Scripts without give n-grams: Han, Hiragana, Katakana, Hangul and Yi
//! give every character and every pair of neighbours of one script; Thai, Lao, Khmer,
//! Burmese and related scripts give every cluster of a letter and its signs, every pair
//! and every triple. So a query of one or two characters finds its matches without a
//! dictionary (docs/adr/0016-words-without-a-dictionary.md).
//!
//! Words that a sign joins, as in `Wi-Fi`, `5W-30` and `l'huile`, have other spellings:
//! joined and apart. They are computed beside the words, so that index and query meet
//! whichever spelling is used.

mod script;
mod spellings;
mod stem;

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

pub(super) use script::Script;
use script::{is_apostrophe, is_stacker, is_tone};
use stem::stem;

use super::fold::folded;

/// Maximum length of a word; longer words are truncated in the index and in queries.
const LONGEST: usize = 40;
/// Maximum length of a cluster; further signs are ignored.
const CLUSTER: usize = 16;
/// The kind of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters and digits between spaces.
    Spaced,
    /// One character or cluster of a script without spaces.
    One(Script),
    /// Two neighbours of a script without spaces.
    Two(Script),
    /// Three neighbours of a script that writes sounds in clusters.
    Three,
}

impl Kind {
    /// Returns the number of units that the word spans.
    pub(super) fn size(self) -> usize {
        match self {
            Self::Spaced | Self::One(_) => 1,
            Self::Two(_) => 2,
            Self::Three => 3,
        }
    }

    /// Returns whether prefixes of the word match too.
    pub(super) fn has_beginnings(self) -> bool {
        match self {
            Self::Spaced | Self::Three => true,
            Self::One(script) | Self::Two(script) => script == Script::Clusters,
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) position: usize,
    pub(super) kind: Kind,
}

/// The separator between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glue {
    /// Something else is between them.
    Apart,
    /// White space.
    Space,
    /// One sign: a hyphen, a dot, a slash.
    Sign,
}

/// The signs and spaces since the last word.
#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    signs: usize,
    spaces: usize,
    broken: bool,
}

/// A word between spaces, as a range of [`Words::letters`].
#[derive(Debug, Clone)]
struct Part {
    letters: Range<usize>,
    glue: Glue,
    /// In [`Words::seams`].
    seams: Range<usize>,
    position: usize,
}

/// A position inside a word where other writers would split it.
#[derive(Debug, Clone, Copy)]
struct Seam {
    at: usize,
    apostrophe: bool,
}

/// Which words may be joined across a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joining {
    /// A number and its unit, a brand and its number.
    Numbers,
    /// Any two: names are short.
    Names,
    /// Any: a question is short.
    Question,
}

/// The words of one text, in buffers that are reused for the next text.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub(super) buffer: String,
    pub(super) spans: Vec<Span>,
    stems: bool,
    position: usize,
    word_from: Option<usize>,
    word_length: usize,
    run: Option<Script>,
    /// Start offsets of the units of the run.
    units: Vec<usize>,
    unit_length: usize,
    letters: String,
    parts: Vec<Part>,
    seams: Vec<Seam>,
    gap: Gap,
    letters_from: usize,
    seams_from: usize,
    after_apostrophe: bool,
}

impl Words {
    /// Creates a splitter without stemming.
    pub(super) fn plain() -> Self {
        Self::default()
    }

    /// Creates a splitter that turns English plurals into singulars.
    pub(super) fn stemmed() -> Self {
        Self {
            stems: true,
            ..Self::default()
        }
    }

    /// Returns the words of `text` with their positions and kinds.
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
        self.letters.clear();
        self.parts.clear();
        self.seams.clear();
        self.position = 0;
        self.gap = Gap {
            broken: true,
            ..Gap::default()
        };
        if text.is_ascii() {
            text.chars()
                .for_each(|letter| self.take(letter.to_ascii_lowercase()));
        } else {
            folded(text).for_each(|letter| self.take(letter));
        }
        self.end_word();
        self.end_run();
    }

    fn take(&mut self, letter: char) {
        if is_combining_mark(letter) {
            self.take_mark(letter);
        } else if let Some(script) = self.script(letter) {
            self.take_unspaced(letter, script);
        } else if letter.is_alphanumeric() && !is_apostrophe(letter) {
            self.take_spaced(letter);
        } else if is_apostrophe(letter) && self.word_from.is_some() {
            self.after_apostrophe = true;
        } else {
            self.interrupt(letter);
        }
    }

    /// A mark belongs to the letter before it.
    fn take_mark(&mut self, mark: char) {
        if self.word_from.is_some() {
            self.take_spaced(mark);
        } else if self.run.is_some() && self.unit_length < CLUSTER {
            match self.buffer.pop() {
                // The vowel of Thai and Lao `am` and a tone look the same in either order.
                Some(before @ ('\u{0e4d}' | '\u{0ecd}')) if is_tone(mark) => {
                    self.buffer.push(mark);
                    self.buffer.push(before);
                }
                Some(before) => {
                    self.buffer.push(before);
                    self.buffer.push(mark);
                }
                None => {}
            }
            self.unit_length += 1;
        }
    }

    fn take_spaced(&mut self, letter: char) {
        if self.word_from.is_none() {
            self.end_run();
            self.word_from = Some(self.buffer.len());
            self.word_length = 0;
            self.letters_from = self.letters.len();
            self.seams_from = self.seams.len();
        }
        if self.word_length < LONGEST {
            self.note_seam(letter);
            self.buffer.push(letter);
            self.letters.push(letter);
            self.word_length += 1;
        }
        self.after_apostrophe = false;
    }

    fn note_seam(&mut self, letter: char) {
        let Some(before) = self.letters[self.letters_from..].chars().next_back() else {
            return;
        };
        if self.after_apostrophe || before.is_ascii_digit() != letter.is_ascii_digit() {
            self.seams.push(Seam {
                at: self.letters.len(),
                apostrophe: self.after_apostrophe,
            });
        }
    }

    fn take_unspaced(&mut self, letter: char, script: Script) {
        self.end_word();
        if self.run != Some(script) {
            self.end_run();
            self.run = Some(script);
        }
        let last = self.units.last().map(|from| &self.buffer[*from..]);
        if last.is_some_and(|unit| unit.ends_with(is_stacker)) && self.unit_length < CLUSTER {
            self.buffer.push(letter);
            self.unit_length += 1;
            return;
        }
        if letter == '\u{0e40}' && last == Some("\u{0e40}") {
            // Two times the Thai sign `e` looks like the sign `ae`.
            self.buffer.pop();
            self.buffer.push('\u{0e41}');
            return;
        }
        self.units.push(self.buffer.len());
        self.buffer.push(letter);
        self.unit_length = 1;
    }

    fn interrupt(&mut self, sign: char) {
        self.end_word();
        self.end_run();
        if sign.is_whitespace() {
            self.gap.spaces += 1;
        } else {
            self.gap.signs += 1;
        }
    }

    fn end_word(&mut self) {
        self.after_apostrophe = false;
        let Some(from) = self.word_from.take() else {
            return;
        };
        self.parts.push(Part {
            letters: self.letters_from..self.letters.len(),
            glue: self.gap.glue(),
            seams: self.seams_from..self.seams.len(),
            position: self.position,
        });
        self.gap = Gap::default();
        if self.stems {
            stem(&mut self.buffer, from);
        }
        self.push(from, self.buffer.len(), self.position, Kind::Spaced);
        self.position += 1;
    }

    fn end_run(&mut self) {
        let Some(script) = self.run.take() else {
            return;
        };
        self.gap = Gap {
            broken: true,
            ..Gap::default()
        };
        let units = std::mem::take(&mut self.units);
        let end = self.buffer.len();
        let end_of = |unit: usize| units.get(unit + 1).copied().unwrap_or(end);
        for (unit, from) in units.iter().copied().enumerate() {
            self.push(from, end_of(unit), self.position, Kind::One(script));
            if unit + 1 < units.len() {
                self.push(from, end_of(unit + 1), self.position, Kind::Two(script));
            }
            if unit + 2 < units.len() && script == Script::Clusters {
                self.push(from, end_of(unit + 2), self.position, Kind::Three);
            }
            self.position += 1;
        }
        self.units = units;
        self.units.clear();
    }

    fn push(&mut self, from: usize, to: usize, position: usize, kind: Kind) {
        self.spans.push(Span {
            from,
            to,
            position,
            kind,
        });
    }
}

impl Gap {
    fn glue(self) -> Glue {
        match (self.broken, self.signs, self.spaces) {
            (false, 1, 0) => Glue::Sign,
            (false, 0, 1..) => Glue::Space,
            _ => Glue::Apart,
        }
    }
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
        assert_eq!(words("कर्म सड़क"), words("कर्म सडक"));
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
    fn scripts_that_write_sounds_give_clusters_and_up_to_three_neighbours() {
        assert_eq!(words("สีดำ"), ["สี", "สีดํ", "สีดํา", "ดํ", "ดํา", "า"]);
        assert_eq!(words("ខ្មែរ"), ["ខ្មែ", "ខ្មែរ", "រ"]);
        assert_eq!(words("မြန်မာ"), ["မြ", "မြန်", "မြန်မာ", "န်", "န်မာ", "မာ"]);
        assert_eq!(words("เเก้ว"), words("แก้ว"));
        assert_eq!(words("นํ้า"), words("น้ำ"));
        assert_eq!(words("ก๒ข"), ["ก", "2", "ข"]);
    }

    #[test]
    fn what_is_no_word_gives_nothing() {
        for text in [
            "", " ", "%", "_", "\\", "'", "--", "・", "\u{301}", "\u{ad}",
        ] {
            assert_eq!(words(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn a_long_word_is_cut_to_forty_letters() {
        assert_eq!(words(&"x".repeat(1_000)), ["x".repeat(LONGEST)]);
        assert!(
            words(&format!("ก{}", "\u{e34}".repeat(1_000)))[0]
                .chars()
                .count()
                <= CLUSTER
        );
    }

    #[test]
    fn the_work_grows_with_the_text_and_no_faster() {
        let size = |text: &str| {
            let mut words = Words::stemmed();
            words.read(text);
            let spellings = words.spellings(Joining::Names);
            words.spans.len() + spellings.iter().map(String::len).sum::<usize>()
        };
        for seed in [
            "a-",
            "a1",
            "a'",
            "ก",
            "ก\u{e48}",
            "字",
            "a b-",
            "é\u{301}",
            "\u{ad}x",
        ] {
            let (small, large) = (size(&seed.repeat(200)), size(&seed.repeat(2_000)));
            assert!(large <= small * 11 + 200, "{seed:?}: {small}, {large}");
        }
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
