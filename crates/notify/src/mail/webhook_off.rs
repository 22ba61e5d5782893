//! The worker that tells admins of webhooks that were switched off.

use std::sync::Arc;

use async_trait::async_trait;
use serde::Serialize;
use stampede_kernel::Language;
use stampede_persistence::job::{self, JobError, Payload, Policy, Worker};
use stampede_user::{AccountError, AccountService, Role, Status};

use super::greeting::greetable;
use super::{EmailTemplate, Mailer, Templates};
use crate::webhook::SwitchedOff;

/// Mails an admin that a webhook was switched off, at the address they have proven.
pub struct WebhookOffMailer {
    accounts: Arc<dyn AccountService>,
    templates: Arc<Templates>,
    mailer: Arc<dyn Mailer>,
}

impl WebhookOffMailer {
    /// A worker that writes with `templates` and sends through `mailer`.
    pub fn new(
        accounts: Arc<dyn AccountService>,
        templates: Arc<Templates>,
        mailer: Arc<dyn Mailer>,
    ) -> Self {
        Self {
            accounts,
            templates,
            mailer,
        }
    }
}

/// What the letter says.
#[derive(Serialize)]
struct Facts<'a> {
    nick_name: &'a str,
    webhook: i64,
    url: &'a str,
    since: String,
}

#[async_trait]
impl Worker for WebhookOffMailer {
    fn kind(&self) -> &'static str {
        SwitchedOff::KIND
    }

    fn policy(&self) -> Policy {
        Policy::A_DAY
    }

    /// Whoever is no admin any more hears nothing.
    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let job: SwitchedOff = job::payload(payload)?;
        let user = match self.accounts.user(job.admin).await {
            Ok(user) => user,
            Err(AccountError::NotFound) => return Ok(()),
            Err(error) => return Err(JobError::Retry(error.to_string())),
        };
        let reached = user.email_verified && user.status == Status::Active;
        let admin = user.role == Role::Admin && reached;
        let Some(to) = user.email.clone().filter(|_| admin) else {
            return Ok(());
        };
        let facts = Facts {
            nick_name: greetable(&user.nick_name),
            webhook: job.webhook.0,
            url: &job.url,
            since: job.since.to_rfc3339(),
        };
        let language = Language::parse(&job.language).unwrap_or(Language::EN);
        let mail = self
            .templates
            .write(EmailTemplate::WebhookOff, to, language, &facts)?;
        Ok(self.mailer.send(mail).await?)
    }
}
