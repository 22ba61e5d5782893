//! The worker that delivers webhooks.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use sea_orm::DbErr;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_kernel::{Clock, DeliveryId, WebhookId};
use stampede_persistence::entity::{webhook, webhook_delivery};
use stampede_persistence::job::{self, Concurrency, JobError, Payload, Worker};
use stampede_persistence::{Database, retrying};

use super::client::{SendError, WebhookClient, WebhookRequest};
use super::{EgressPolicy, health, signature, store};

/// Maximum number of failed attempts; after them a delivery is parked.
const MAX_ATTEMPTS: i32 = 10;
/// Pause before the second attempt; it triples before each further one, so that ten
/// attempts take between three and six hours.
const FIRST_PAUSE: Duration = Duration::from_secs(2);

/// Maximum concurrent deliveries, in total and to one receiver: a receiver that never
/// answers cannot block the others.
const CONCURRENCY: Concurrency = Concurrency {
    total: 256,
    per_lane: Some(4),
};

/// The job of one delivery attempt. It is skipped when the delivery has another number
/// of attempts by then: of two jobs for the same attempt one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attempt {
    /// The delivery.
    pub(super) delivery: DeliveryId,
    /// Number of attempts before this one.
    pub(super) after: i32,
    /// Number of attempts left, this one included.
    pub(super) left: i32,
    /// The webhook; 0 in jobs of the previous release.
    #[serde(default = "unknown")]
    pub(super) webhook: WebhookId,
}

fn unknown() -> WebhookId {
    WebhookId(0)
}

impl Payload for Attempt {
    const KIND: &'static str = "webhook.delivery";

    fn lane(&self) -> i64 {
        self.webhook.0
    }
}

impl Attempt {
    pub(super) fn first(webhook: WebhookId, delivery: DeliveryId) -> Self {
        Self::again(webhook, delivery, 0)
    }

    /// Starts a new series of attempts.
    pub(super) fn again(webhook: WebhookId, delivery: DeliveryId, after: i32) -> Self {
        Self {
            delivery,
            after,
            left: MAX_ATTEMPTS,
            webhook,
        }
    }

    fn next(self) -> Option<Self> {
        let next = Self {
            after: self.after + 1,
            left: self.left - 1,
            ..self
        };
        (next.left > 0).then_some(next)
    }

    /// Returns the pause before the next attempt, with ±25 % jitter, so that receivers
    /// that failed together are not retried together.
    fn pause(self) -> Duration {
        let failures = u32::try_from(MAX_ATTEMPTS - self.left).unwrap_or(0);
        let pause = FIRST_PAUSE * 3_u32.pow(failures);
        let jitter = f64::from(getrandom::u32().unwrap_or_default()) / f64::from(u32::MAX);
        pause.mul_f64(0.75 + jitter / 2.0)
    }
}

/// Posts deliveries and records their outcome.
pub struct Deliverer {
    db: Database,
    clock: Arc<dyn Clock>,
    client: WebhookClient,
}

impl Deliverer {
    /// Creates a worker that connects only to addresses that `egress` allows, with
    /// `timeout` for name resolution, connection and answer together.
    pub fn new(
        db: Database,
        clock: Arc<dyn Clock>,
        egress: EgressPolicy,
        timeout: Duration,
    ) -> Self {
        Self {
            db,
            clock,
            client: WebhookClient::new(egress, timeout),
        }
    }

    async fn post(
        &self,
        delivery: &webhook_delivery::Model,
        webhook: &webhook::Model,
    ) -> Result<u16, SendError> {
        let secret = SecretString::from(webhook.secret.as_str());
        let request = WebhookRequest {
            url: &webhook.url,
            event: &delivery.event,
            delivery: delivery.id,
            signature: signature::sign(&secret, self.clock.now(), &delivery.body),
            body: &delivery.body,
        };
        self.client.post(request).await
    }

    /// Records the outcome and its consequences, unless another process has; returns
    /// `true` when the webhook was disabled.
    async fn record(
        &self,
        attempt: Attempt,
        webhook: &webhook::Model,
        outcome: &Result<u16, SendError>,
    ) -> Result<bool, DbErr> {
        let now = self.clock.now();
        let next = attempt.next().filter(|_| outcome.is_err());
        let tx = self.db.begin_write().await?;
        if !store::record(&tx, attempt, outcome, next.is_some(), now).await? {
            return Ok(false);
        }
        let mut switched_off = false;
        match (outcome, next) {
            (Ok(_), _) => health::succeeded(&tx, webhook).await?,
            (Err(_), Some(next)) => {
                health::failed(&tx, webhook, now).await?;
                job::push(&tx, &next, now.plus(attempt.pause())).await?;
            }
            (Err(error), None) => {
                health::failed(&tx, webhook, now).await?;
                switched_off = health::switch_off(&tx, webhook.id, error, now).await?;
            }
        }
        tx.commit().await?;
        Ok(switched_off)
    }

    /// Parks the pending deliveries of a deleted webhook.
    async fn end(&self, webhook: WebhookId) -> Result<(), DbErr> {
        let tx = self.db.begin_write().await?;
        store::park_pending(&tx, webhook, "the webhook was deleted").await?;
        tx.commit().await
    }
}

#[async_trait]
impl Worker for Deliverer {
    fn kind(&self) -> &'static str {
        Attempt::KIND
    }

    fn concurrency(&self) -> Concurrency {
        CONCURRENCY
    }

    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let attempt: Attempt = job::payload(payload)?;
        let Some((delivery, webhook)) = store::due(self.db.reader(), attempt).await? else {
            return Ok(());
        };
        let attempt = Attempt {
            webhook: webhook.id,
            ..attempt
        };
        if webhook.deleted_at.is_some() {
            return Ok(retrying(|| self.end(webhook.id)).await?);
        }
        let outcome = self.post(&delivery, &webhook).await;
        if let Err(error) = &outcome {
            let (delivery, webhook) = (delivery.id.0, webhook.id.0);
            tracing::info!(%error, webhook.id = webhook, delivery.id = delivery, "a delivery failed");
        }
        if retrying(|| self.record(attempt, &webhook, &outcome)).await? {
            tracing::warn!(
                webhook.id = webhook.id.0,
                "a webhook was switched off: its receiver has failed for days"
            );
            self.db.wake_workers();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_after_ten_attempts() {
        let mut attempt = Attempt::first(WebhookId(1), DeliveryId(1));
        let mut pauses = Vec::new();
        while let Some(next) = attempt.next() {
            pauses.push(attempt.pause().as_secs_f64());
            attempt = next;
        }

        assert_eq!(pauses.len(), 9);
        assert_eq!((attempt.after, attempt.left), (9, 1));
        assert!(pauses.windows(2).all(|two| two[0] < two[1]));
        assert!((1.5..=2.5).contains(&pauses[0]));
        assert!((9_841.5..=16_402.5).contains(&pauses[8]));
    }
}
