//! Webhooks: subscriptions to order events, and their delivery.

mod address;
mod client;
mod deliverer;
mod error;
mod event;
mod fan_out;
mod health;
mod model;
mod service;
mod signature;
mod store;

pub use address::EgressPolicy;
pub use deliverer::Deliverer;
pub use error::WebhookError;
pub use fan_out::{FanOut, RenderOrder};
pub(crate) use health::SwitchedOff;
pub use model::{Delivery, NewWebhook, Registered, Webhook};
pub use service::{DbWebhooks, WebhookService};
pub use stampede_persistence::entity::webhook_delivery::DeliveryStatus;
