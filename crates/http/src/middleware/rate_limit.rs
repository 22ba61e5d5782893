//! The rate limit: requests per second for each user and each client address, per process.
//!
//! Which quota a request is counted under, and who sent it, is for the application to say: see
//! [`RateLimitRules`].

use std::fmt::Debug;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, ResponseError, web};
use stampede_kernel::codes::RATE_LIMITED;
use stampede_kernel::{ClientNetwork, UserId};

use super::token_buckets::{RateLimitStatus, TokenBuckets};
use crate::client::ClientAddress;
use crate::problem::Problem;

/// Quota of files, and of health checks, as a multiple of the API quota: a page shows up to a
/// hundred pictures.
const WIDER: u32 = 10;

/// What the application says about a request, as far as its limits depend on it.
pub trait RateLimitRules: Debug + Send + Sync {
    /// The quota that the request is counted under.
    fn quota(&self, request: &ServiceRequest) -> Quota;

    /// The user who sent the request; `None` when it has no valid token.
    fn user(&self, request: &HttpRequest) -> Option<LimitedUser>;
}

/// Quotas of one client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// Calls, which cost most: counted by user and by address.
    Calls,
    /// Files, which are cheap and come in numbers: counted by address, ten times as wide.
    Files,
    /// Health checks: as wide as files, and on their own so that files cannot exhaust them.
    Probes,
}

/// A user whose calls are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitedUser {
    /// The user.
    pub id: UserId,
    /// Whether the calls are counted by address too; false where one address sends those of a
    /// crowd.
    pub by_address: bool,
}

/// The token buckets of one process.
#[derive(Debug)]
pub struct RateLimits {
    rules: Arc<dyn RateLimitRules>,
    users: Option<TokenBuckets<UserId>>,
    addresses: Option<TokenBuckets<ClientNetwork>>,
    files: Option<TokenBuckets<ClientNetwork>>,
    probes: Option<TokenBuckets<ClientNetwork>>,
}

impl RateLimits {
    /// Limits in requests per second, with bursts of twice as many; 0 = no limit.
    pub fn new(per_user: u32, per_address: u32, rules: Arc<dyn RateLimitRules>) -> Self {
        let wider = NonZeroU32::new(per_address.saturating_mul(WIDER));
        Self {
            rules,
            users: NonZeroU32::new(per_user).map(TokenBuckets::new),
            addresses: NonZeroU32::new(per_address).map(TokenBuckets::new),
            files: wider.map(TokenBuckets::new),
            probes: wider.map(TokenBuckets::new),
        }
    }

    /// Takes a token for the request; of two limits the stricter result. `None` when there is
    /// no limit.
    pub fn check(&self, request: &ServiceRequest) -> Option<RateLimitStatus> {
        if self.users.is_none() && self.addresses.is_none() {
            return None;
        }
        let address = || ClientNetwork::of(ClientAddress::of(request.request()).0);
        let now = Instant::now();
        let wide = match self.rules.quota(request) {
            Quota::Calls => return self.check_call(request, &address(), now),
            Quota::Files => self.files.as_ref(),
            Quota::Probes => self.probes.as_ref(),
        };
        wide.map(|buckets| buckets.take(&address(), now))
    }

    fn check_call(
        &self,
        request: &ServiceRequest,
        address: &ClientNetwork,
        now: Instant,
    ) -> Option<RateLimitStatus> {
        let user = self.rules.user(request.request());
        let counted = user.is_none_or(|user| user.by_address);
        let by_address = self.addresses.as_ref().filter(|_| counted);
        let by_address = by_address.map(|buckets| buckets.take(address, now));
        let by_user = self.users.as_ref().zip(user);
        let by_user = by_user.map(|(buckets, user)| buckets.take(&user.id, now));
        by_address
            .into_iter()
            .chain(by_user)
            .min_by_key(|status| (status.wait.is_none(), status.remaining))
    }
}

/// Middleware that answers 429 beyond the limit, and adds `RateLimit-*` headers to every
/// response.
///
/// # Errors
///
/// Those of the service behind it.
pub async fn rate_limit<B: MessageBody + 'static>(
    limits: web::Data<RateLimits>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let status = limits.check(&request);
    let mut response = match status.and_then(|status| status.wait) {
        Some(wait) => {
            let problem = Problem::new(RATE_LIMITED).retry_after(wait);
            request.into_response(problem.error_response())
        }
        None => next.call(request).await?.map_into_boxed_body(),
    };
    if let Some(status) = status {
        status.write_headers(response.headers_mut());
    }
    Ok(response)
}
