//! View counts beside the index: they change too often to index a product again for
//! each view.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// View counts by slot. A slot belongs to a product for as long as it is indexed.
#[derive(Debug, Default)]
pub(super) struct Views(RwLock<Table>);

#[derive(Debug, Default)]
struct Table {
    used: usize,
    counts: Arc<Vec<AtomicI64>>,
}

impl Views {
    /// Adds a slot.
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

    /// Sets the count of a slot.
    pub(super) fn set(&self, slot: usize, views: i64) {
        if let Some(count) = self.counts().get(slot) {
            count.store(views, Ordering::Relaxed);
        }
    }

    /// Adds `times` to the count of a slot.
    pub(super) fn raise(&self, slot: usize, times: i64) {
        if let Some(count) = self.counts().get(slot) {
            count.fetch_add(times, Ordering::Relaxed);
        }
    }

    /// Returns all counts; a slot added later may be missing.
    pub(super) fn counts(&self) -> Arc<Vec<AtomicI64>> {
        let table = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&table.counts)
    }
}

/// Copies the counts into a vector with room for half as many more. A view that is
/// counted during the copy is lost here, but not in the database.
fn grown(counts: &[AtomicI64]) -> Vec<AtomicI64> {
    let room = counts.len() + counts.len() / 2 + 1_024;
    let old = counts.iter().map(|count| count.load(Ordering::Relaxed));
    old.chain(std::iter::repeat(0))
        .take(room)
        .map(AtomicI64::new)
        .collect()
}
