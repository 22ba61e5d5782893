//! Answering: from a question to a page of ids.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use stampede_kernel::{Money, ProductId};
use tantivy::query::{EmptyQuery, Query};

use super::question::{self, Question, Strictness};
use super::shelf::Shelf;
use super::spread::{Spread, Spreading};
use super::top::{Order, Rank, Top};
use super::{Filter, Find, Found, Place, Search, SearchError};
use crate::product::Sort;

/// All matches of a question together, and how strictly it had to be taken.
#[derive(Debug, Clone)]
pub(super) struct Matches {
    spread: Spread,
    strictness: Strictness,
}

impl Search {
    pub(super) fn page(&self, find: &Find, place: Option<Place>) -> Result<Found, SearchError> {
        let state = self.state.load(Ordering::Acquire);
        let looks = self.looks.load(Ordering::Acquire);
        let index = self.current();
        let Some(q) = find.q.as_deref().filter(|q| !q.trim().is_empty()) else {
            let ids = self.ids(find, place, state, looks, &index, || {
                Ok(question::passing(&index.fields, &find.filter))
            })?;
            return Ok(Found {
                ids,
                total: self.count(&find.filter)?,
                facets: None,
            });
        };
        let question = Question::read(q);
        let matches = self.matches(q, &question, &find.filter, state, &index)?;
        let strictness = matches.strictness;
        let ids = self.ids(find, place, state, looks, &index, || {
            let ranking =
                || question.ranking(&index.fields, &find.filter, strictness, find.language);
            let matching = || question.matching(&index.fields, &find.filter, strictness);
            let query = match find.sort {
                Sort::Relevance => ranking(),
                _ => matching(),
            };
            Ok(query.unwrap_or_else(nothing))
        })?;
        Ok(Found {
            ids,
            total: matches.spread.total,
            facets: Some(matches.spread.facets),
        })
    }

    /// Takes the question ever less strictly until something matches.
    fn matches(
        &self,
        q: &str,
        question: &Question,
        filter: &Filter,
        state: u64,
        index: &Shelf,
    ) -> Result<Matches, SearchError> {
        self.spreads.get(state, (Some(q.to_owned()), *filter), || {
            let shown = index.shown();
            let spreading = Spreading {
                shown: Arc::clone(&shown),
            };
            for strictness in Strictness::ALL {
                let Some(query) = question.matching(&index.fields, filter, strictness) else {
                    continue;
                };
                let spread = shown.searcher.search(&query, &spreading)?;
                if spread.total > 0 {
                    return Ok(Matches { spread, strictness });
                }
            }
            Ok(Matches {
                spread: Spread::default(),
                strictness: Strictness::All,
            })
        })
    }

    fn ids(
        &self,
        find: &Find,
        place: Option<Place>,
        state: u64,
        looks: u64,
        index: &Shelf,
        query: impl FnOnce() -> Result<Box<dyn Query>, SearchError>,
    ) -> Result<Vec<ProductId>, SearchError> {
        let search = || {
            let order = order(find, index);
            let shown = index.shown();
            let top = Top {
                shown: Arc::clone(&shown),
                after: place.and_then(|place| place.rank(&order)),
                order,
                keep: find.offset.saturating_add(find.limit).max(1),
            };
            let ranks = shown.searcher.search(query()?.as_ref(), &top)?;
            let page = ranks.into_iter().skip(find.offset).take(find.limit);
            Ok(page.map(Rank::product).collect())
        };
        match find.sort {
            Sort::Hot => self.hot_pages.get(state + looks, find.clone(), search),
            _ => self.pages.get(state, (find.clone(), place), search),
        }
    }
}

impl Place {
    fn rank(self, order: &Order) -> Option<Rank> {
        let price = self.price.map_or(0, Money::minor);
        let (key, tie) = match order {
            Order::Id => (self.id.0, self.id.0),
            Order::Price => (-price, -self.id.0),
            Order::PriceDescending => (price, self.id.0),
            Order::Score | Order::Views(_) => return None,
        };
        Some(Rank { key, tie })
    }
}

fn order(find: &Find, index: &Shelf) -> Order {
    let has_words = find.q.as_deref().is_some_and(|q| !q.trim().is_empty());
    match find.sort {
        Sort::Relevance if has_words => Order::Score,
        Sort::New | Sort::Relevance => Order::Id,
        Sort::Price => Order::Price,
        Sort::PriceDescending => Order::PriceDescending,
        Sort::Hot => Order::Views(index.views.counts()),
    }
}

fn nothing() -> Box<dyn Query> {
    Box::new(EmptyQuery)
}
