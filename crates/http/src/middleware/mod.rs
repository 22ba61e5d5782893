//! Middleware of every request, whatever its route.

mod body_timeout;
mod cors;
mod errors_to_problems;
mod head;
mod measure;
mod panic;
mod rate_limit;
pub mod request_id;
mod security_headers;
mod span;
mod token_buckets;

pub use body_timeout::{BodyTimeout, body_timeout};
pub use cors::{CrossOrigin, cors};
pub use errors_to_problems::errors_to_problems;
pub use head::{head_as_get, wants_body};
pub use measure::{CacheHitMetrics, record_metrics};
pub use panic::catch_panics;
pub use rate_limit::{LimitedUser, Quota, RateLimitRules, RateLimits, rate_limit};
pub use security_headers::{add_security_headers, security_headers};
pub use span::request_span;
pub use token_buckets::RateLimitStatus;
