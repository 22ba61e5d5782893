//! How tantivy gets its words.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::words::{Joining, Kind, Span, Words};

/// Longest beginning of a word that completes a suggestion.
pub(super) const LONGEST_EDGE: usize = 12;

/// What the index makes of a field's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// The words themselves.
    Whole,
    /// The words behind the language the text begins with: `en` and the text.
    Spoken,
    /// The beginnings of words and of their other spellings, for suggestions.
    Edges,
    /// Other spellings of the words: joined, or cut where others would cut them.
    Spellings(Joining),
}

/// Cuts text into words for the index.
#[derive(Debug, Clone)]
pub(super) struct Cutter {
    words: Words,
    cut: Cut,
}

impl Cutter {
    pub(super) fn new(cut: Cut) -> Self {
        let words = match cut {
            Cut::Edges => Words::plain(),
            Cut::Whole | Cut::Spoken | Cut::Spellings(_) => Words::stemmed(),
        };
        Self { words, cut }
    }
}

impl Tokenizer for Cutter {
    type TokenStream<'a> = Cuttings<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Cuttings<'a> {
        let (tag, text) = match self.cut {
            Cut::Spoken => text.split_at_checked(2).unwrap_or(("", text)),
            Cut::Whole | Cut::Edges | Cut::Spellings(_) => ("", text),
        };
        self.words.read(text);
        match self.cut {
            Cut::Whole | Cut::Spoken => {}
            Cut::Edges => {
                let spellings = self.words.spellings(Joining::Names);
                append(&mut self.words, spellings);
                self.words.spans = edges(&self.words);
            }
            Cut::Spellings(joining) => {
                let spellings = self.words.spellings(joining);
                self.words.spans.clear();
                append(&mut self.words, spellings);
            }
        }
        Cuttings {
            words: &self.words,
            tag,
            next: 0,
            token: Token::default(),
        }
    }
}

/// Adds `spellings` to the words; places do not matter to them.
fn append(words: &mut Words, spellings: Vec<String>) {
    let position = words.spans.last().map_or(0, |last| last.position);
    for spelling in spellings {
        let from = words.buffer.len();
        words.buffer.push_str(&spelling);
        words.spans.push(Span {
            from,
            to: words.buffer.len(),
            position,
            kind: Kind::Spaced,
        });
    }
}

/// Every beginning of every word, and the words.
fn edges(words: &Words) -> Vec<Span> {
    let mut edges = Vec::with_capacity(words.spans.len() * 6);
    for span in &words.spans {
        edges.push(*span);
        if span.kind.has_beginnings() {
            let word = &words.buffer[span.from..span.to];
            let ends = word.char_indices().skip(1).take(LONGEST_EDGE);
            edges.extend(ends.map(|(end, _)| Span {
                to: span.from + end,
                ..*span
            }));
        }
    }
    edges
}

/// The words of one text, one after the other.
#[derive(Debug)]
pub(super) struct Cuttings<'a> {
    words: &'a Words,
    tag: &'a str,
    next: usize,
    token: Token,
}

impl TokenStream for Cuttings<'_> {
    fn advance(&mut self) -> bool {
        let Some(span) = self.words.spans.get(self.next) else {
            return false;
        };
        self.next += 1;
        self.token.text.clear();
        self.token.text.push_str(self.tag);
        self.token
            .text
            .push_str(&self.words.buffer[span.from..span.to]);
        self.token.position = span.position;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(cut: Cut, text: &str) -> Vec<String> {
        let mut cutter = Cutter::new(cut);
        let mut cuttings = cutter.token_stream(text);
        let mut words = Vec::new();
        cuttings.process(&mut |token| words.push(token.text.clone()));
        words
    }

    #[test]
    fn words_are_cut_as_their_field_needs_them() {
        assert_eq!(cut(Cut::Whole, "Two lamps"), ["two", "lamp"]);
        assert_eq!(cut(Cut::Spoken, "enLamps"), ["enlamp"]);
        assert_eq!(
            cut(Cut::Edges, "Lamps 灯"),
            ["lamps", "l", "la", "lam", "lamp", "灯"]
        );
        assert_eq!(cut(Cut::Edges, "A-B"), ["a", "b", "ab", "a"]);
        assert_eq!(cut(Cut::Edges, "ดี"), ["ดี", "ด"]);
        let joined = Cut::Spellings(Joining::Names);
        assert_eq!(cut(joined, "Wi-Fi lamps"), ["wifi", "filamp"]);
    }

    proptest! {
        #[test]
        fn any_text_can_be_cut_for_the_index(text in any::<String>()) {
            let spellings = [Joining::Names, Joining::Numbers].map(Cut::Spellings);
            for cut in [Cut::Whole, Cut::Spoken, Cut::Edges].into_iter().chain(spellings) {
                let mut cutter = Cutter::new(cut);
                let mut cuttings = cutter.token_stream(&text);
                while cuttings.advance() {
                    prop_assert!(!cuttings.token().text.is_empty());
                }
            }
        }
    }
}
