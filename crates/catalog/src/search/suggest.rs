//! Suggestions: completion of what is being typed.

use std::sync::Arc;

use stampede_kernel::{Language, ProductId};
use tantivy::schema::Value;
use tantivy::{TantivyDocument, TantivyError};

use super::index::{IndexSnapshot, SearchIndex};
use super::query_word::{prefix_query, without_covered};
use super::top::{Order, TopProducts};
use super::words::{Joining, Kind, Words};

/// Maximum number of suggested names.
const NAMES: usize = 10;
/// Maximum number of products that are read, for names repeat.
const PRODUCTS: usize = 40;

/// A typed word, perhaps unfinished.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Typed {
    text: String,
    /// The word joined with its neighbours, and the parts between its apostrophes.
    others: Vec<String>,
}

impl Typed {
    /// Returns the word and its alternatives.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.text).chain(&self.others)
    }
}

/// Returns names of the most viewed products that match all words, options of their
/// SKUs included.
pub(super) fn names(
    index: &SearchIndex,
    words: &[Typed],
    language: Language,
) -> Result<Vec<String>, TantivyError> {
    let snapshot = index.snapshot();
    let query = prefix_query(index.fields.prefixes, words);
    let top = TopProducts {
        snapshot: Arc::clone(&snapshot),
        order: Order::Views(index.views.counts()),
        keep: PRODUCTS,
        after: None,
    };
    let mut names = Vec::new();
    for rank in snapshot.searcher.search(&query, &top)? {
        let name = matching_name(index, &snapshot, rank.product(), words, language)?;
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names.truncate(NAMES);
    Ok(names)
}

/// Parses what was typed into words.
pub(super) fn typed(q: &str) -> Vec<Typed> {
    let mut cut = Words::plain();
    let all = cut
        .of(q)
        .map(|(text, place, kind)| (text.to_owned(), place, kind))
        .collect();
    let chosen = without_covered(all).into_iter();
    let typed = chosen.map(|(text, place, kind)| {
        let (mut others, pieces) = match kind {
            Kind::Spaced => cut.others(place),
            Kind::One(_) | Kind::Two(_) | Kind::Three => Default::default(),
        };
        others.extend(pieces);
        Typed { text, others }
    });
    typed.collect()
}

/// Returns the name of the product that has all the words, apart from those that match
/// options of its SKUs; names in the reader's language come first.
fn matching_name(
    index: &SearchIndex,
    snapshot: &IndexSnapshot,
    id: ProductId,
    words: &[Typed],
    language: Language,
) -> Result<Option<String>, TantivyError> {
    let Some(at) = index.locate(snapshot, id)? else {
        return Ok(None);
    };
    let document: TantivyDocument = snapshot.searcher.doc(at)?;
    let mut names: Vec<(&str, &str)> = document
        .get_all(index.fields.display_names)
        .filter_map(|value| value.as_str())
        .filter_map(|tagged| tagged.split_at_checked(2))
        .collect();
    names.sort_by_key(|(tag, _)| *tag != language.as_str());
    let options = document.get_all(index.fields.options);
    let options: Vec<_> = options
        .filter_map(|value| value.as_str())
        .flat_map(words_of)
        .collect();
    let name = names.into_iter().find(|(_, name)| {
        let own = words_of(name);
        words
            .iter()
            .all(|word| has(&own, word) || has(&options, word))
    });
    Ok(name.map(|(_, name)| name.to_owned()))
}

/// Returns the words of a text and their other spellings, each with whether a prefix of
/// it matches.
fn words_of(text: &str) -> Vec<(String, bool)> {
    let mut cut = Words::plain();
    let mut words: Vec<_> = cut
        .of(text)
        .map(|(word, _, kind)| (word.to_owned(), kind.has_beginnings()))
        .collect();
    let spellings = cut.spellings(Joining::Names).into_iter();
    words.extend(spellings.map(|spelling| (spelling, true)));
    words
}

fn has(own: &[(String, bool)], typed: &Typed) -> bool {
    typed.alternatives().any(|word| {
        own.iter()
            .any(|(text, beginnings)| text == word || *beginnings && text.starts_with(word))
    })
}
