//! Runs a search query: from a query to a page of product ids.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use stampede_kernel::{Money, ProductId};
use tantivy::query::{EmptyQuery, Query};

use super::facets::{FacetCollector, FacetCounts};
use super::filter_query::filter_query;
use super::index::SearchIndex;
use super::parsed_query::{MatchMode, ParsedQuery};
use super::top::{Order, Rank, TopProducts};
use super::{Filter, Search, SearchAfter, SearchError, SearchQuery, SearchResult};
use crate::product::Sort;

/// The facets of all matches of a query, and the match mode that found them.
#[derive(Debug, Clone)]
pub(super) struct Matches {
    facets: FacetCounts,
    mode: MatchMode,
}

impl Search {
    pub(super) fn page(
        &self,
        find: &SearchQuery,
        after: Option<SearchAfter>,
    ) -> Result<SearchResult, SearchError> {
        let state = self.state.load(Ordering::Acquire);
        let views_state = self.views_state.load(Ordering::Acquire);
        let index = self.current();
        let Some(q) = find.q.as_deref().filter(|q| !q.trim().is_empty()) else {
            let ids = self.ids(find, after, state, views_state, &index, || {
                Ok(filter_query(&index.fields, &find.filter))
            })?;
            return Ok(SearchResult {
                ids,
                total: self.count(&find.filter)?,
                facets: None,
            });
        };
        let parsed = ParsedQuery::parse(q);
        let matches = self.matches(q, &parsed, &find.filter, state, &index)?;
        let mode = matches.mode;
        let ids = self.ids(find, after, state, views_state, &index, || {
            let ranking = || parsed.ranking_query(&index.fields, &find.filter, mode, find.language);
            let matching = || parsed.matching_query(&index.fields, &find.filter, mode);
            let query = match find.sort {
                Sort::Relevance => ranking(),
                _ => matching(),
            };
            Ok(query.unwrap_or_else(nothing))
        })?;
        Ok(SearchResult {
            ids,
            total: matches.facets.total,
            facets: Some(matches.facets.facets),
        })
    }

    /// Tries the match modes from strict to lenient until something matches.
    fn matches(
        &self,
        q: &str,
        parsed: &ParsedQuery,
        filter: &Filter,
        state: u64,
        index: &SearchIndex,
    ) -> Result<Matches, SearchError> {
        self.facets.get(state, (Some(q.to_owned()), *filter), || {
            let snapshot = index.snapshot();
            let collector = FacetCollector {
                snapshot: Arc::clone(&snapshot),
            };
            for mode in MatchMode::ALL {
                let Some(query) = parsed.matching_query(&index.fields, filter, mode) else {
                    continue;
                };
                let facets = snapshot.searcher.search(&query, &collector)?;
                if facets.total > 0 {
                    return Ok(Matches { facets, mode });
                }
            }
            Ok(Matches {
                facets: FacetCounts::default(),
                mode: MatchMode::All,
            })
        })
    }

    fn ids(
        &self,
        find: &SearchQuery,
        after: Option<SearchAfter>,
        state: u64,
        views_state: u64,
        index: &SearchIndex,
        query: impl FnOnce() -> Result<Box<dyn Query>, SearchError>,
    ) -> Result<Vec<ProductId>, SearchError> {
        let search = || {
            let order = order(find, index);
            let snapshot = index.snapshot();
            let top = TopProducts {
                snapshot: Arc::clone(&snapshot),
                after: after.and_then(|after| after.rank(&order)),
                order,
                keep: find.offset.saturating_add(find.limit).max(1),
            };
            let ranks = snapshot.searcher.search(query()?.as_ref(), &top)?;
            let page = ranks.into_iter().skip(find.offset).take(find.limit);
            Ok(page.map(Rank::product).collect())
        };
        match find.sort {
            Sort::Hot => self
                .hot_pages
                .get(state + views_state, find.clone(), search),
            _ => self.pages.get(state, (find.clone(), after), search),
        }
    }
}

impl SearchAfter {
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

fn order(find: &SearchQuery, index: &SearchIndex) -> Order {
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
