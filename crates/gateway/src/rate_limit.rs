//! The rate limit: requests per second for each user and each client address, per process.
//!
//! Every path is under a limit. API calls, and pages with goods, are counted by user and by address; files
//! and health checks, which are cheap and come in numbers, have quotas of their own that are ten times as large.

use std::num::NonZeroU32;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError, web};
use stampede_http::client::ClientAddress;
use stampede_http::middleware::{RateLimitStatus, TokenBuckets};
use stampede_http::problem::Problem;
use stampede_kernel::codes::RATE_LIMITED;
use stampede_kernel::{ClientNetwork, UserId};

use crate::auth;

/// First parts of the addresses of pages with data, which cost as much as calls.
const PAGES: [&str; 6] = ["", "c", "search", "p", "sales", "sale"];

/// Quota of files, and of health checks, as a multiple of the API quota: a page shows up to a
/// hundred pictures.
const WIDER: u32 = 10;

/// The token buckets of one process.
#[derive(Debug)]
pub(crate) struct RateLimits {
    users: Option<TokenBuckets<UserId>>,
    addresses: Option<TokenBuckets<ClientNetwork>>,
    files: Option<TokenBuckets<ClientNetwork>>,
    probes: Option<TokenBuckets<ClientNetwork>>,
}

/// Class of a request, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A call of the API, or a page with goods.
    Call,
    /// A picture, a script, a page without data, or an unknown path.
    File,
    /// A health check; it has a quota of its own so that file requests cannot exhaust it.
    Probe,
}

impl Kind {
    /// By the path as the router sees it, so that `/%61pi/` is `/api/`.
    fn of(request: &ServiceRequest) -> Self {
        match request.match_info().as_str() {
            "/healthz" | "/readyz" => Self::Probe,
            path if path.starts_with("/api/") || is_page(path) => Self::Call,
            _ => Self::File,
        }
    }
}

fn is_page(path: &str) -> bool {
    let first = path.split('/').nth(1);
    first.is_some_and(|first| PAGES.contains(&first))
}

impl RateLimits {
    /// Limits in requests per second, with bursts of twice as many; 0 = no limit.
    pub(crate) fn new(per_user: u32, per_address: u32) -> Self {
        let wider = NonZeroU32::new(per_address.saturating_mul(WIDER));
        Self {
            users: NonZeroU32::new(per_user).map(TokenBuckets::new),
            addresses: NonZeroU32::new(per_address).map(TokenBuckets::new),
            files: wider.map(TokenBuckets::new),
            probes: wider.map(TokenBuckets::new),
        }
    }

    /// Takes a token for the request; of two limits the stricter result. `None` when there is
    /// no limit.
    pub(crate) fn check(&self, request: &ServiceRequest) -> Option<RateLimitStatus> {
        if self.users.is_none() && self.addresses.is_none() {
            return None;
        }
        let address = || ClientNetwork::of(ClientAddress::of(request.request()).0);
        let now = Instant::now();
        let wide = match Kind::of(request) {
            Kind::Call => return self.check_call(request, &address(), now),
            Kind::File => self.files.as_ref(),
            Kind::Probe => self.probes.as_ref(),
        };
        wide.map(|buckets| buckets.take(&address(), now))
    }

    fn check_call(
        &self,
        request: &ServiceRequest,
        address: &ClientNetwork,
        now: Instant,
    ) -> Option<RateLimitStatus> {
        let caller = auth::caller(request.request()).ok();
        let rehearsal = caller.is_some_and(|caller| caller.rehearsal);
        let by_address = self.addresses.as_ref().filter(|_| !rehearsal);
        let by_address = by_address.map(|buckets| buckets.take(address, now));
        let by_user = self.users.as_ref().zip(caller);
        let by_user = by_user.map(|(buckets, caller)| buckets.take(&caller.user, now));
        by_address
            .into_iter()
            .chain(by_user)
            .min_by_key(|status| (status.wait.is_none(), status.remaining))
    }
}

/// Middleware that answers 429 beyond the limit, and adds `RateLimit-*` headers to every
/// response.
pub(crate) async fn rate_limit<B: MessageBody + 'static>(
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
