//! Retry policies: how long a failed job is retried, and what becomes of it then.

use std::time::Duration;

/// Before the second attempt; each further pause is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// After this many lost leases in a row the job itself is taken to crash its process.
const MOST_LOST: i32 = 30;
/// Lost leases that are retried without delay: a restart or two need not be the job's
/// fault.
const LOST_AT_ONCE: i32 = 3;

/// The retry policy of one kind of job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// How long a job is retried: the sum of the pauses between its attempts, so that
    /// the time in which no process ran does not count. `None` is for ever.
    pub retry_for: Option<Duration>,
    /// Pauses double up to this one.
    pub longest_pause: Duration,
    /// The fate of a job whose retries are used up or that failed permanently.
    pub given_up: GivenUp,
}

/// The fate of a job that was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenUp {
    /// The job is parked until an operator retries it.
    Parked,
    /// The job is dropped, for nobody needs it any more.
    Dropped,
}

impl Policy {
    /// Retried for a day, at least every five minutes, then parked: what a server
    /// somewhere else may be away for.
    pub const A_DAY: Self = Self {
        retry_for: Some(Duration::from_hours(24)),
        longest_pause: Duration::from_mins(5),
        given_up: GivenUp::Parked,
    };

    /// Retried for ever, at least every minute: what the books need.
    pub const FOR_EVER: Self = Self {
        retry_for: None,
        longest_pause: Duration::from_mins(1),
        given_up: GivenUp::Parked,
    };

    /// Retried for `span`, at least every 30 s, then dropped: what is worthless by then.
    pub const fn until_worthless(span: Duration) -> Self {
        Self {
            retry_for: Some(span),
            longest_pause: Duration::from_secs(30),
            given_up: GivenUp::Dropped,
        }
    }

    /// Returns the pause after this many failures; `None` when there is no further
    /// attempt.
    pub(super) fn pause_after(&self, failures: i32) -> Option<Duration> {
        let limit = self.retry_for.unwrap_or(Duration::MAX);
        (self.retry_for.is_none() || self.paused_before(failures) < limit)
            .then(|| self.pause(failures))
    }

    /// Returns by how much the lease of a job is extended that lost this many leases in
    /// a row: a job that crashes its process every time must not do so each minute.
    pub(super) fn extra_lease(&self, lost: i32) -> Duration {
        match lost {
            ..LOST_AT_ONCE => Duration::ZERO,
            _ => self.pause(lost - LOST_AT_ONCE + 1),
        }
    }

    /// Returns whether a job that lost this many leases in a row is given up without
    /// running again.
    pub(super) fn gives_up_lost(&self, lost: i32) -> bool {
        self.retry_for.is_some() && lost >= MOST_LOST
    }

    fn pause(&self, failures: i32) -> Duration {
        let doublings = u32::try_from(failures.clamp(1, 16) - 1).unwrap_or(0);
        (FIRST_PAUSE * 2_u32.pow(doublings)).min(self.longest_pause)
    }

    fn paused_before(&self, failures: i32) -> Duration {
        (1..failures).map(|failure| self.pause(failure)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pauses until the policy gives up.
    fn pauses(policy: Policy) -> impl Iterator<Item = Duration> {
        (1..).map_while(move |failures| policy.pause_after(failures))
    }

    #[test]
    fn an_outage_of_any_length_below_a_day_ends_before_the_last_attempt() {
        let total: Duration = pauses(Policy::A_DAY).sum();

        assert!(total >= Duration::from_hours(24));
        assert!(total <= Duration::from_hours(24) + Policy::A_DAY.longest_pause);
        let first: Vec<u64> = pauses(Policy::A_DAY)
            .take(9)
            .map(|pause| pause.as_secs())
            .collect();
        assert_eq!(first, [2, 4, 8, 16, 32, 64, 128, 256, 300]);
    }

    #[test]
    fn for_ever_has_no_end_and_no_pause_beyond_its_longest() {
        let policy = Policy::FOR_EVER;

        assert_eq!(policy.pause_after(i32::MAX), Some(policy.longest_pause));
        assert!(!policy.gives_up_lost(i32::MAX));
    }

    #[test]
    fn ten_restarts_in_a_row_give_nothing_up() {
        assert!((0..=10).all(|lost| !Policy::A_DAY.gives_up_lost(lost)));
        assert!((0..3).all(|lost| Policy::A_DAY.extra_lease(lost).is_zero()));
        assert_eq!(Policy::A_DAY.extra_lease(i32::MAX), Duration::from_mins(5));
    }
}
