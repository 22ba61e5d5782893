//! Other spellings of the words: joined with their neighbours, or split.

use std::ops::Range;

use super::stem::stem;
use super::{Glue, Joining, LONGEST, Part, Words};

/// Minimum number of digits of a joined number: `0707-60` is an article number, `1/2`
/// is not.
const DIGITS: usize = 5;

impl Words {
    /// Returns the spellings that are indexed beside the words: neighbours joined, and
    /// words split at apostrophes and between letters and digits.
    pub(in crate::search) fn spellings(&self, joining: Joining) -> Vec<String> {
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
    pub(in crate::search) fn others(&self, position: usize) -> (Vec<String>, Vec<String>) {
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

    proptest! {
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
