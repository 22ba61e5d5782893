//! Mail: its templates, the ways it leaves, and the worker that writes it.

mod error;
mod log;
mod mail;
mod memory;
mod proof;
mod smtp;
mod template;

pub use error::{MailError, SetupError};
pub use log::LogMailer;
pub use mail::{Mail, Mailer};
pub use memory::{MemoryMailer, ReceivedMail};
pub use proof::ProofMailer;
pub use smtp::{SmtpMailer, SmtpSettings};
pub use template::{Letter, Shop, Templates};
