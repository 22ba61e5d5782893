//! The worker that mails admins about disabled webhooks.

use std::sync::Arc;

use async_trait::async_trait;
use serde::Serialize;
use stampede_kernel::Language;
use stampede_persistence::job::{self, JobError, Payload, Policy, Worker};
use stampede_user::{AccountError, AccountService, Role, Status};

use super::greeting::greetable;
use super::{EmailTemplate, Mailer, Templates};
use crate::webhook::SwitchedOff;

/// Mails an admin, at the verified address, that a webhook was disabled.
pub struct WebhookOffMailer {
    accounts: Arc<dyn AccountService>,
    templates: Arc<Templates>,
    mailer: Arc<dyn Mailer>,
}

impl WebhookOffMailer {
    /// Creates a worker that renders `templates` and sends through `mailer`.
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

/// Template variables of the mail.
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

    /// Sends nothing to a user who is no admin any more.
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
