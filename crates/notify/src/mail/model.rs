//! Mails and mailers.

use async_trait::async_trait;
use stampede_kernel::Language;

use super::MailError;

/// A mail to one mailbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The recipient's address, without a display name: text chosen by users stays out
    /// of headers.
    pub to: String,
    /// The subject, one line.
    pub subject: String,
    /// The plain-text body.
    pub text: String,
    /// The HTML body.
    pub html: String,
    /// The language of the text.
    pub language: Language,
}

/// Omits the bodies, which may carry tokens.
impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail")
            .field("to", &self.to)
            .field("subject", &self.subject)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

/// A transport for mail.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends a mail. It may arrive twice when the server's answer was lost.
    async fn send(&self, mail: Mail) -> Result<(), MailError>;
}
