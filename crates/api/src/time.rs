//! The server's time.

use serde::Serialize;
use stampede_kernel::Timestamp;
use utoipa::ToSchema;

/// The server's time.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimeBody {
    /// The time: RFC 3339, UTC, with milliseconds.
    server_time: String,
    /// The same time in milliseconds since 1970-01-01T00:00:00Z.
    epoch_ms: i64,
}

impl From<Timestamp> for TimeBody {
    fn from(now: Timestamp) -> Self {
        Self {
            server_time: now.to_rfc3339(),
            epoch_ms: now.0,
        }
    }
}
