//! Parses what a customer typed into a query. There is no query syntax: every character
//! is text.
//!
//! All words must match somewhere in a product's texts, in any language, as they are or
//! joined with their neighbours: `gluten free` also matches `glutenfree`. When no
//! product matches, words that are prefixes of a product's words are enough, as in the
//! suggestions; then the first few Latin words of four letters and more may have one
//! typo each; and when still none matches, two thirds of the words are enough.

use std::collections::HashSet;
use std::ops::Bound;

use stampede_kernel::{Language, Money};
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::Filter;
use super::index::Fields;
use super::suggest::{Typed, typed};
use super::tokenizer::MAX_PREFIX;
use super::words::{Kind, Script, Words};

/// Maximum number of words; further words are ignored.
const WORDS: usize = 16;
/// Maximum number of words that may have a typo. Each of them is compared with all
/// words of the index, which takes a hundred times as long as a lookup.
const TYPOS: usize = 4;
/// Shortest Latin word that may have a typo.
const TYPO_FROM: usize = 4;
const NAME: f32 = 4.0;
const ABOUT: f32 = 2.0;
const PHRASE: f32 = 3.0;
/// Slightly below [`NAME`]: exact spellings rank first.
const NAME_SPELLING: f32 = 3.0;
/// Boost of texts in the reader's language: it only breaks ties.
const TAGGED: f32 = 0.2;
/// English stop words.
const STOP_WORDS: [&str; 9] = ["a", "an", "and", "for", "in", "of", "on", "the", "with"];

/// How strictly the words must match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MatchMode {
    /// All words must match.
    All,
    /// All words must be prefixes of words in names and options, as in the suggestions:
    /// what is suggested for an unfinished word is also found by it.
    Prefixes,
    /// All words must match, with at most one typo each.
    Typos,
    /// Two thirds of the words must match.
    Most,
}

impl MatchMode {
    /// The modes from strict to lenient.
    pub(super) const ALL: [Self; 4] = [Self::All, Self::Prefixes, Self::Typos, Self::Most];
}

/// A parsed search query.
#[derive(Debug, Default)]
pub(super) struct ParsedQuery {
    /// Words that must match.
    words: Vec<Word>,
    /// Stop words; they only affect the ranking.
    stop_words: Vec<Word>,
    /// All words with their positions.
    phrase: Vec<(usize, String)>,
    /// The text as it was typed. Its unfinished words are read only when they are needed.
    text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    kind: Kind,
    /// The word joined with its neighbours.
    joined: Vec<String>,
    /// The parts between its apostrophes.
    pieces: Vec<String>,
    may_have_typo: bool,
}

impl ParsedQuery {
    /// Parses `q`; a query without words matches nothing.
    pub(super) fn parse(q: &str) -> Self {
        let mut cut = Words::stemmed();
        let all: Vec<_> = cut
            .of(q)
            .map(|(text, place, kind)| (text.to_owned(), place, kind))
            .take(WORDS * 4)
            .collect();
        let chosen = without_covered(all);
        let phrase = chosen.iter().map(|(text, place, _)| (*place, text.clone()));
        let mut parsed = Self {
            phrase: phrase.collect(),
            text: q.to_owned(),
            ..Self::default()
        };
        let (stop_words, mut words): (Vec<_>, Vec<_>) =
            distinct(chosen, &cut).into_iter().partition(is_stop_word);
        let long = words.iter_mut().filter(|word| word.is_long_and_latin());
        long.take(TYPOS).for_each(|word| word.may_have_typo = true);
        if words.is_empty() {
            parsed.words = stop_words;
        } else {
            parsed.words = words;
            parsed.stop_words = stop_words;
        }
        parsed
    }

    /// Returns whether there is nothing to search for.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Builds the query that finds the matches, without ranking them; `None` when this
    /// mode finds nothing that a stricter one did not.
    pub(super) fn matching_query(
        &self,
        fields: &Fields,
        filter: &Filter,
        mode: MatchMode,
    ) -> Option<Box<dyn Query>> {
        let mut clauses = self.required_clauses(fields, mode)?;
        clauses.extend(filter_clauses(fields, filter));
        Some(all(clauses))
    }

    /// Builds the query that ranks the matches.
    pub(super) fn ranking_query(
        &self,
        fields: &Fields,
        filter: &Filter,
        mode: MatchMode,
        language: Language,
    ) -> Option<Box<dyn Query>> {
        let mut clauses = self.required_clauses(fields, mode)?;
        clauses.extend(filter_clauses(fields, filter));
        let is_word = clauses.len() == 1 && self.words.len() == 1 && self.stop_words.is_empty();
        if is_word && mode != MatchMode::Prefixes {
            // Nothing but terms joined by "or": tantivy finds the best of them
            // without looking at every match.
            let word = &self.words[0];
            let typos = mode == MatchMode::Typos;
            let alternatives = word.alternatives(fields, typos).into_iter();
            clauses = alternatives
                .map(|alternative| (Occur::Should, alternative))
                .collect();
        }
        for word in self.words.iter().chain(&self.stop_words) {
            clauses.extend(word.boosts(fields, mode, language));
        }
        if self.phrase.len() > 1 {
            let terms = self.phrase.iter().map(|(place, text)| {
                let term = Term::from_field_text(fields.name, text);
                (*place, term)
            });
            let phrase = PhraseQuery::new_with_offset(terms.collect());
            clauses.push(optional(Box::new(phrase), PHRASE));
        }
        Some(Box::new(BooleanQuery::new(clauses)))
    }

    /// Builds the clauses that a match must fulfil.
    fn required_clauses(
        &self,
        fields: &Fields,
        mode: MatchMode,
    ) -> Option<Vec<(Occur, Box<dyn Query>)>> {
        let typos = mode == MatchMode::Typos;
        if mode == MatchMode::Prefixes {
            let words = typed(&self.text);
            if words.is_empty() {
                return None;
            }
            let prefixes: Box<dyn Query> = Box::new(prefix_query(fields.prefixes, &words));
            return Some(vec![(Occur::Must, prefixes)]);
        }
        if self.is_empty() || typos && !self.words.iter().any(|word| word.may_have_typo) {
            return None;
        }
        let words = self.words.iter().map(|word| word.anywhere(fields, typos));
        if mode != MatchMode::Most {
            return Some(words.map(|word| (Occur::Must, word)).collect());
        }
        let enough = (self.words.len() * 2).div_ceil(3);
        if enough == self.words.len() {
            return None;
        }
        let most = BooleanQuery::union_with_minimum_required_clauses(words.collect(), enough);
        Some(vec![(Occur::Must, Box::new(most))])
    }
}

impl Word {
    fn is_long_and_latin(&self) -> bool {
        self.kind == Kind::Spaced
            && self.text.len() >= TYPO_FROM
            && self.text.bytes().all(|letter| letter.is_ascii_lowercase())
    }

    /// Builds a query for the word in any text of a product.
    fn anywhere(&self, fields: &Fields, typos: bool) -> Box<dyn Query> {
        let mut alternatives = self.alternatives(fields, typos);
        if alternatives.len() == 1 {
            return alternatives.swap_remove(0);
        }
        Box::new(BooleanQuery::union(alternatives))
    }

    /// Builds the alternative queries for the word: its spellings, joined forms and
    /// parts.
    fn alternatives(&self, fields: &Fields, typos: bool) -> Vec<Box<dyn Query>> {
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
    fn boosts(
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

/// Builds the filter as clauses that do not score.
pub(super) fn filter_clauses(fields: &Fields, filter: &Filter) -> Vec<(Occur, Box<dyn Query>)> {
    let mut clauses: Vec<Box<dyn Query>> = Vec::new();
    let is = |term: Term| Box::new(TermQuery::new(term, IndexRecordOption::Basic));
    if let Some(category) = filter.category {
        clauses.push(is(Term::from_field_i64(fields.category, category.0)));
    }
    if filter.in_stock {
        clauses.push(is(Term::from_field_bool(fields.in_stock, true)));
    }
    if filter.min_price.is_some() || filter.max_price.is_some() {
        let bound = |price: Option<Money>| {
            price.map_or(Bound::Unbounded, |price| {
                Bound::Included(Term::from_field_i64(fields.price, price.minor()))
            })
        };
        let range = RangeQuery::new(bound(filter.min_price), bound(filter.max_price));
        clauses.push(Box::new(range));
    }
    clauses
        .into_iter()
        .map(|clause| {
            let unscored: Box<dyn Query> = Box::new(ConstScoreQuery::new(clause, 0.0));
            (Occur::Must, unscored)
        })
        .collect()
}

/// Builds a query for all products that pass the filter.
pub(super) fn filter_query(fields: &Fields, filter: &Filter) -> Box<dyn Query> {
    let clauses = filter_clauses(fields, filter);
    if clauses.is_empty() {
        Box::new(AllQuery)
    } else {
        all(clauses)
    }
}

/// Joins the clauses into one query; a single clause stays as it is.
fn all(mut clauses: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    if clauses.len() == 1 {
        clauses.swap_remove(0).1
    } else {
        Box::new(BooleanQuery::new(clauses))
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

fn distinct(chosen: Vec<(String, usize, Kind)>, cut: &Words) -> Vec<Word> {
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
fn is_stop_word(word: &Word) -> bool {
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

fn optional(query: Box<dyn Query>, boost: f32) -> (Occur, Box<dyn Query>) {
    (Occur::Should, boosted(query, boost))
}

fn boosted(query: Box<dyn Query>, boost: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, boost))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(q: &str) -> Vec<String> {
        let question = ParsedQuery::parse(q);
        question.words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn neighbours_stand_for_their_characters() {
        assert_eq!(words("机械键盘"), ["机械", "械键", "键盘"]);
        assert_eq!(words("灯"), ["灯"]);
        assert_eq!(words("USB线"), ["usb", "线"]);
        assert_eq!(words("ดี"), ["ดี"]);
        assert_eq!(words("มือถือ"), ["มือถื", "อถือ"]);
    }

    #[test]
    fn a_word_is_also_what_it_makes_with_its_neighbours() {
        let question = ParsedQuery::parse("gluten free l'huile");

        let [gluten, free, oil] = &question.words[..] else {
            panic!("{question:?}");
        };
        assert_eq!(gluten.joined, ["glutenfree", "glutenfreelhuile"]);
        assert_eq!(
            free.joined,
            ["glutenfree", "freelhuile", "glutenfreelhuile"]
        );
        assert_eq!(oil.pieces, ["huile"]);
    }

    #[test]
    fn few_words_may_have_a_typo() {
        let question = ParsedQuery::parse(&"looong".repeat(2).split("").collect::<String>());
        assert!(question.words[0].may_have_typo);

        let many: Vec<_> = ('a'..='p').map(|letter| format!("wort{letter}")).collect();
        let question = ParsedQuery::parse(&many.join(" "));
        let lenient = question.words.iter().filter(|word| word.may_have_typo);
        assert_eq!((question.words.len(), lenient.count()), (WORDS, TYPOS));
    }

    #[test]
    fn particles_only_help_when_there_are_other_words() {
        assert_eq!(words("table for the plants"), ["table", "plant"]);
        assert_eq!(words("木の机"), ["木", "机"]);
        assert_eq!(words("the"), ["the"]);
        assert_eq!(words("の"), ["の"]);
    }

    #[test]
    fn signs_are_no_words() {
        assert!(ParsedQuery::parse("% _ \\ ' -- \"*\" ( )").is_empty());
        assert_eq!(words("name:chair AND (sofa)"), ["name", "chair", "sofa"]);
    }

    #[test]
    fn a_long_question_is_cut() {
        let long = (0..1_000)
            .map(|n| n.to_string())
            .collect::<Vec<_>>()
            .join(" ");

        assert_eq!(words(&long).len(), WORDS);
    }
}
