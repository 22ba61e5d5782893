//! What happens to every request, whatever its route.

mod body_timeout;
mod buckets;
mod cors;
mod head;
mod headers;
mod measure;
mod panic;
mod plain_errors;
mod rate_limit;
pub(crate) mod request_id;
mod span;

pub(crate) use body_timeout::{BodyTimeout, within};
pub(crate) use cors::{CrossOrigin, cors};
pub(crate) use head::{head, is_looked_at};
pub(crate) use headers::{secure, secured};
pub(crate) use measure::{Measured, measure};
pub(crate) use panic::catch;
pub(crate) use plain_errors::as_problems;
pub(crate) use rate_limit::{RateLimits, limit};
pub(crate) use span::spanned;
