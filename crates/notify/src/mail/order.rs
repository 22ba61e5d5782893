//! The worker that mails buyers about their orders.

use std::sync::Arc;

use async_trait::async_trait;
use serde::Serialize;
use stampede_kernel::UserId;
use stampede_persistence::job::{self, JobError, OrderMail, Payload, Policy, Worker};
use stampede_user::{AccountError, AccountService, Status, User};

use super::amount::spelled;
use super::greeting::greetable;
use super::{EmailTemplate, Mail, Mailer, Templates};

/// Mails buyers about their orders. Buyers without a verified address and banned buyers
/// get no mail.
pub struct OrderMailer {
    accounts: Arc<dyn AccountService>,
    templates: Arc<Templates>,
    mailer: Arc<dyn Mailer>,
    currency: String,
}

impl OrderMailer {
    /// Creates a worker that renders `templates`, with amounts in `currency` (ISO
    /// 4217), and sends through `mailer`.
    pub fn new(
        accounts: Arc<dyn AccountService>,
        templates: Arc<Templates>,
        mailer: Arc<dyn Mailer>,
        currency: String,
    ) -> Self {
        Self {
            accounts,
            templates,
            mailer,
            currency,
        }
    }

    /// Returns the buyer with the verified address, if the mail can be sent.
    async fn buyer(&self, id: UserId) -> Result<Option<(User, String)>, JobError> {
        let user = match self.accounts.user(id).await {
            Ok(user) => user,
            Err(AccountError::NotFound) => return Ok(None),
            Err(error) => return Err(JobError::Retry(error.to_string())),
        };
        let reachable = user.email_verified && user.status == Status::Active;
        let address = user.email.clone().filter(|_| reachable);
        Ok(address.map(|address| (user, address)))
    }

    fn write(&self, job: &OrderMail, user: &User, to: String) -> Result<Mail, JobError> {
        let letter = template(&job.event)?;
        let lines = job.lines.iter().map(|line| LineFacts {
            name: &line.name,
            num: line.num,
            total: spelled(line.total, &self.currency),
        });
        let facts = Facts {
            nick_name: greetable(&user.nick_name),
            order: job.order_id.to_string(),
            lines: lines.collect(),
            total: spelled(job.total, &self.currency),
            reason: job.reason.as_deref(),
        };
        Ok(self.templates.write(letter, to, job.language, &facts)?)
    }
}

#[async_trait]
impl Worker for OrderMailer {
    fn kind(&self) -> &'static str {
        OrderMail::KIND
    }

    fn policy(&self) -> Policy {
        Policy::A_DAY
    }

    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let job: OrderMail = job::payload(payload)?;
        let Some((user, address)) = self.buyer(job.user_id).await? else {
            return Ok(());
        };
        let mail = self.write(&job, &user, address)?;
        Ok(self.mailer.send(mail).await?)
    }
}

fn template(event: &str) -> Result<EmailTemplate, JobError> {
    match event {
        "placed" => Ok(EmailTemplate::OrderPlaced),
        "paid" => Ok(EmailTemplate::OrderPaid),
        "cancelled" => Ok(EmailTemplate::OrderCancelled),
        "shipped" => Ok(EmailTemplate::OrderShipped),
        "refunded" => Ok(EmailTemplate::OrderRefunded),
        _ => Err(JobError::Permanent(format!("no letter for {event}"))),
    }
}

/// Template variables of a mail about an order.
#[derive(Serialize)]
struct Facts<'a> {
    nick_name: &'a str,
    order: String,
    lines: Vec<LineFacts<'a>>,
    total: String,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct LineFacts<'a> {
    name: &'a str,
    num: i64,
    total: String,
}
