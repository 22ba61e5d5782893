//! Completing what is being typed.

use std::sync::Arc;

use stampede_kernel::{Language, ProductId};
use tantivy::schema::Value;
use tantivy::{TantivyDocument, TantivyError};

use super::question;
use super::shelf::{Shelf, Shown};
use super::top::{Order, Top};
use super::words::{Kind, Words};

/// Names given at most.
const NAMES: usize = 10;
/// Products looked at: names repeat.
const PRODUCTS: usize = 40;

/// Names that have all the words, of the products most looked at.
pub(super) fn names(
    index: &Shelf,
    words: &[String],
    language: Language,
) -> Result<Vec<String>, TantivyError> {
    let shown = index.shown();
    let query = question::beginning(index.fields.edges, words);
    let top = Top {
        shown: Arc::clone(&shown),
        order: Order::Views(index.views.counts()),
        keep: PRODUCTS,
        after: None,
    };
    let mut names = Vec::new();
    for rank in shown.searcher.search(&query, &top)? {
        let name = matching_name(index, &shown, rank.product(), words, language)?;
        names.extend(name.filter(|name| !names.contains(name)));
    }
    names.truncate(NAMES);
    Ok(names)
}

/// What was typed as the words that names are asked for.
pub(super) fn typed(q: &str) -> Vec<String> {
    let mut words = Words::plain();
    let all = words
        .of(q)
        .map(|(text, place, kind)| (text.to_owned(), place, kind))
        .collect();
    let chosen = question::without_covered(all);
    chosen.into_iter().map(|(text, ..)| text).collect()
}

/// The product's name that has all the words; the reader's language is asked first.
fn matching_name(
    index: &Shelf,
    shown: &Shown,
    id: ProductId,
    words: &[String],
    language: Language,
) -> Result<Option<String>, TantivyError> {
    let Some(at) = index.locate(shown, id)? else {
        return Ok(None);
    };
    let document: TantivyDocument = shown.searcher.doc(at)?;
    let mut names: Vec<(&str, &str)> = document
        .get_all(index.fields.shown)
        .filter_map(|value| value.as_str())
        .filter_map(|tagged| tagged.split_at_checked(2))
        .collect();
    names.sort_by_key(|(tag, _)| *tag != language.as_str());
    let mut cutter = Words::plain();
    let name = names.into_iter().find(|(_, name)| {
        let own: Vec<(String, Kind)> = cutter
            .of(name)
            .map(|(text, _, kind)| (text.to_owned(), kind))
            .collect();
        words.iter().all(|word| has(&own, word))
    });
    Ok(name.map(|(_, name)| name.to_owned()))
}

fn has(own: &[(String, Kind)], word: &str) -> bool {
    own.iter()
        .any(|(text, kind)| text == word || *kind == Kind::Spaced && text.starts_with(word))
}
