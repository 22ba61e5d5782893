//! What every noun of the catalogue stands on.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbErr};
use stampede_kernel::{Clock, Language, ProductId, Timestamp, UserId};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::{Change, Database, Topic, feed};

use crate::search::Search;

/// What the catalogue knows of its shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogSettings {
    /// The language of names, titles and descriptions; translations are in others.
    pub language: Language,
}

/// The database, the time, and who must hear of a change of products.
#[derive(Clone)]
pub(crate) struct CatalogContext {
    pub(crate) db: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) search: Arc<Search>,
    pub(crate) settings: CatalogSettings,
}

impl CatalogContext {
    /// After the commit: the index reads these products again, then the caches
    /// of this process drop them. The change stands whatever the index says.
    pub(crate) async fn products_changed(&self, topic: Topic, ids: &[ProductId]) {
        if let Err(error) = self.search.refresh(ids).await {
            tracing::error!(%error, "changed products are not in the index yet");
        }
        for id in ids {
            self.publish(topic, id.0);
        }
    }

    /// After the commit: the caches of this process drop what they know of it.
    pub(crate) fn publish(&self, topic: Topic, key: i64) {
        self.db.changes().publish(&Change::Row(topic, key));
    }
}

/// What an admin does to one row of the catalogue.
pub(crate) struct AuditedChange {
    pub(crate) admin: UserId,
    /// `product.update` …
    pub(crate) action: &'static str,
    /// `product:12` …
    pub(crate) target: String,
    /// Whose news it is.
    pub(crate) topic: Topic,
    /// The id under which that is told.
    pub(crate) key: i64,
    pub(crate) detail: serde_json::Value,
}

impl AuditedChange {
    /// In the deed's transaction: its row in the audit log and the news of it.
    pub(crate) async fn record(
        self,
        tx: &impl ConnectionTrait,
        at: Timestamp,
    ) -> Result<(), DbErr> {
        let act = AuditEntry {
            actor: Some(self.admin),
            action: self.action,
            target: self.target,
            detail: self.detail.to_string(),
        };
        audit_log::write(tx, act, at).await?;
        feed::append(tx, self.topic, &[self.key], at).await
    }
}
