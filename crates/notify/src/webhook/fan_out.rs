//! The worker that fans an event out: one delivery for each subscribed webhook.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::DbErr;
use serde_json::Value;
use stampede_kernel::Clock;
use stampede_persistence::job::{self, JobError, Payload, Worker};
use stampede_persistence::{Database, retrying};

use super::deliverer::Attempt;
use super::event::{self, Body, OrderEvent};
use super::store;

/// Converts an order from its stored form into that of the API.
pub type RenderOrder = Box<dyn Fn(Value) -> Result<Value, serde_json::Error> + Send + Sync>;

/// Creates one delivery of an event for each subscribed webhook, once: all deliveries
/// and their jobs are one transaction.
pub struct FanOut {
    db: Database,
    clock: Arc<dyn Clock>,
    render: RenderOrder,
}

impl FanOut {
    /// Creates a worker that renders orders with `render`.
    pub fn new(db: Database, clock: Arc<dyn Clock>, render: RenderOrder) -> Self {
        Self { db, clock, render }
    }

    fn body(&self, id: &str, event: &OrderEvent) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Body {
            id,
            event: &event.event,
            at: event.at.to_rfc3339(),
            data: (self.render)(event.order.clone())?,
        })
    }

    /// Returns whether the event is of a rehearsal's order; receivers must not get
    /// those, for they would be packed and sent.
    async fn is_rehearsal(&self, event: &OrderEvent) -> Result<bool, DbErr> {
        match event::sale(event) {
            Some(sale) => store::is_rehearsal(self.db.reader(), sale).await,
            None => Ok(false),
        }
    }

    async fn deliver(&self, pending: &store::PendingEvent<'_>) -> Result<(), DbErr> {
        let tx = self.db.begin_write().await?;
        if store::is_known(&tx, pending.id).await? {
            return Ok(());
        }
        let mut attempts = Vec::new();
        for webhook in &pending.to {
            let delivery = store::insert_delivery(&tx, *webhook, pending).await?;
            attempts.push(Attempt::first(*webhook, delivery));
        }
        job::push_all(&tx, &attempts, self.clock.now()).await?;
        tx.commit().await?;
        self.db.wake_workers();
        Ok(())
    }
}

#[async_trait]
impl Worker for FanOut {
    fn kind(&self) -> &'static str {
        OrderEvent::KIND
    }

    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let event: OrderEvent = job::payload(payload)?;
        let to = store::listening(self.db.reader(), &event.event).await?;
        if to.is_empty() || self.is_rehearsal(&event).await? {
            return Ok(());
        }
        let id = event::id(&event)?;
        let unshown = |_| JobError::Permanent(format!("the order of {id} cannot be shown"));
        let pending = store::PendingEvent {
            id: &id,
            event: &event.event,
            body: &self.body(&id, &event).map_err(unshown)?,
            at: event.at,
            to,
        };
        Ok(retrying(|| self.deliver(&pending)).await?)
    }
}
