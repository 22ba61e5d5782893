//! A timeout with a minimum rate, for clients that send or read slowly.

use std::time::Duration;

use tokio::time::Instant;

/// A timeout that transferred bytes extend, at a minimum rate.
///
/// A client at or above the rate may take as long as it needs; a slower one is cut off once the
/// initial time is used up. Only time in which the server waits for the client counts.
#[derive(Debug)]
pub struct MinRateTimer {
    left: Duration,
    most: Duration,
    bytes_per_sec: u64,
    waiting_since: Option<Instant>,
}

impl MinRateTimer {
    /// A timer of `most` without a byte, and of longer at `bytes_per_sec` or faster.
    pub fn new(most: Duration, bytes_per_sec: u32) -> Self {
        Self {
            left: most,
            most,
            bytes_per_sec: u64::from(bytes_per_sec).max(1),
            waiting_since: None,
        }
    }

    /// Starts to wait at `now`, unless it is waiting already.
    pub fn wait_from(&mut self, now: Instant) {
        self.waiting_since.get_or_insert(now);
    }

    /// Stops waiting and credits the transferred bytes.
    pub fn progressed(&mut self, now: Instant, bytes: usize) {
        let waited = self
            .waiting_since
            .take()
            .map_or(Duration::ZERO, |since| now.duration_since(since));
        let micros = u64::try_from(bytes)
            .unwrap_or(u64::MAX)
            .saturating_mul(1_000_000)
            / self.bytes_per_sec;
        self.left = self
            .left
            .saturating_sub(waited)
            .saturating_add(Duration::from_micros(micros))
            .min(self.most);
    }

    /// End of the timeout; `None` while nothing is waited for.
    pub fn deadline(&self) -> Option<Instant> {
        self.waiting_since.map(|since| since + self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// How many waits of a second a peer is granted that moves `bytes` after each.
    fn waits_of_a_second(bytes: usize, at_most: u32) -> u32 {
        let mut timer = MinRateTimer::new(10 * SECOND, 1_000);
        let mut now = Instant::now();
        (0..at_most)
            .find(|_| {
                timer.wait_from(now);
                now += SECOND;
                let over = timer.deadline().is_some_and(|end| end < now);
                timer.progressed(now, bytes);
                over
            })
            .unwrap_or(at_most)
    }

    #[test]
    fn a_peer_that_drips_is_cut_off_and_one_that_keeps_the_rate_never_is() {
        assert_eq!(waits_of_a_second(0, 100), 10);
        assert_eq!(waits_of_a_second(1, 100), 10);
        assert_eq!(waits_of_a_second(500, 100), 19);
        assert_eq!(waits_of_a_second(1_000, 10_000), 10_000);
    }

    #[test]
    fn what_was_sent_fast_buys_no_longer_pause_than_the_first() {
        let mut timer = MinRateTimer::new(10 * SECOND, 1_000);
        let now = Instant::now();

        timer.progressed(now, usize::MAX);
        timer.wait_from(now);

        assert_eq!(timer.deadline(), Some(now + 10 * SECOND));
    }

    #[test]
    fn the_servers_own_time_is_not_the_peers() {
        let mut timer = MinRateTimer::new(10 * SECOND, 1_000);
        let now = Instant::now();

        timer.wait_from(now);
        timer.progressed(now + SECOND, 1);
        assert_eq!(timer.deadline(), None);
        let later = now + 100 * SECOND;
        timer.wait_from(later);

        assert!(timer.deadline() > Some(later + 8 * SECOND));
    }
}
