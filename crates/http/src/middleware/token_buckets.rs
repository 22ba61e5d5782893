//! Token buckets by key, in bounded memory.
//!
//! A bucket is one number: the instant at which it would be full again (GCRA). Keys
//! are spread over shards of a fixed size. A shard that has no room forgets the
//! buckets that are full again, and if there are none, the fullest one: a stranger
//! with many addresses costs no memory and no request more than one shard's work.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// Number of shards, each with a lock of its own.
const SHARDS: usize = 512;
/// Most keys of one shard: 131,072 in all, some 8 MiB when all are taken.
const PLACES: usize = 256;
/// The burst, in seconds of the rate.
const BURST_SECS: u32 = 2;

/// Token buckets that fill at the same rate.
#[derive(Debug)]
pub(super) struct TokenBuckets<K> {
    per_second: NonZeroU32,
    began: Instant,
    /// Seeded at random, so that a client cannot choose keys of one shard.
    hasher: RandomState,
    /// The instant at which each key's bucket is full again, in nanoseconds since `began`.
    shards: Box<[Mutex<HashMap<K, u64>>]>,
}

impl<K: Hash + Eq + Copy> TokenBuckets<K> {
    /// Buckets of twice `per_second` tokens, full at first.
    pub(super) fn new(per_second: NonZeroU32) -> Self {
        Self {
            per_second,
            began: Instant::now(),
            hasher: RandomState::new(),
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
        }
    }

    /// Takes a token out of `key`'s bucket, or returns the time to wait for one.
    pub(super) fn take(&self, key: &K, now: Instant) -> RateLimitStatus {
        let now = nanos(now.saturating_duration_since(self.began));
        let second = nanos(Duration::from_secs(1));
        let token = (second / u64::from(self.per_second.get())).max(1);
        let burst = token * u64::from(self.limit());
        let mut shard = self
            .shard(key)
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let full_at = shard.get(key).copied().unwrap_or_default().max(now);
        let next_full_at = full_at + token;
        let refused = next_full_at - now > burst;
        if refused {
            let wait = Duration::from_nanos(next_full_at - now - burst);
            return self.status(0, burst, Some(wait));
        }
        if !shard.contains_key(key) && shard.len() >= PLACES {
            make_room(&mut shard, now);
        }
        shard.insert(*key, next_full_at);
        let missing = next_full_at - now;
        let remaining = u32::try_from((burst - missing) / token).unwrap_or(u32::MAX);
        self.status(remaining, missing, None)
    }

    fn limit(&self) -> u32 {
        self.per_second.get().saturating_mul(BURST_SECS)
    }

    fn status(&self, remaining: u32, missing: u64, wait: Option<Duration>) -> RateLimitStatus {
        let reset = missing.div_ceil(nanos(Duration::from_secs(1)));
        RateLimitStatus {
            limit: self.limit(),
            remaining,
            reset_secs: u32::try_from(reset).unwrap_or(u32::MAX),
            wait,
        }
    }

    fn shard(&self, key: &K) -> &Mutex<HashMap<K, u64>> {
        let place = self.hasher.hash_one(key) % u64::try_from(SHARDS).unwrap_or(1);
        &self.shards[usize::try_from(place).unwrap_or_default()]
    }
}

/// Removes the buckets that are full again, or else the fullest one.
fn make_room<K: Hash + Eq + Copy>(shard: &mut HashMap<K, u64>, now: u64) {
    shard.retain(|_, full_at| *full_at > now);
    if shard.len() < PLACES {
        return;
    }
    let fullest = shard.iter().min_by_key(|(_, full_at)| **full_at);
    if let Some(key) = fullest.map(|(key, _)| *key) {
        shard.remove(&key);
    }
}

fn nanos(span: Duration) -> u64 {
    u64::try_from(span.as_nanos()).unwrap_or(u64::MAX)
}

/// State of a token bucket after a request.
#[derive(Debug, Clone, Copy)]
pub struct RateLimitStatus {
    /// Capacity of the bucket, in tokens.
    pub limit: u32,
    /// Tokens left.
    pub remaining: u32,
    /// Time until the bucket is full again, in seconds.
    pub reset_secs: u32,
    /// Time until the next token; `None` when this request got one.
    pub wait: Option<Duration>,
}

impl RateLimitStatus {
    /// Whether the request got a token.
    pub fn is_allowed(&self) -> bool {
        self.wait.is_none()
    }

    /// Adds the `RateLimit-*` headers.
    pub fn write_headers(&self, headers: &mut HeaderMap) {
        for (name, value) in [
            ("ratelimit-limit", self.limit),
            ("ratelimit-remaining", self.remaining),
            ("ratelimit-reset", self.reset_secs),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(per_second: u32) -> TokenBuckets<u32> {
        TokenBuckets::new(NonZeroU32::new(per_second).unwrap())
    }

    fn keys(buckets: &TokenBuckets<u32>) -> usize {
        let count = |shard: &Mutex<HashMap<u32, u64>>| shard.lock().unwrap().len();
        buckets.shards.iter().map(count).sum()
    }

    #[test]
    fn a_burst_of_twice_the_rate_passes_and_the_next_waits() {
        let buckets = buckets(2);
        let now = Instant::now();

        let verdicts: Vec<_> = (0..5).map(|_| buckets.take(&1, now)).collect();

        let remaining: Vec<_> = verdicts.iter().map(|status| status.remaining).collect();
        assert_eq!(remaining, [3, 2, 1, 0, 0]);
        assert!(verdicts[..4].iter().all(RateLimitStatus::is_allowed));
        assert_eq!(verdicts[4].wait, Some(Duration::from_millis(500)));
        assert_eq!((verdicts[0].limit, verdicts[3].reset_secs), (4, 2));
        assert!(buckets.take(&2, now).is_allowed());
    }

    #[test]
    fn a_token_comes_back_after_its_time_and_a_refusal_takes_none() {
        let buckets = buckets(2);
        let now = Instant::now();
        let later = |millis| now + Duration::from_millis(millis);
        for _ in 0..4 {
            buckets.take(&1, now);
        }

        assert!(!buckets.take(&1, later(499)).is_allowed());
        assert!(buckets.take(&1, later(501)).is_allowed());
        assert!(!buckets.take(&1, later(501)).is_allowed());
        assert_eq!(buckets.take(&1, later(60_000)).remaining, 3);
    }

    #[test]
    fn a_stranger_with_any_number_of_addresses_takes_a_bounded_number_of_places() {
        let buckets = buckets(1);
        let now = Instant::now();

        for address in 0..200_000 {
            buckets.take(&address, now);
        }

        assert!(keys(&buckets) <= SHARDS * PLACES);
    }

    #[test]
    fn who_has_used_up_their_bucket_is_remembered_while_strangers_come_and_go() {
        let buckets = buckets(1);
        let now = Instant::now();
        for _ in 0..3 {
            buckets.take(&u32::MAX, now);
        }

        for address in 0..200_000 {
            buckets.take(&address, now);
        }

        assert!(!buckets.take(&u32::MAX, now).is_allowed());
    }
}
