//! The audit of the books.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use stampede_kernel::Timestamp;
use stampede_persistence::audit_run::{AuditRun, LastAudit};
use utoipa::ToSchema;

/// The audit of the books: whether one runs, and what the last one found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Audit)]
pub struct AuditBody {
    /// True while an audit runs, on any process.
    running: bool,
    /// Time at which the last audit began: RFC 3339, UTC; null when there was none.
    started_at: Option<String>,
    /// The last audit that ended; null when there was none.
    last: Option<LastAuditBody>,
}

/// An audit that ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LastAudit)]
struct LastAuditBody {
    /// Time at which it ended: RFC 3339, UTC.
    finished_at: String,
    /// True when nothing is broken; null when it could not check.
    clean: Option<bool>,
    /// What `stampede audit --json` prints: `breaches` with `invariant`, `subject` and `detail`, at
    /// most 100; `checked`, with the number of checks and of breaches of each invariant; null when
    /// it could not check.
    #[schema(value_type = Option<Object>)]
    report: Option<Value>,
    /// Reason why it could not check; null when it could.
    error: Option<String>,
}

impl From<AuditRun> for AuditBody {
    fn from(run: AuditRun) -> Self {
        Self {
            running: run.running,
            started_at: run.started_at.map(Timestamp::to_rfc3339),
            last: run.last.map(LastAuditBody::from),
        }
    }
}

impl From<LastAudit> for LastAuditBody {
    fn from(last: LastAudit) -> Self {
        let (found, error) = match last.outcome {
            Ok(found) => (Some(found), None),
            Err(error) => (None, Some(error)),
        };
        Self {
            finished_at: last.at.to_rfc3339(),
            clean: found.as_ref().map(|found| found.clean),
            report: found.map(|found| found.report),
            error,
        }
    }
}

/// Empty request body: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditRequest {}
