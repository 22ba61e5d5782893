//! What a mail is.

use async_trait::async_trait;
use stampede_kernel::Language;

use super::MailError;

/// A mail to one mailbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// One address, without a name: what users call themselves stays out of headers.
    pub to: String,
    /// One line.
    pub subject: String,
    /// For readers of plain text.
    pub text: String,
    /// The same in HTML.
    pub html: String,
    /// Of the text.
    pub language: Language,
}

/// Bodies carry tokens, so they are not printed.
impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail")
            .field("to", &self.to)
            .field("subject", &self.subject)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

/// A way for mail to leave.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands the mail over. It may arrive twice when the answer was lost.
    async fn send(&self, mail: Mail) -> Result<(), MailError>;
}
