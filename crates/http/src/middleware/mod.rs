//! What happens to every request, whatever its route.

mod body_timeout;
mod buckets;
mod cors;
mod head;
mod headers;
mod measure;
mod panic;
mod plain_errors;
pub mod request_id;
mod span;

pub use body_timeout::{BodyTimeout, within};
pub use buckets::{Buckets, Verdict};
pub use cors::{CrossOrigin, cors};
pub use head::{head, is_looked_at};
pub use headers::{secure, secured};
pub use measure::{Measured, measure};
pub use panic::catch;
pub use plain_errors::as_problems;
pub use span::spanned;
