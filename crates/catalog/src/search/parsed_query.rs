//! Parses what a customer typed into a query. There is no query syntax: every character
//! is text.
//!
//! All words must match somewhere in a product's texts, in any language, as they are or
//! joined with their neighbours: `gluten free` also matches `glutenfree`. When no
//! product matches, words that are prefixes of a product's words are enough, as in the
//! suggestions; then the first few Latin words of four letters and more may have one
//! typo each; and when still none matches, two thirds of the words are enough.

use stampede_kernel::Language;
use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query};

use super::Filter;
use super::filter_query::{all, filter_clauses};
use super::index::Fields;
use super::query_word::{
    WORDS, Word, distinct, is_stop_word, optional, prefix_query, without_covered,
};
use super::suggest::typed;
use super::words::Words;

/// Maximum number of words that may have a typo. Each of them is compared with all
/// words of the index, which takes a hundred times as long as a lookup.
const TYPOS: usize = 4;
const PHRASE: f32 = 3.0;

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
