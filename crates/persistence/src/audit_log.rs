//! Who did what to whom, for every act of an admin.

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{Cursor, CursorMismatch, Page, PageSize, Refusal, Refuse, Timestamp, UserId};

use crate::Database;
use crate::database_refusal;
use crate::entity::audit_log;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Who; `None` for the command line.
    pub actor: Option<UserId>,
    /// What: `user.ban`, `product.update` …
    pub action: &'static str,
    /// To what: `user:7`, `product:12` …
    pub target: String,
    /// In which way, as JSON. Never a secret.
    pub detail: String,
}

/// Why a page of the log could not be read.
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

/// Writes the act in the transaction that performs it.
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

/// The log, newest first.
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
