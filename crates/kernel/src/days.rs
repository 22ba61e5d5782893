//! Spans of whole days.

use std::time::Duration;

use crate::Timestamp;

const DAY: Duration = Duration::from_hours(24);

/// Whole days in a row, in UTC; the last one is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    today: Timestamp,
    days: u32,
}

impl DaySpan {
    /// A day in milliseconds.
    pub const DAY_MS: i64 = 86_400_000;

    /// The last `days` days at `now`, today included.
    pub fn last(days: u32, now: Timestamp) -> Self {
        let today = Timestamp(now.0 - now.0.rem_euclid(Self::DAY_MS));
        Self { today, days }
    }

    /// This span and as many days before it.
    #[must_use]
    pub fn doubled(self) -> Self {
        let days = self.days.saturating_mul(2);
        Self { days, ..self }
    }

    /// The first instant of the span.
    pub fn start(self) -> Timestamp {
        self.today.minus(DAY * self.days.saturating_sub(1))
    }

    /// The first instant of each day, oldest first.
    pub fn days(self) -> impl Iterator<Item = Timestamp> {
        (0..self.days)
            .rev()
            .map(move |ago| self.today.minus(DAY * ago))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_ends_with_today_and_is_doubled_into_the_past() {
        let noon = Timestamp(3 * DaySpan::DAY_MS + DaySpan::DAY_MS / 2);
        let span = DaySpan::last(2, noon);

        let begins = |span: DaySpan| span.days().map(|day| day.0 / DaySpan::DAY_MS).collect();
        let (days, doubled): (Vec<_>, Vec<_>) = (begins(span), begins(span.doubled()));

        assert_eq!((days, doubled), (vec![2, 3], vec![0, 1, 2, 3]));
        assert_eq!(span.start(), Timestamp(2 * DaySpan::DAY_MS));
    }
}
