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

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::folded;

/// Maximum length of a word; longer words are truncated in the index and in queries.
const LONGEST: usize = 40;
/// Maximum length of a cluster; further signs are ignored.
const CLUSTER: usize = 16;
/// Minimum number of digits of a joined number: `0707-60` is an article number, `1/2`
/// is not.
const DIGITS: usize = 5;

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

/// Scripts without spaces; words seldom cross from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Han,
    Hiragana,
    Katakana,
    Hangul,
    Yi,
    /// Thai, Lao, Khmer, Burmese and the smaller scripts of South-East Asia.
    Clusters,
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

    fn script(&self, letter: char) -> Option<Script> {
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

/// The other spellings.
impl Words {
    /// Returns the spellings that are indexed beside the words: neighbours joined, and
    /// words split at apostrophes and between letters and digits.
    pub(super) fn spellings(&self, joining: Joining) -> Vec<String> {
        let mut spellings = Vec::new();
        for (place, part) in self.parts.iter().enumerate() {
            spellings.extend(self.pieces(part, false));
            for length in 2..=3 {
                let window = place..place + length;
                spellings.extend(self.joined(window, joining));
            }
            if part.glue != Glue::Sign {
                spellings.extend(self.joined_run(place));
            }
        }
        spellings
    }

    /// Returns other spellings of the word at this position of a query: the word joined
    /// with its neighbours, and the parts between its apostrophes.
    pub(super) fn others(&self, position: usize) -> (Vec<String>, Vec<String>) {
        let Some(place) = (self.parts.iter()).position(|part| part.position == position) else {
            return (Vec::new(), Vec::new());
        };
        let mut joined = Vec::new();
        for length in 2..=3 {
            for from in (place + 1).saturating_sub(length)..=place {
                joined.extend(self.joined(from..from + length, Joining::Question));
            }
        }
        let first = (0..=place)
            .rev()
            .find(|at| self.parts[*at].glue != Glue::Sign);
        let run = first.and_then(|first| self.joined_run(first));
        joined.extend(run);
        (joined, self.pieces(&self.parts[place], true))
    }

    /// Returns the parts of a word that have two letters or more.
    fn pieces(&self, part: &Part, at_apostrophes: bool) -> Vec<String> {
        let seams = self.seams[part.seams.clone()].iter();
        let seams = seams.filter(|seam| seam.apostrophe || !at_apostrophes);
        let ends = seams.map(|seam| seam.at).chain([part.letters.end]);
        let mut from = part.letters.start;
        let mut pieces = Vec::new();
        for end in ends {
            let piece = &self.letters[from..end];
            let whole = from == part.letters.start && end == part.letters.end;
            if !whole && piece.chars().nth(1).is_some() {
                pieces.push(self.spelt(piece));
            }
            from = end;
        }
        pieces
    }

    /// Joins the words of the window, if they may be joined.
    fn joined(&self, window: Range<usize>, joining: Joining) -> Option<String> {
        let parts = self.parts.get(window)?;
        let (first, last) = (parts.first()?, parts.last()?);
        let together = parts.windows(2).all(|pair| match pair[1].glue {
            Glue::Apart => false,
            Glue::Sign => true,
            Glue::Space => match joining {
                Joining::Question => true,
                Joining::Names if parts.len() == 2 => true,
                Joining::Names | Joining::Numbers => self.is_number_beside_letters(pair),
            },
        });
        let letters = &self.letters[first.letters.start..last.letters.end];
        let says_something =
            letters.len() >= DIGITS || letters.bytes().any(|b| !b.is_ascii_digit());
        (together && says_something).then(|| self.spelt(letters))
    }

    fn is_number_beside_letters(&self, pair: &[Part]) -> bool {
        let [left, right] = pair else { return false };
        let last = self.letters[left.letters.clone()].bytes().next_back();
        let first = self.letters[right.letters.clone()].bytes().next();
        let is_digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
        is_digit(last) != is_digit(first)
    }

    /// Joins all words from here that only single signs separate, if they are more than
    /// three.
    fn joined_run(&self, first: usize) -> Option<String> {
        let more = self.parts.get(first + 1..)?;
        let more = more.iter().take_while(|part| part.glue == Glue::Sign);
        let window = first..first + 1 + more.take(LONGEST).count();
        (window.len() > 3)
            .then(|| self.joined(window, Joining::Question))
            .flatten()
    }

    /// Truncates and, if set, stems the letters.
    fn spelt(&self, letters: &str) -> String {
        let mut word: String = letters.chars().take(LONGEST).collect();
        if self.stems {
            stem(&mut word, 0);
        }
        word
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

/// Apostrophes, also those of Hawaiian and Hebrew, do not end a word.
fn is_apostrophe(letter: char) -> bool {
    matches!(
        letter,
        '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{02b9}'
            ..='\u{02bc}' | '\u{02be}' | '\u{02bf}' | '\u{05f3}'
    )
}

/// Thai and Lao tones.
fn is_tone(mark: char) -> bool {
    matches!(mark, '\u{0e48}'..='\u{0e4b}' | '\u{0ec8}'..='\u{0ecb}')
}

/// Signs that put the next letter below the last: of Burmese, Khmer, Tai Tham, Balinese, Javanese.
fn is_stacker(sign: char) -> bool {
    matches!(
        sign,
        '\u{1039}' | '\u{17d2}' | '\u{1a60}' | '\u{1b44}' | '\u{a9c0}'
    )
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

    fn spellings(text: &str, joining: Joining) -> Vec<String> {
        let mut words = Words::stemmed();
        words.read(text);
        words.spellings(joining)
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
    fn words_that_a_sign_divides_are_spelt_as_one_too() {
        for (text, spelt) in [
            ("Wi-Fi", "wifi"),
            ("gluten\u{2011}free", "glutenfree"),
            ("5W-30", "5w30"),
            ("NOR.0707-60", "nor070760"),
            ("NOR.0707-60", "070760"),
            ("A-B-12-CD", "ab12cd"),
            ("col·leccions", "colleccion"),
            ("iPhone13", "iphone"),
            ("iPhone13", "13"),
            ("L’huile", "huile"),
            ("500 ml", "500ml"),
            ("Вай-фай", "вайфай"),
        ] {
            let spellings = spellings(text, Joining::Numbers);
            let spelt = words(spelt).remove(0);
            assert!(spellings.contains(&spelt), "{text}: {spellings:?}");
        }
        assert_eq!(spellings("e book", Joining::Names), ["ebook"]);
    }

    #[test]
    fn what_does_not_stand_together_is_not_joined() {
        assert_eq!(spellings("red, blue", Joining::Names), [""; 0]);
        assert_eq!(spellings("red blue", Joining::Numbers), [""; 0]);
        assert_eq!(spellings("1/2\" 16-20", Joining::Numbers), [""; 0]);
        assert_eq!(spellings("A4, don't", Joining::Numbers), ["don"]);
        assert_eq!(spellings("USB充电C", Joining::Names), [""; 0]);
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

        #[test]
        fn any_text_has_spellings_that_are_not_empty(text in any::<String>()) {
            let mut words = Words::stemmed();
            words.read(&text);
            for joining in [Joining::Numbers, Joining::Names, Joining::Question] {
                for spelling in words.spellings(joining) {
                    prop_assert!(!spelling.is_empty());
                    prop_assert!(spelling.chars().count() <= LONGEST);
                }
            }
        }
    }
}
