//! How often products were looked at, beside the index: a count changes too
//! often for its product to be indexed again.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// Views by slot. A slot belongs to a product for as long as it is listed.
#[derive(Debug, Default)]
pub(super) struct Views(RwLock<Table>);

#[derive(Debug, Default)]
struct Table {
    used: usize,
    counts: Arc<Vec<AtomicI64>>,
}

impl Views {
    /// A new slot.
    pub(super) fn add(&self, views: i64) -> usize {
        let mut table = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let slot = table.used;
        table.used += 1;
        if slot >= table.counts.len() {
            table.counts = Arc::new(grown(&table.counts));
        }
        table.counts[slot].store(views, Ordering::Relaxed);
        slot
    }

    /// The slot's count is `views`.
    pub(super) fn set(&self, slot: usize, views: i64) {
        if let Some(count) = self.counts().get(slot) {
            count.store(views, Ordering::Relaxed);
        }
    }

    /// The slot was looked at `times` more.
    pub(super) fn raise(&self, slot: usize, times: i64) {
        if let Some(count) = self.counts().get(slot) {
            count.fetch_add(times, Ordering::Relaxed);
        }
    }

    /// All counts; a slot added later may be missing.
    pub(super) fn counts(&self) -> Arc<Vec<AtomicI64>> {
        let table = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&table.counts)
    }
}

/// The same counts with room for half as many more. A count raised meanwhile is
/// lost here, not in the database it is read from again.
fn grown(counts: &[AtomicI64]) -> Vec<AtomicI64> {
    let room = counts.len() + counts.len() / 2 + 1_024;
    let old = counts.iter().map(|count| count.load(Ordering::Relaxed));
    old.chain(std::iter::repeat(0))
        .take(room)
        .map(AtomicI64::new)
        .collect()
}
