//! The quotas that requests are counted under: every path has one.

use actix_web::HttpRequest;
use actix_web::dev::ServiceRequest;
use stampede_http::middleware::{LimitedUser, Quota, RateLimitRules};

use crate::auth;

/// First parts of the addresses of pages with data, which cost as much as calls.
const PAGES: [&str; 6] = ["", "c", "search", "p", "sales", "sale"];

/// The quotas of the shop: calls of the API and pages with goods, files, and health checks.
#[derive(Debug)]
pub(crate) struct Quotas;

impl RateLimitRules for Quotas {
    /// By the path as the router sees it, so that `/%61pi/` is `/api/`. Pictures, scripts, pages
    /// without data and unknown paths are files.
    fn quota(&self, request: &ServiceRequest) -> Quota {
        match request.match_info().as_str() {
            "/healthz" | "/readyz" => Quota::Probes,
            path if path.starts_with("/api/") || is_page(path) => Quota::Calls,
            _ => Quota::Files,
        }
    }

    /// A rehearsal sends the claims of a crowd from one address.
    fn user(&self, request: &HttpRequest) -> Option<LimitedUser> {
        let caller = auth::caller(request).ok()?;
        Some(LimitedUser {
            id: caller.user,
            by_address: !caller.rehearsal,
        })
    }
}

fn is_page(path: &str) -> bool {
    let first = path.split('/').nth(1);
    first.is_some_and(|first| PAGES.contains(&first))
}
