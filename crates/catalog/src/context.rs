//! The dependencies that the services of the catalogue share.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbErr};
use stampede_kernel::{Clock, Language, ProductId, Timestamp, UserId};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::{Change, Database, Topic, feed};

use crate::search::Search;

/// Settings of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogSettings {
    /// The shop's language: of names, titles and descriptions; translations are in
    /// other languages.
    pub language: Language,
}

/// The dependencies of the catalogue's services: database, clock, search index and
/// settings.
#[derive(Clone)]
pub(crate) struct CatalogContext {
    pub(crate) db: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) search: Arc<Search>,
    pub(crate) settings: CatalogSettings,
}

impl CatalogContext {
    /// Refreshes these products in the search index, then publishes the change to the
    /// caches of this process. Call it after the commit: a failure of the index does
    /// not undo the change.
    pub(crate) async fn products_changed(&self, topic: Topic, ids: &[ProductId]) {
        if let Err(error) = self.search.refresh(ids).await {
            tracing::error!(%error, "changed products are not in the index yet");
        }
        for id in ids {
            self.publish(topic, id.0);
        }
    }

    /// Publishes a change to the caches of this process. Call it after the commit.
    pub(crate) fn publish(&self, topic: Topic, key: i64) {
        self.db.changes().publish(&Change::Row(topic, key));
    }
}

/// A change by an admin to one row of the catalogue, for the audit log and the feed.
pub(crate) struct AuditedChange {
    pub(crate) admin: UserId,
    /// `product.update` …
    pub(crate) action: &'static str,
    /// `product:12` …
    pub(crate) target: String,
    /// The topic in the change feed.
    pub(crate) topic: Topic,
    /// The key in the change feed.
    pub(crate) key: i64,
    pub(crate) detail: serde_json::Value,
}

impl AuditedChange {
    /// Writes the audit entry and the feed row in the transaction of the change.
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
