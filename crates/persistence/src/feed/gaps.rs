//! Gaps: ids below the cursor of a tail that it has not seen, because their
//! transactions have not ended yet or were rolled back.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use stampede_kernel::Timestamp;

/// Maximum number of ranges in one statement.
const WINDOWS: usize = 64;
/// Maximum number of gaps, a few megabytes; beyond it the oldest ids are given up.
const MOST: usize = 50_000;

/// The ids that are missing, as ranges that do not touch.
#[derive(Debug, Default)]
pub(super) struct Gaps(BTreeMap<i64, Gap>);

/// A range by its first id.
#[derive(Debug, Clone, Copy)]
struct Gap {
    last: i64,
    since: Timestamp,
}

impl Gaps {
    /// Remembers that `first` to `last` are missing; nothing when that is no range.
    pub(super) fn open(&mut self, first: i64, last: i64, since: Timestamp) {
        if first > last {
            return;
        }
        self.0.insert(first, Gap { last, since });
        if self.0.len() > MOST {
            tracing::warn!("more news is late than is remembered");
            self.0.pop_first();
        }
    }

    /// Returns whether `id` is missing.
    pub(super) fn contains(&self, id: i64) -> bool {
        self.around(id).is_some()
    }

    /// Removes `id` from the gaps.
    pub(super) fn close(&mut self, id: i64) {
        let Some((first, Gap { last, since })) = self.around(id) else {
            return;
        };
        self.0.remove(&first);
        self.open(first, id - 1, since);
        self.open(id + 1, last, since);
    }

    /// Forgets what has been missing since before `then`: it was rolled back.
    pub(super) fn forget(&mut self, then: Timestamp) {
        self.0.retain(|_, gap| gap.since > then);
    }

    /// Returns at most [`WINDOWS`] ranges that cover every gap. If there are more gaps,
    /// the nearest neighbours share a range, with the ids between them.
    pub(super) fn windows(&self) -> Vec<RangeInclusive<i64>> {
        let gaps: Vec<_> = self
            .0
            .iter()
            .map(|(first, gap)| *first..=gap.last)
            .collect();
        if gaps.len() <= WINDOWS {
            return gaps;
        }
        let distance = |pair: &[RangeInclusive<i64>]| pair[1].start() - pair[0].end();
        let mut distances: Vec<i64> = gaps.windows(2).map(distance).collect();
        let (_, apart, _) = distances.select_nth_unstable_by(WINDOWS - 2, |a, b| b.cmp(a));
        let apart = *apart;
        // Of distances that are equal only the first ones part two windows.
        let larger = distances.iter().filter(|distance| **distance > apart);
        let mut equal = (WINDOWS - 1).saturating_sub(larger.count());
        let mut windows: Vec<RangeInclusive<i64>> = Vec::with_capacity(WINDOWS);
        for gap in gaps {
            let Some(last) = windows.last_mut() else {
                windows.push(gap);
                continue;
            };
            let distance = gap.start() - last.end();
            if distance > apart || (distance == apart && equal > 0) {
                equal -= usize::from(distance == apart);
                windows.push(gap);
            } else {
                *last = *last.start()..=*gap.end();
            }
        }
        windows
    }

    fn around(&self, id: i64) -> Option<(i64, Gap)> {
        let (first, gap) = self.0.range(..=id).next_back()?;
        (gap.last >= id).then_some((*first, *gap))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000);

    fn gaps(ranges: &[(i64, i64)]) -> Gaps {
        let mut gaps = Gaps::default();
        for (first, last) in ranges {
            gaps.open(*first, *last, NOW);
        }
        gaps
    }

    #[test]
    fn what_is_there_is_not_missing_and_leaves_the_rest_missing() {
        let mut gaps = gaps(&[(5, 9), (20, 20), (30, 29)]);

        for id in [7, 20, 5, 9, 100] {
            gaps.close(id);
        }

        let missing: Vec<i64> = (0..40).filter(|id| gaps.contains(*id)).collect();
        assert_eq!(missing, [6, 8]);
    }

    #[test]
    fn what_is_missing_for_too_long_is_forgotten() {
        let mut gaps = gaps(&[(1, 2)]);
        gaps.open(5, 6, Timestamp(2_000));

        gaps.forget(NOW);

        assert_eq!(gaps.windows(), [5..=6]);
    }

    #[test]
    fn few_windows_hold_every_gap_however_many_there_are() {
        // Every second id is missing, as with an increment of two; and one far away.
        let mut ranges: Vec<_> = (0..10_000).map(|n| (2 * n, 2 * n)).collect();
        ranges.push((1_000_000, 1_000_010));
        let gaps = gaps(&ranges);

        let windows = gaps.windows();

        assert!(windows.len() <= WINDOWS, "{}", windows.len());
        let held = |id: i64| windows.iter().any(|window| window.contains(&id));
        assert!(
            ranges
                .iter()
                .all(|(first, last)| held(*first) && held(*last))
        );
        assert!(!held(500_000), "the far one has a window of its own");
    }
}
