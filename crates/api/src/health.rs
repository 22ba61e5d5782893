//! Health checks.

use serde::Serialize;
use utoipa::ToSchema;

/// Result of a health check.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Health)]
pub struct HealthBody {
    /// Always `ok`; a failed check is a problem with status 503.
    status: &'static str,
    /// Conditions that do not stop the service but need attention.
    warnings: Vec<&'static str>,
}

impl HealthBody {
    /// A check that was passed, with these conditions.
    pub fn ok(warnings: Vec<&'static str>) -> Self {
        Self {
            status: "ok",
            warnings,
        }
    }
}
