//! Requests per second for each user and each client address, in this process.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError, web};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use stampede_kernel::{ClientNetwork, UserId};

use crate::auth;
use crate::client::ClientAddress;
use crate::problem::{Code, Problem};

/// After so many requests the keys that have all their tokens back are forgotten.
/// A bucket refills within 2 s, so memory is bounded by the traffic of a moment.
const SWEEP_EVERY: u64 = 4_096;

type Keyed<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock, StateInformationMiddleware>;

/// The buckets of one process.
#[derive(Debug)]
pub(crate) struct RateLimits {
    users: Option<Buckets<UserId>>,
    addresses: Option<Buckets<ClientNetwork>>,
}

#[derive(Debug)]
struct Buckets<K: std::hash::Hash + Eq + Clone> {
    limiter: Keyed<K>,
    per_second: u32,
    asked: AtomicU64,
}

/// What a bucket says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Verdict {
    limit: u32,
    remaining: u32,
    reset_secs: u32,
    wait: Option<Duration>,
}

impl RateLimits {
    /// Requests per second, with bursts of twice as many; 0 = no limit.
    pub(crate) fn new(per_user: u32, per_address: u32) -> Self {
        Self {
            users: NonZeroU32::new(per_user).map(Buckets::new),
            addresses: NonZeroU32::new(per_address).map(Buckets::new),
        }
    }

    /// The stricter of the two verdicts; `None` when nothing limits this request.
    pub(crate) fn judge(&self, request: &ServiceRequest) -> Option<Verdict> {
        let caller = auth::caller(request.request()).ok();
        let rehearsal = caller.is_some_and(|caller| caller.rehearsal);
        let address = ClientNetwork::of(ClientAddress::of(request.request()).0);
        let by_address = self.addresses.as_ref().filter(|_| !rehearsal);
        let by_address = by_address.map(|buckets| buckets.take(&address));
        let by_user = self.users.as_ref().zip(caller);
        let by_user = by_user.map(|(buckets, caller)| buckets.take(&caller.user));
        by_address
            .into_iter()
            .chain(by_user)
            .min_by_key(|verdict| (verdict.wait.is_none(), verdict.remaining))
    }
}

impl<K: std::hash::Hash + Eq + Clone> Buckets<K> {
    fn new(per_second: NonZeroU32) -> Self {
        let burst = per_second.saturating_mul(NonZeroU32::MIN.saturating_add(1));
        let quota = Quota::per_second(per_second).allow_burst(burst);
        Self {
            limiter: RateLimiter::dashmap(quota).with_middleware(),
            per_second: per_second.get(),
            asked: AtomicU64::new(0),
        }
    }

    fn take(&self, key: &K) -> Verdict {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let limit = self.per_second.saturating_mul(2);
        let (remaining, wait) = match self.limiter.check_key(key) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(refused) => (
                0,
                Some(refused.wait_time_from(DefaultClock::default().now())),
            ),
        };
        Verdict {
            limit,
            remaining,
            reset_secs: limit.saturating_sub(remaining).div_ceil(self.per_second),
            wait,
        }
    }
}

/// Refuses what is too much, and says in every answer how much is left.
pub(crate) async fn limit<B: MessageBody + 'static>(
    limits: web::Data<RateLimits>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let verdict = request
        .path()
        .starts_with("/api/")
        .then(|| limits.judge(&request))
        .flatten();
    let mut response = match verdict.and_then(|verdict| verdict.wait) {
        Some(wait) => {
            let problem = Problem::new(Code::RateLimited).retry_after(wait);
            request.into_response(problem.error_response())
        }
        None => next.call(request).await?.map_into_boxed_body(),
    };
    if let Some(verdict) = verdict {
        verdict.write(response.headers_mut());
    }
    Ok(response)
}

impl Verdict {
    /// Whether the request may go on.
    pub(crate) fn passes(&self) -> bool {
        self.wait.is_none()
    }

    /// Says how much is left.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
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

    #[test]
    fn a_burst_of_twice_the_rate_passes_and_the_next_waits() {
        let buckets = Buckets::new(NonZeroU32::new(2).unwrap());

        let verdicts: Vec<_> = (0..5).map(|_| buckets.take(&UserId(1))).collect();

        assert!(verdicts[..4].iter().all(|verdict| verdict.wait.is_none()));
        assert!(verdicts[4].wait.is_some());
        assert_eq!(verdicts[0].limit, 4);
        assert!(buckets.take(&UserId(2)).wait.is_none());
    }
}
