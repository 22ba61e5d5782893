//! The facet collector: counts matches by category, price range and stock.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use stampede_kernel::{CategoryId, Money};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use super::index::{Columns, IndexSnapshot};
use crate::product::{Facets, PriceFacet};

/// Maximum sample size per segment for facets; beyond it every second, fourth, eighth …
/// match stands for its neighbours. The total is always exact.
const SAMPLE_SIZE: usize = 4_000;
/// Maximum number of categories.
const MAX_CATEGORIES: usize = 20;
/// Maximum number of price ranges.
const MAX_RANGES: usize = 5;

/// The total and the facets of all matches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FacetCounts {
    pub(super) total: u64,
    pub(super) facets: Facets,
}

/// A tantivy collector of [`FacetCounts`].
pub(super) struct FacetCollector {
    pub(super) snapshot: Arc<IndexSnapshot>,
}

/// The counts of one segment.
#[derive(Debug, Default)]
pub(super) struct Part {
    total: u64,
    in_stock: u64,
    categories: Vec<(i64, u64)>,
    /// Prices, each with the number of matches that it stands for.
    prices: Vec<(i64, u64)>,
}

impl Collector for FacetCollector {
    type Fruit = FacetCounts;
    type Child = Sample;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        _: &SegmentReader,
    ) -> Result<Sample, TantivyError> {
        Ok(Sample {
            columns: self.snapshot.of_segment(ordinal).clone(),
            total: 0,
            every: 1,
            docs: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<Part>) -> Result<FacetCounts, TantivyError> {
        let mut sum = Part::default();
        let mut categories: HashMap<i64, u64> = HashMap::new();
        for part in parts {
            sum.total += part.total;
            sum.in_stock += part.in_stock;
            sum.prices.extend(part.prices);
            for (category, count) in part.categories {
                *categories.entry(category).or_default() += count;
            }
        }
        Ok(FacetCounts {
            total: sum.total,
            facets: Facets {
                categories: largest(categories),
                prices: ranges(sum.prices),
                in_stock: sum.in_stock.min(sum.total),
            },
        })
    }
}

/// The sampled matches of one segment.
pub(super) struct Sample {
    columns: Columns,
    total: u64,
    every: u64,
    docs: Vec<DocId>,
}

impl SegmentCollector for Sample {
    type Fruit = Part;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.total.is_multiple_of(self.every) {
            if self.docs.len() == SAMPLE_SIZE {
                self.thin_out();
            }
            if self.total.is_multiple_of(self.every) {
                self.docs.push(doc);
            }
        }
        self.total += 1;
    }

    fn harvest(self) -> Part {
        let mut categories = Vec::with_capacity(self.docs.len() * 2);
        let mut prices = Vec::with_capacity(self.docs.len());
        let mut in_stock = 0;
        for doc in &self.docs {
            categories.extend(self.columns.categories.values_for_doc(*doc));
            let price = self.columns.prices.first(*doc).unwrap_or_default();
            prices.push((price, self.every));
            if self.columns.in_stock.first(*doc) == Some(true) {
                in_stock += self.every;
            }
        }
        categories.sort_unstable();
        let runs = categories.chunk_by(|left, right| left == right);
        let stands_for = |count: usize| u64::try_from(count).unwrap_or(u64::MAX) * self.every;
        Part {
            total: self.total,
            in_stock,
            categories: runs.map(|run| (run[0], stands_for(run.len()))).collect(),
            prices,
        }
    }
}

impl Sample {
    fn thin_out(&mut self) {
        let mut keep = false;
        self.docs.retain(|_| {
            keep = !keep;
            keep
        });
        self.every *= 2;
    }
}

fn largest(categories: HashMap<i64, u64>) -> Vec<(CategoryId, u64)> {
    let mut all: Vec<_> = categories.into_iter().collect();
    all.sort_unstable_by_key(|(id, count)| (Reverse(*count), *id));
    all.truncate(MAX_CATEGORIES);
    all.into_iter()
        .map(|(id, count)| (CategoryId(id), count))
        .collect()
}

/// Builds price ranges with round bounds and about equally many matches.
fn ranges(mut prices: Vec<(i64, u64)>) -> Vec<PriceFacet> {
    prices.sort_unstable();
    let mut edges: Vec<i64> = (1..MAX_RANGES)
        .filter_map(|part| prices.get(prices.len() * part / MAX_RANGES))
        .map(|(price, _)| round(*price))
        .collect();
    edges.dedup();
    edges.retain(|edge| prices.first().is_some_and(|(lowest, _)| edge > lowest));
    let froms = std::iter::once(0).chain(edges.iter().copied());
    let tos = edges.iter().copied().map(Some).chain([None]);
    froms
        .zip(tos)
        .map(|(from, to)| facet(&prices, from, to))
        .filter(|facet| facet.count > 0)
        .collect()
}

fn facet(prices: &[(i64, u64)], from: i64, to: Option<i64>) -> PriceFacet {
    let start = prices.partition_point(|(price, _)| *price < from);
    let end = to.map_or(prices.len(), |to| {
        prices.partition_point(|(price, _)| *price < to)
    });
    PriceFacet {
        from: Money::new(from).unwrap_or_default(),
        to: to.map(|to| Money::new(to).unwrap_or(Money::MAX)),
        count: prices[start..end].iter().map(|(_, count)| count).sum(),
    }
}

/// Rounds a price down to one leading digit or a half of it: 12,990 to 10,000, 18,000
/// to 15,000.
fn round(price: i64) -> i64 {
    let mut step = 1;
    while price / step >= 10 {
        step *= 10;
    }
    let half = (step / 2).max(1);
    price / half * half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn price_ranges_are_round_and_hold_every_match_once() {
        let prices: Vec<_> = (1..=1_000).map(|price| (price * 13, 1)).collect();

        let ranges = ranges(prices);

        assert_eq!(ranges.len(), 5);
        assert_eq!(ranges.iter().map(|range| range.count).sum::<u64>(), 1_000);
        assert_eq!(ranges[1].from.minor(), 2_500);
        assert!(
            ranges
                .windows(2)
                .all(|pair| pair[0].to == Some(pair[1].from))
        );
        assert_eq!(ranges[4].to, None);
    }

    #[test]
    fn one_price_is_one_range() {
        assert_eq!(ranges(vec![(1_999, 1); 7]).len(), 1);
        assert_eq!(ranges(Vec::new()), []);
    }
}
