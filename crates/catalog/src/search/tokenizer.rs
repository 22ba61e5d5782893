//! The tokenizer of the index.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::words::{Joining, Kind, Span, Words};

/// Maximum length of an indexed prefix, in characters, for suggestions.
pub(super) const MAX_PREFIX: usize = 12;

/// The tokens that a field is indexed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenMode {
    /// The words themselves.
    Words,
    /// The words, each prefixed with the language that the text begins with: `en` and
    /// the text.
    LanguageTagged,
    /// Prefixes (edge n-grams) of the words and of their other spellings, for
    /// suggestions.
    Prefixes,
    /// Other spellings of the words: joined with neighbours, or split.
    Spellings(Joining),
}

/// A tantivy tokenizer over [`Words`].
#[derive(Debug, Clone)]
pub(super) struct WordTokenizer {
    words: Words,
    mode: TokenMode,
}

impl WordTokenizer {
    pub(super) fn new(mode: TokenMode) -> Self {
        let words = match mode {
            TokenMode::Prefixes => Words::plain(),
            TokenMode::Words | TokenMode::LanguageTagged | TokenMode::Spellings(_) => {
                Words::stemmed()
            }
        };
        Self { words, mode }
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordTokenStream<'a> {
        let (tag, text) = match self.mode {
            TokenMode::LanguageTagged => text.split_at_checked(2).unwrap_or(("", text)),
            TokenMode::Words | TokenMode::Prefixes | TokenMode::Spellings(_) => ("", text),
        };
        self.words.read(text);
        match self.mode {
            TokenMode::Words | TokenMode::LanguageTagged => {}
            TokenMode::Prefixes => {
                let spellings = self.words.spellings(Joining::Names);
                append(&mut self.words, spellings);
                self.words.spans = edges(&self.words);
            }
            TokenMode::Spellings(joining) => {
                let spellings = self.words.spellings(joining);
                self.words.spans.clear();
                append(&mut self.words, spellings);
            }
        }
        WordTokenStream {
            words: &self.words,
            tag,
            next: 0,
            token: Token::default(),
        }
    }
}

/// Adds `spellings` as tokens; their positions do not matter.
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

/// Returns the words and all their prefixes.
fn edges(words: &Words) -> Vec<Span> {
    let mut edges = Vec::with_capacity(words.spans.len() * 6);
    for span in &words.spans {
        edges.push(*span);
        if span.kind.has_beginnings() {
            let word = &words.buffer[span.from..span.to];
            let ends = word.char_indices().skip(1).take(MAX_PREFIX);
            edges.extend(ends.map(|(end, _)| Span {
                to: span.from + end,
                ..*span
            }));
        }
    }
    edges
}

/// The stream of tokens of one text.
#[derive(Debug)]
pub(super) struct WordTokenStream<'a> {
    words: &'a Words,
    tag: &'a str,
    next: usize,
    token: Token,
}

impl TokenStream for WordTokenStream<'_> {
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

    fn cut(mode: TokenMode, text: &str) -> Vec<String> {
        let mut tokenizer = WordTokenizer::new(mode);
        let mut stream = tokenizer.token_stream(text);
        let mut words = Vec::new();
        stream.process(&mut |token| words.push(token.text.clone()));
        words
    }

    #[test]
    fn words_are_cut_as_their_field_needs_them() {
        assert_eq!(cut(TokenMode::Words, "Two lamps"), ["two", "lamp"]);
        assert_eq!(cut(TokenMode::LanguageTagged, "enLamps"), ["enlamp"]);
        assert_eq!(
            cut(TokenMode::Prefixes, "Lamps 灯"),
            ["lamps", "l", "la", "lam", "lamp", "灯"]
        );
        assert_eq!(cut(TokenMode::Prefixes, "A-B"), ["a", "b", "ab", "a"]);
        assert_eq!(cut(TokenMode::Prefixes, "ดี"), ["ดี", "ด"]);
        let joined = TokenMode::Spellings(Joining::Names);
        assert_eq!(cut(joined, "Wi-Fi lamps"), ["wifi", "filamp"]);
    }

    proptest! {
        #[test]
        fn any_text_can_be_cut_for_the_index(text in any::<String>()) {
            let spellings = [Joining::Names, Joining::Numbers].map(TokenMode::Spellings);
            for mode in [TokenMode::Words, TokenMode::LanguageTagged, TokenMode::Prefixes].into_iter().chain(spellings) {
                let mut tokenizer = WordTokenizer::new(mode);
                let mut stream = tokenizer.token_stream(&text);
                while stream.advance() {
                    prop_assert!(!stream.token().text.is_empty());
                }
            }
        }
    }
}
