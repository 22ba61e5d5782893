//! Errors of sending mail.

use std::path::PathBuf;

use stampede_persistence::job::JobError;

/// Errors of sending mail.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// A permanent failure: no valid address, or refused for good by the server.
    #[error("the mail was refused: {0}")]
    Refused(String),
    /// A temporary failure: the server was unreachable, too slow, or asked to retry.
    #[error("the mail could not be handed over: {0}")]
    Unreachable(String),
    /// A custom template cannot be rendered.
    #[error("the mail could not be written: {0}")]
    Template(#[from] minijinja::Error),
}

impl From<MailError> for JobError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Refused(_) | MailError::Template(_) => Self::Permanent(error.to_string()),
            MailError::Unreachable(_) => Self::Retry(error.to_string()),
        }
    }
}

/// Errors of the mail configuration.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// Neither `smtp://` nor `smtps://` with a host. The URL, which may hold a
    /// password, is not repeated.
    #[error("mail.url is not an SMTP URL: {0}")]
    Url(String),
    /// The sender is not a single mailbox.
    #[error("mail.from is not a mailbox such as `Shop <shop@example.com>`")]
    From,
    /// The folder of templates or a file in it cannot be read.
    #[error("the mail template {0} cannot be read")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// Broken, or it uses a variable that does not exist.
    #[error("a mail template is broken")]
    Template(#[from] minijinja::Error),
}
