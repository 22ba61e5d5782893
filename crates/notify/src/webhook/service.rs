//! The webhook service and its implementation on the database.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::DbErr;
use secrecy::SecretString;
use serde_json::json;
use stampede_kernel::{Clock, Cursor, DeliveryId, Page, PageSize, UserId, WebhookId};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::{Database, job, retrying};

use super::deliverer::Attempt;
use super::{
    Delivery, EgressPolicy, NewWebhook, Registered, Webhook, WebhookError, health, model,
    signature, store,
};

/// Webhooks of the shop. Each action of an admin is in the audit log.
#[async_trait]
pub trait WebhookService: Send + Sync {
    /// Registers a webhook; its secret is returned here and never again.
    async fn register(&self, admin: UserId, new: NewWebhook) -> Result<Registered, WebhookError>;

    /// Returns a page of the registered webhooks, newest first.
    async fn webhooks(
        &self,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Webhook>, WebhookError>;

    /// Deletes a webhook; its pending deliveries are parked.
    async fn delete(&self, admin: UserId, id: WebhookId) -> Result<(), WebhookError>;

    /// Enables a webhook again that was disabled because its receiver failed for days.
    /// Events of the time in between are not delivered.
    async fn enable(&self, admin: UserId, id: WebhookId) -> Result<Webhook, WebhookError>;

    /// Returns a page of a webhook's deliveries, newest first, even after its deletion.
    async fn deliveries(
        &self,
        id: WebhookId,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Delivery>, WebhookError>;

    /// Replays a delivered or parked delivery. A pending one is left alone.
    async fn replay(
        &self,
        admin: UserId,
        id: WebhookId,
        delivery: DeliveryId,
    ) -> Result<Delivery, WebhookError>;
}

/// The webhook service on the database.
pub struct DbWebhooks {
    db: Database,
    clock: Arc<dyn Clock>,
    egress: EgressPolicy,
}

impl DbWebhooks {
    /// Creates the service; webhooks must satisfy the policy `egress`.
    pub fn new(db: Database, clock: Arc<dyn Clock>, egress: EgressPolicy) -> Self {
        Self { db, clock, egress }
    }

    async fn insert(
        &self,
        admin: UserId,
        new: &NewWebhook,
        secret: &SecretString,
    ) -> Result<Webhook, DbErr> {
        let now = self.clock.now();
        let tx = self.db.begin_write().await?;
        let id = store::insert(&tx, new, secret, now).await?;
        let detail = json!({ "url": new.url, "events": new.events });
        audit_log::write(&tx, audit_entry(admin, "webhook.create", id, &detail), now).await?;
        tx.commit().await?;
        Ok(Webhook {
            id,
            url: new.url.clone(),
            events: new.events.clone(),
            created_at: now,
            failing_since: None,
            disabled_at: None,
        })
    }

    async fn switch_on(&self, admin: UserId, id: WebhookId) -> Result<Webhook, WebhookError> {
        let now = self.clock.now();
        let tx = self.db.begin_write().await?;
        let switched = health::switch_on(&tx, id).await?;
        let webhook = store::find(&tx, id).await?.ok_or(WebhookError::NotFound)?;
        if switched {
            audit_log::write(
                &tx,
                audit_entry(admin, "webhook.enable", id, &json!({})),
                now,
            )
            .await?;
            tx.commit().await?;
        }
        Ok(webhook)
    }

    async fn remove(&self, admin: UserId, id: WebhookId) -> Result<(), WebhookError> {
        let now = self.clock.now();
        let tx = self.db.begin_write().await?;
        if !store::delete(&tx, id, now).await? {
            return Err(WebhookError::NotFound);
        }
        store::park_pending(&tx, id, "the webhook was deleted").await?;
        audit_log::write(
            &tx,
            audit_entry(admin, "webhook.delete", id, &json!({})),
            now,
        )
        .await?;
        Ok(tx.commit().await?)
    }

    async fn reopen(
        &self,
        admin: UserId,
        id: WebhookId,
        delivery: DeliveryId,
    ) -> Result<Delivery, WebhookError> {
        let now = self.clock.now();
        let tx = self.db.begin_write().await?;
        let reopened = store::reopen(&tx, delivery).await?;
        let row = store::find_delivery(&tx, id, delivery).await?;
        let row = row.ok_or(WebhookError::NotFound)?;
        if reopened {
            job::push(&tx, &Attempt::again(id, delivery, row.attempts), now).await?;
            let detail = json!({ "delivery": delivery });
            audit_log::write(&tx, audit_entry(admin, "webhook.replay", id, &detail), now).await?;
            tx.commit().await?;
        }
        Ok(row.into())
    }
}

#[async_trait]
impl WebhookService for DbWebhooks {
    async fn register(&self, admin: UserId, new: NewWebhook) -> Result<Registered, WebhookError> {
        model::check(&new, self.egress)?;
        let secret = signature::new_secret().map_err(|error| DbErr::Custom(error.to_string()))?;
        let webhook = retrying(|| self.insert(admin, &new, &secret)).await?;
        Ok(Registered { webhook, secret })
    }

    async fn webhooks(
        &self,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Webhook>, WebhookError> {
        let list = "webhook";
        let below = cursor.map(|cursor| cursor.place(list)).transpose()?;
        let rows = store::page(self.db.reader(), below, size).await?;
        Ok(Page::cut(rows, size, list, |webhook| webhook.id))
    }

    async fn delete(&self, admin: UserId, id: WebhookId) -> Result<(), WebhookError> {
        retrying(|| self.remove(admin, id)).await
    }

    async fn enable(&self, admin: UserId, id: WebhookId) -> Result<Webhook, WebhookError> {
        retrying(|| self.switch_on(admin, id)).await
    }

    async fn deliveries(
        &self,
        id: WebhookId,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Delivery>, WebhookError> {
        let db = self.db.reader();
        if !store::exists(db, id).await? {
            return Err(WebhookError::NotFound);
        }
        let list = format!("webhook_delivery:{id}");
        let below = cursor.map(|cursor| cursor.place(&list)).transpose()?;
        let rows = store::deliveries(db, id, below, size).await?;
        Ok(Page::cut(rows, size, &list, |row| row.id).map(Delivery::from))
    }

    async fn replay(
        &self,
        admin: UserId,
        id: WebhookId,
        delivery: DeliveryId,
    ) -> Result<Delivery, WebhookError> {
        let reopened = retrying(|| self.reopen(admin, id, delivery)).await?;
        self.db.wake_workers();
        Ok(reopened)
    }
}

/// Builds an audit entry, which may hold a URL but never a secret.
fn audit_entry(
    admin: UserId,
    action: &'static str,
    id: WebhookId,
    detail: &serde_json::Value,
) -> AuditEntry {
    AuditEntry {
        actor: Some(admin),
        action,
        target: format!("webhook:{id}"),
        detail: detail.to_string(),
    }
}
