//! The audit log.

use serde::Serialize;
use stampede_persistence::entity::audit_log;
use utoipa::ToSchema;

/// An entry of the audit log: one action of an admin.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditLogEntry)]
pub struct AuditLogEntryBody {
    /// Id of the entry.
    id: i64,
    /// Id of the admin; null when the action came from the command line.
    actor_id: Option<i64>,
    /// Name of the action, such as `user.ban`.
    action: String,
    /// Kind and id of the object that was changed, such as `user:7`.
    target: String,
    /// Parameters of the action; the members depend on `action`.
    #[schema(value_type = Object)]
    detail: serde_json::Value,
    /// Time of the action: RFC 3339, UTC.
    created_at: String,
}

impl From<audit_log::Model> for AuditLogEntryBody {
    fn from(row: audit_log::Model) -> Self {
        Self {
            id: row.id,
            actor_id: row.actor_id.map(|actor| actor.0),
            action: row.action,
            target: row.target,
            detail: serde_json::from_str(&row.detail).unwrap_or(row.detail.into()),
            created_at: row.created_at.to_rfc3339(),
        }
    }
}
