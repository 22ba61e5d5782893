//! The measurements of the load: counts and latencies, in all and over time.

use std::time::Duration;

use hdrhistogram::Histogram;

use crate::answer::{Answer, Kind, Side};

/// Longest latency that is recorded as it is, in microseconds: a minute.
const LONGEST_US: u64 = 60_000_000;
/// Approximate number of time slices.
const SLICES: u32 = 60;
/// Widths of a time slice to choose from, in milliseconds.
const WIDTHS_MS: [u64; 10] = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

/// A histogram of latencies in microseconds, to three digits.
pub(crate) type Latencies = Histogram<u64>;

/// The measurements of some of the claims.
#[derive(Debug)]
pub(crate) struct Record {
    /// First answers by [`Kind::place`].
    pub(crate) counts: [u64; Kind::ALL.len()],
    /// Latencies of accepted claims, from the instant they were due to their answer.
    pub(crate) accepted: Latencies,
    /// Latencies of refused claims, likewise.
    pub(crate) turned_away: Latencies,
    /// Both over time.
    pub(crate) timeline: Timeline,
    /// The index of each claim with its answer.
    pub(crate) answers: Vec<(usize, Answer)>,
    /// Time of the last won claim, after the opening.
    pub(crate) last_won: Duration,
    /// Time of the last answer, after the opening.
    pub(crate) took: Duration,
}

/// Time slices of equal width, from the opening on.
#[derive(Debug, Clone)]
pub(crate) struct Timeline {
    /// Width of one slice.
    pub(crate) width: Duration,
    /// The slices in order; late answers add further ones.
    pub(crate) slices: Vec<Slice>,
}

/// The measurements of one time slice.
#[derive(Debug, Clone)]
pub(crate) struct Slice {
    /// Claims due in the slice.
    pub(crate) arrived: u64,
    /// Answers by [`Kind::place`].
    pub(crate) counts: [u64; Kind::ALL.len()],
    /// Latencies of the claims due in the slice.
    pub(crate) latencies: Histogram<u64>,
}

/// One claim, from the instant it was due to its answer; both since the opening.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    /// Index of the claim.
    pub(crate) place: usize,
    /// Instant at which the claim was due; waiting for a free connection counts as latency.
    pub(crate) due: Duration,
    /// Instant at which the answer was complete.
    pub(crate) at: Duration,
    /// The answer.
    pub(crate) answer: Answer,
}

impl Record {
    /// No measurements, of a load that lasts so long.
    pub(crate) fn new(lasts: Duration) -> Self {
        Self {
            counts: [0; Kind::ALL.len()],
            accepted: latencies(3),
            turned_away: latencies(3),
            timeline: Timeline::new(lasts),
            answers: Vec::new(),
            last_won: Duration::ZERO,
            took: Duration::ZERO,
        }
    }

    /// Adds a sample.
    pub(crate) fn add(&mut self, heard: Sample) {
        let Sample {
            place,
            due,
            at,
            answer,
        } = heard;
        self.counts[answer.kind.place()] += 1;
        self.answers.push((place, answer));
        self.took = self.took.max(at);
        let latency = micros(at.saturating_sub(due));
        match answer.kind.side() {
            Side::Accepted => self.accepted.saturating_record(latency),
            Side::TurnedAway => self.turned_away.saturating_record(latency),
            Side::Error => {}
        }
        if answer.kind == Kind::Won {
            self.last_won = self.last_won.max(at);
        }
        self.timeline.at(at).counts[answer.kind.place()] += 1;
        let intended = self.timeline.at(due);
        intended.arrived += 1;
        if answer.kind.side() != Side::Error {
            intended.latencies.saturating_record(latency);
        }
    }

    /// Adds the measurements of another thread.
    pub(crate) fn join(&mut self, other: Self) {
        add(&mut self.counts, &other.counts);
        merge(&mut self.accepted, &other.accepted);
        merge(&mut self.turned_away, &other.turned_away);
        self.timeline.join(&other.timeline);
        self.answers.extend(other.answers);
        self.last_won = self.last_won.max(other.last_won);
        self.took = self.took.max(other.took);
    }

    /// Number of first answers of this kind.
    pub(crate) fn count(&self, kind: Kind) -> u64 {
        self.counts[kind.place()]
    }
}

impl Timeline {
    fn new(lasts: Duration) -> Self {
        let aim = u64::try_from((lasts / SLICES).as_millis()).unwrap_or(u64::MAX);
        let widest = WIDTHS_MS[WIDTHS_MS.len() - 1];
        let fits = WIDTHS_MS.into_iter().find(|width| *width >= aim);
        Self {
            width: Duration::from_millis(fits.unwrap_or(widest)),
            slices: Vec::new(),
        }
    }

    fn at(&mut self, moment: Duration) -> &mut Slice {
        let place = moment.as_micros() / self.width.as_micros().max(1);
        let place = usize::try_from(place).unwrap_or(usize::MAX - 1);
        if self.slices.len() <= place {
            self.slices.resize_with(place + 1, Slice::new);
        }
        &mut self.slices[place]
    }

    fn join(&mut self, other: &Self) {
        if self.slices.len() < other.slices.len() {
            self.slices.resize_with(other.slices.len(), Slice::new);
        }
        for (mine, theirs) in self.slices.iter_mut().zip(&other.slices) {
            mine.arrived += theirs.arrived;
            add(&mut mine.counts, &theirs.counts);
            merge(&mut mine.latencies, &theirs.latencies);
        }
    }
}

impl Slice {
    fn new() -> Self {
        Self {
            arrived: 0,
            counts: [0; Kind::ALL.len()],
            latencies: latencies(2),
        }
    }

    /// Number of answers of one class.
    pub(crate) fn side(&self, side: Side) -> u64 {
        let of_side = Kind::ALL.into_iter().filter(|kind| kind.side() == side);
        of_side.map(|kind| self.counts[kind.place()]).sum()
    }

    /// Answers of one kind.
    pub(crate) fn count(&self, kind: Kind) -> u64 {
        self.counts[kind.place()]
    }
}

/// No latencies yet.
pub(crate) fn latencies(digits: u8) -> Latencies {
    Histogram::new_with_max(LONGEST_US, digits).expect("the bounds are constants that it takes")
}

fn add(sums: &mut [u64], more: &[u64]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

fn merge(mine: &mut Latencies, theirs: &Latencies) {
    mine.add(theirs).expect("both have the same bounds");
}

/// Whole microseconds.
pub(crate) fn micros(span: Duration) -> u64 {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn heard(place: usize, due: Duration, at: Duration, kind: Kind) -> Sample {
        let answer = Answer { kind, id: None };
        Sample {
            place,
            due,
            at,
            answer,
        }
    }

    /// A shop that stands still for a second, with a client that has one line: it
    /// sends the rest late, and each waits. Measured from when they were sent, all
    /// but one would look fast.
    #[test]
    fn whoever_was_to_come_while_the_shop_stood_still_waited_too() {
        let mut record = Record::new(Duration::from_secs(2));
        for place in 0..1_000_u32 {
            let due = MS * place;
            let at = (MS * 1_000).max(due) + MS;
            let place = usize::try_from(place).unwrap();
            record.add(heard(place, due, at, Kind::SoldOut));
        }

        let p50 = record.turned_away.value_at_quantile(0.5);
        assert!((480_000..=520_000).contains(&p50), "{p50} µs");
        assert!(record.turned_away.max() >= 1_000_000);
    }

    #[test]
    fn a_slice_has_what_arrived_in_it_and_what_was_answered_in_it() {
        let mut record = Record::new(Duration::from_secs(6));
        record.add(heard(0, MS * 10, MS * 110, Kind::Won));
        record.add(heard(1, MS * 110, MS * 120, Kind::Unanswered));

        let Timeline { width, slices } = &record.timeline;
        assert_eq!(*width, MS * 100);
        let shown: Vec<_> = slices
            .iter()
            .map(|slice| {
                (
                    slice.arrived,
                    slice.count(Kind::Won),
                    slice.side(Side::Error),
                )
            })
            .collect();
        assert_eq!(shown, [(1, 0, 0), (1, 1, 1)]);
        assert_eq!(slices[0].latencies.len(), 1);
        assert_eq!(slices[1].latencies.len(), 0, "no answer, no latency");
    }

    #[test]
    fn threads_are_added_up() {
        let mut one = Record::new(MS * 600);
        let mut other = Record::new(MS * 600);
        one.add(heard(0, MS, MS * 2, Kind::Won));
        other.add(heard(1, MS, MS * 95, Kind::SoldOut));

        one.join(other);

        assert_eq!((one.count(Kind::Won), one.count(Kind::SoldOut)), (1, 1));
        assert_eq!(one.timeline.slices.len(), 10);
        assert_eq!(one.timeline.slices[0].arrived, 2);
        assert_eq!((one.last_won, one.took), (MS * 2, MS * 95));
        assert_eq!(one.answers.len(), 2);
    }
}
