//! The audit log: one entry for each action of an admin.

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{Cursor, CursorMismatch, Page, PageSize, Refusal, Refuse, Timestamp, UserId};

use crate::Database;
use crate::database_refusal;
use crate::entity::audit_log;

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// The admin; `None` for the command line.
    pub actor: Option<UserId>,
    /// The action: `user.ban`, `product.update` …
    pub action: &'static str,
    /// The target: `user:7`, `product:12` …
    pub target: String,
    /// Details as JSON. Never holds a secret.
    pub detail: String,
}

/// Errors of reading the audit log.
#[derive(Debug, thiserror::Error)]
pub enum AuditLogError {
    /// The cursor is not one of this list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The database failed.
    #[error("the audit log could not be read")]
    Database(#[from] DbErr),
}

impl Refuse for AuditLogError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

/// Writes an entry in the transaction of the action.
pub async fn write(
    tx: &impl ConnectionTrait,
    entry: AuditEntry,
    at: Timestamp,
) -> Result<(), DbErr> {
    let row = audit_log::ActiveModel {
        actor_id: Set(entry.actor),
        action: Set(entry.action.to_owned()),
        target: Set(entry.target),
        detail: Set(entry.detail),
        created_at: Set(at),
        ..Default::default()
    };
    audit_log::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Reads a page of the log, newest first.
pub async fn read(
    db: &Database,
    size: PageSize,
    cursor: Option<&Cursor>,
) -> Result<Page<audit_log::Model>, AuditLogError> {
    let mut query = audit_log::Entity::find();
    if let Some(cursor) = cursor {
        query = query.filter(audit_log::COLUMN.id.lt(cursor.place::<i64>("audit_log")?));
    }
    let rows = query
        .order_by_desc(audit_log::COLUMN.id)
        .limit(size.get() + 1)
        .all(db.reader())
        .await?;
    Ok(Page::cut(rows, size, "audit_log", |row| row.id))
}
