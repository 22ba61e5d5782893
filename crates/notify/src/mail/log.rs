//! A mailer that only logs.

use async_trait::async_trait;

use super::{Mail, MailError, Mailer};

/// Logs recipient and subject, never the body, which may carry a token.
#[derive(Debug, Clone, Copy, Default)]
pub struct LogMailer;

#[async_trait]
impl Mailer for LogMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        tracing::info!(
            mail.to,
            mail.subject,
            "a mail was not sent: mail.transport is log"
        );
        Ok(())
    }
}
