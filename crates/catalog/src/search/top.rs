//! The top matches in a deterministic order, the same in every process.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use stampede_kernel::ProductId;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use super::index::{Columns, IndexSnapshot};

/// The order of matches.
#[derive(Debug, Clone)]
pub(super) enum Order {
    /// Best score first, then lowest id.
    Score,
    /// Highest id first.
    Id,
    /// Lowest price first, then lowest id.
    Price,
    /// Highest price first, then highest id.
    PriceDescending,
    /// Most views first, then highest id.
    Views(Arc<Vec<AtomicI64>>),
}

/// The sort key of a match: greater ranks come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    pub(super) key: i64,
    /// The tie-breaker: the id, or its negative where the lowest id comes first.
    pub(super) tie: i64,
}

impl Rank {
    pub(super) fn product(self) -> ProductId {
        ProductId(self.tie.abs())
    }
}

/// A tantivy collector of the first `keep` matches below `after`.
pub(super) struct TopProducts {
    pub(super) snapshot: Arc<IndexSnapshot>,
    pub(super) order: Order,
    pub(super) keep: usize,
    pub(super) after: Option<Rank>,
}

impl Collector for TopProducts {
    type Fruit = Vec<Rank>;
    type Child = SegmentTopProducts;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        _: &SegmentReader,
    ) -> Result<SegmentTopProducts, TantivyError> {
        Ok(SegmentTopProducts {
            order: self.order.clone(),
            columns: self.snapshot.of_segment(ordinal).clone(),
            heap: BinaryHeap::with_capacity(self.keep.min(1_024) + 1),
            keep: self.keep,
            after: self.after,
        })
    }

    fn requires_scoring(&self) -> bool {
        matches!(self.order, Order::Score)
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> Result<Vec<Rank>, TantivyError> {
        let mut top = self.for_segment(ordinal, segment)?;
        if self.requires_scoring() {
            weight.for_each_pruning(Score::MIN, segment, &mut |doc, score| {
                if !segment.is_deleted(doc) {
                    top.collect(doc, score);
                }
                top.threshold()
            })?;
        } else {
            weight.for_each_no_score(segment, &mut |docs| {
                let alive = docs.iter().filter(|doc| !segment.is_deleted(**doc));
                alive.for_each(|doc| top.collect(*doc, 0.0));
            })?;
        }
        Ok(top.harvest())
    }

    fn merge_fruits(&self, segments: Vec<Vec<Rank>>) -> Result<Vec<Rank>, TantivyError> {
        let mut all: Vec<Rank> = segments.into_iter().flatten().collect();
        all.sort_unstable_by_key(|rank| Reverse(*rank));
        all.truncate(self.keep);
        Ok(all)
    }
}

/// The top matches of one segment.
pub(super) struct SegmentTopProducts {
    order: Order,
    columns: Columns,
    heap: BinaryHeap<Reverse<Rank>>,
    keep: usize,
    after: Option<Rank>,
}

impl SegmentTopProducts {
    fn rank(&self, doc: DocId, score: Score) -> Rank {
        let id = self.columns.ids.first(doc).unwrap_or_default();
        match &self.order {
            // Scores are not negative, so their bits sort as they do.
            Order::Score => Rank {
                key: i64::from(score.to_bits()),
                tie: -id,
            },
            Order::Id => Rank { key: id, tie: id },
            Order::Price => Rank {
                key: -self.price(doc),
                tie: -id,
            },
            Order::PriceDescending => Rank {
                key: self.price(doc),
                tie: id,
            },
            Order::Views(counts) => Rank {
                key: self.views(doc, counts),
                tie: id,
            },
        }
    }

    fn price(&self, doc: DocId) -> i64 {
        self.columns.prices.first(doc).unwrap_or_default()
    }

    fn views(&self, doc: DocId, counts: &[AtomicI64]) -> i64 {
        let slot = self.columns.slots.first(doc);
        slot.and_then(|slot| usize::try_from(slot).ok())
            .and_then(|slot| counts.get(slot))
            .map_or(0, |count| count.load(Ordering::Relaxed))
    }

    /// Returns the score that a match must exceed: just below that of the last one
    /// kept, since an equal score may still win by its id.
    fn threshold(&self) -> Score {
        if self.heap.len() < self.keep {
            return Score::MIN;
        }
        let last = self
            .heap
            .peek()
            .and_then(|last| u32::try_from(last.0.key).ok());
        last.map_or(Score::MIN, |bits| Score::from_bits(bits).next_down())
    }
}

impl SegmentCollector for SegmentTopProducts {
    type Fruit = Vec<Rank>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let rank = self.rank(doc, score);
        if self.after.is_some_and(|after| rank >= after) {
            return;
        }
        if self.heap.len() < self.keep {
            self.heap.push(Reverse(rank));
        } else if let Some(mut last) = self.heap.peek_mut()
            && rank > last.0
        {
            *last = Reverse(rank);
        }
    }

    fn harvest(self) -> Vec<Rank> {
        self.heap.into_iter().map(|Reverse(rank)| rank).collect()
    }
}
