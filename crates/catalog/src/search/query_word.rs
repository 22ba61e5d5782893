//! The words of a search query, and what each of them looks for.

use std::collections::HashSet;

use stampede_kernel::Language;
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::index::Fields;
use super::parsed_query::MatchMode;
use super::suggest::Typed;
use super::tokenizer::MAX_PREFIX;
use super::words::{Kind, Script, Words};

/// Maximum number of words; further words are ignored.
pub(super) const WORDS: usize = 16;
/// Shortest Latin word that may have a typo.
const TYPO_FROM: usize = 4;
const NAME: f32 = 4.0;
const ABOUT: f32 = 2.0;
/// Slightly below [`NAME`]: exact spellings rank first.
const NAME_SPELLING: f32 = 3.0;
/// Boost of texts in the reader's language: it only breaks ties.
const TAGGED: f32 = 0.2;
/// English stop words.
const STOP_WORDS: [&str; 9] = ["a", "an", "and", "for", "in", "of", "on", "the", "with"];

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// The word joined with its neighbours.
    pub(super) joined: Vec<String>,
    /// The parts between its apostrophes.
    pub(super) pieces: Vec<String>,
    pub(super) may_have_typo: bool,
}

impl Word {
    pub(super) fn is_long_and_latin(&self) -> bool {
        self.kind == Kind::Spaced
            && self.text.len() >= TYPO_FROM
            && self.text.bytes().all(|letter| letter.is_ascii_lowercase())
    }

    /// Builds a query for the word in any text of a product.
    pub(super) fn anywhere(&self, fields: &Fields, typos: bool) -> Box<dyn Query> {
        let mut alternatives = self.alternatives(fields, typos);
        if alternatives.len() == 1 {
            return alternatives.swap_remove(0);
        }
        Box::new(BooleanQuery::union(alternatives))
    }

    /// Builds the alternative queries for the word: its spellings, joined forms and
    /// parts.
    pub(super) fn alternatives(&self, fields: &Fields, typos: bool) -> Vec<Box<dyn Query>> {
        let term = Term::from_field_text(fields.text, &self.text);
        let mut alternatives: Vec<Box<dyn Query>> = Vec::new();
        if typos && self.may_have_typo {
            alternatives.push(Box::new(FuzzyTermQuery::new(term, 1, true)));
        } else {
            alternatives.push(scored(term));
        }
        if self.kind != Kind::Spaced {
            return alternatives;
        }
        for spelling in std::iter::once(&self.text).chain(&self.joined) {
            alternatives.extend(spelling_queries(fields, spelling));
        }
        for joined in &self.joined {
            alternatives.push(scored(Term::from_field_text(fields.text, joined)));
        }
        let pieces = self.pieces.iter().map(|piece| {
            let mut alternatives = vec![scored(Term::from_field_text(fields.text, piece))];
            alternatives.extend(spelling_queries(fields, piece));
            let query: Box<dyn Query> = Box::new(BooleanQuery::union(alternatives));
            query
        });
        let pieces: Vec<_> = pieces.collect();
        if !pieces.is_empty() {
            alternatives.push(Box::new(BooleanQuery::intersection(pieces)));
        }
        alternatives
    }

    /// Builds the optional clauses that boost certain fields.
    pub(super) fn boosts(
        &self,
        fields: &Fields,
        mode: MatchMode,
        language: Language,
    ) -> Vec<(Occur, Box<dyn Query>)> {
        let name = Term::from_field_text(fields.name, &self.text);
        if mode == MatchMode::Typos && self.may_have_typo {
            return vec![optional(Box::new(FuzzyTermQuery::new(name, 1, true)), NAME)];
        }
        let about = Term::from_field_text(fields.about, &self.text);
        let tagged = format!("{language}{}", self.text);
        let tagged = Term::from_field_text(fields.tagged_names, &tagged);
        vec![
            optional(scored(name), NAME),
            optional(scored(about), ABOUT),
            optional(scored(tagged), TAGGED),
        ]
    }
}

/// Builds a query for products whose names or options have words with these prefixes.
pub(super) fn prefix_query(prefixes: Field, words: &[Typed]) -> BooleanQuery {
    let beginning = |word: &String| {
        let prefix: String = word.chars().take(MAX_PREFIX).collect();
        let term = Term::from_field_text(prefixes, &prefix);
        let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        query
    };
    let clauses = words.iter().map(|typed| {
        let alternatives = typed.alternatives().map(beginning).collect();
        let query: Box<dyn Query> = Box::new(BooleanQuery::union(alternatives));
        query
    });
    BooleanQuery::intersection(clauses.collect())
}

/// Keeps only the longest of overlapping n-grams: they are the most selective.
pub(super) fn without_covered(all: Vec<(String, usize, Kind)>) -> Vec<(String, usize, Kind)> {
    let starts = |size: usize| -> HashSet<usize> {
        let spanning = all.iter().filter(|(_, _, kind)| kind.size() == size);
        spanning.map(|(_, place, _)| *place).collect()
    };
    let (pairs, threes) = (starts(2), starts(3));
    let begins = |starts: &HashSet<usize>, place: usize, before: usize| {
        (0..=before).any(|back| {
            place
                .checked_sub(back)
                .is_some_and(|at| starts.contains(&at))
        })
    };
    let is_covered = |kind: Kind, place: usize| match kind.size() {
        1 => kind != Kind::Spaced && (begins(&pairs, place, 1) || begins(&threes, place, 2)),
        2 => begins(&threes, place, 1),
        _ => false,
    };
    all.into_iter()
        .filter(|(_, place, kind)| !is_covered(*kind, *place))
        .take(WORDS)
        .collect()
}

/// Collects the words, each once, with what they make with their neighbours.
pub(super) fn distinct(chosen: Vec<(String, usize, Kind)>, cut: &Words) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(chosen.len());
    for (text, place, kind) in chosen {
        let (joined, pieces) = match kind {
            Kind::Spaced => cut.others(place),
            Kind::One(_) | Kind::Two(_) | Kind::Three => Default::default(),
        };
        match (words.iter_mut()).find(|word| word.text == text && word.kind == kind) {
            Some(word) => word.joined.extend(joined),
            None => words.push(Word {
                text,
                kind,
                joined,
                pieces,
                may_have_typo: false,
            }),
        }
    }
    words
}

/// Returns whether a word is a stop word: an English article or preposition, or a lone
/// kana.
pub(super) fn is_stop_word(word: &Word) -> bool {
    word.kind == Kind::One(Script::Hiragana) || STOP_WORDS.contains(&word.text.as_str())
}

/// Builds the queries for products that have `spelling` among their other spellings.
fn spelling_queries(fields: &Fields, spelling: &str) -> [Box<dyn Query>; 2] {
    let term = |field| {
        let term = Term::from_field_text(field, spelling);
        let query: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        query
    };
    [
        boosted(term(fields.name_spellings), NAME_SPELLING),
        term(fields.text_spellings),
    ]
}

fn scored(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

pub(super) fn optional(query: Box<dyn Query>, boost: f32) -> (Occur, Box<dyn Query>) {
    (Occur::Should, boosted(query, boost))
}

fn boosted(query: Box<dyn Query>, boost: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, boost))
}
