//! E-mail: templates, mailers, and the workers that send mail.

mod amount;
mod error;
mod greeting;
mod log;
mod memory;
mod model;
mod order;
mod proof;
mod smtp;
mod template;
mod webhook_off;

pub use error::{MailError, SetupError};
pub use log::LogMailer;
pub use memory::{MemoryMailer, ReceivedMail};
pub use model::{Mail, Mailer};
pub use order::OrderMailer;
pub use proof::ProofMailer;
pub use smtp::{SmtpMailer, SmtpSettings};
pub use template::{EmailTemplate, Shop, Templates};
pub use webhook_off::WebhookOffMailer;
