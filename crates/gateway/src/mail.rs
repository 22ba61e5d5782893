//! Wires mail: the transport, the templates and the workers that send.

use std::sync::Arc;
use std::time::Duration;

use stampede_http::services::Services;
use stampede_kernel::Clock;
use stampede_notify::{
    LogMailer, Mailer, MemoryMailer, OrderMailer, ProofMailer, SetupError, SmtpMailer,
    SmtpSettings, Templates, WebhookOffMailer,
};
use stampede_persistence::job::Worker;
use stampede_settings::{Settings, Transport};
use stampede_user::Users;

/// Longest time that a mail server may take for one mail.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The mail transport with its templates, and the mailbox of the demo shop.
#[derive(Clone)]
pub(crate) struct MailSetup {
    templates: Arc<Templates>,
    mailer: Arc<dyn Mailer>,
    mailbox: Option<Arc<MemoryMailer>>,
}

impl MailSetup {
    /// Sets mail up as `mail.transport` says.
    pub(crate) fn open(settings: &Settings, clock: &Arc<dyn Clock>) -> Result<Self, SetupError> {
        let shop = stampede_notify::Shop {
            name: settings.shop.name.clone(),
            language: settings.shop.language,
        };
        let templates = Arc::new(Templates::load(shop, None)?);
        let memory = Arc::new(MemoryMailer::new(Arc::clone(clock)));
        let mailer: Arc<dyn Mailer> = match settings.mail.transport {
            Transport::Memory => memory.clone(),
            Transport::Log => Arc::new(LogMailer),
            Transport::Smtp => Arc::new(SmtpMailer::new(&SmtpSettings {
                url: settings.mail.url.clone(),
                from: settings.mail.from.clone(),
                timeout: TIMEOUT,
            })?),
        };
        let shown = settings.demo && settings.mail.transport == Transport::Memory;
        Ok(Self {
            templates,
            mailer,
            mailbox: shown.then_some(memory),
        })
    }

    /// The workers of the mail jobs; amounts are in `currency`.
    pub(crate) fn workers(&self, users: &Users, currency: &str) -> Vec<Arc<dyn Worker>> {
        let parts = || (Arc::clone(&self.templates), Arc::clone(&self.mailer));
        let (a, b, c) = (parts(), parts(), parts());
        let accounts = users.accounts.clone();
        vec![
            Arc::new(ProofMailer::new(users.proof_mails.clone(), a.0, a.1)),
            Arc::new(OrderMailer::new(
                accounts.clone(),
                b.0,
                b.1,
                currency.to_owned(),
            )),
            Arc::new(WebhookOffMailer::new(accounts, c.0, c.1)),
        ]
    }

    /// Registers the mailbox with the HTTP application, in the demo shop.
    pub(crate) fn register(&self, services: Services) -> Services {
        match &self.mailbox {
            Some(mailbox) => services.with(Arc::clone(mailbox)),
            None => services,
        }
    }
}
