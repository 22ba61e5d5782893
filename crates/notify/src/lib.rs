//! Mail and webhooks: what leaves the shop, and the workers that send it.

mod audit;
pub mod codes;
mod mail;
mod sweep;
mod webhook;

pub use audit::{AUDIT, audit};
pub use codes::ERROR_CODES;
pub use mail::{
    EmailTemplate, LogMailer, Mail, MailError, Mailer, MemoryMailer, OrderMailer, ProofMailer,
    ReceivedMail, SetupError, Shop, SmtpMailer, SmtpSettings, Templates, WebhookOffMailer,
};
pub use sweep::sweep;
pub use webhook::{
    DbWebhooks, Deliverer, Delivery, DeliveryStatus, EgressPolicy, FanOut, NewWebhook, Registered,
    RenderOrder, Webhook, WebhookError, WebhookService,
};
