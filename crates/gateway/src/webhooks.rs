//! Wires webhooks: their registration and the workers that deliver events.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use stampede_api::ShopLocale;
use stampede_api::order::OrderBody;
use stampede_http::services::Services;
use stampede_kernel::Clock;
use stampede_notify::{DbWebhooks, Deliverer, EgressPolicy, FanOut, WebhookService};
use stampede_order::Order;
use stampede_persistence::Database;
use stampede_persistence::job::Worker;
use stampede_settings::Settings;

/// Longest time that a receiver may take for one delivery.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The webhook service and its workers.
pub(crate) struct Webhooks {
    service: Arc<DbWebhooks>,
    fan_out: Arc<FanOut>,
    deliverer: Arc<Deliverer>,
}

impl Webhooks {
    /// Wires the service and the workers.
    pub(crate) fn open(db: &Database, clock: &Arc<dyn Clock>, settings: &Settings) -> Self {
        let targets = if settings.webhook.private_targets {
            EgressPolicy::Any
        } else {
            EgressPolicy::Public
        };
        let parts = || (db.clone(), Arc::clone(clock));
        let (a, b, c) = (parts(), parts(), parts());
        let shop = crate::catalogue::locale(settings);
        let present = Box::new(move |order| shown(order, &shop));
        Self {
            service: Arc::new(DbWebhooks::new(a.0, a.1, targets)),
            fan_out: Arc::new(FanOut::new(b.0, b.1, present)),
            deliverer: Arc::new(Deliverer::new(c.0, c.1, targets, TIMEOUT)),
        }
    }

    /// Registers the service with the HTTP application.
    pub(crate) fn register(&self, services: Services) -> Services {
        services.with::<dyn WebhookService>(self.service.clone())
    }

    /// The worker that makes deliveries of an event, and the one that sends them.
    pub(crate) fn workers(&self) -> [Arc<dyn Worker>; 2] {
        [self.fan_out.clone(), self.deliverer.clone()]
    }
}

/// The JSON of an order in the API, made from the order as the job stores it.
fn shown(order: Value, shop: &ShopLocale) -> Result<Value, serde_json::Error> {
    let order: Order = serde_json::from_value(order)?;
    serde_json::to_value(OrderBody::new(order, shop))
}
