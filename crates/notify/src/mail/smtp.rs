//! The SMTP mailer.

use std::error::Error;
use std::time::Duration;

use async_trait::async_trait;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use stampede_kernel::causes;

use super::{Mail, MailError, Mailer, SetupError};

/// Settings of the SMTP server.
#[derive(Debug, Clone)]
pub struct SmtpSettings {
    /// `smtps://user:password@host`, `smtp://host:587?tls=required`, or
    /// `smtp://host:25` without encryption.
    pub url: SecretString,
    /// The sender: `Shop <shop@example.com>`.
    pub from: String,
    /// Time-out for one mail, from the first packet on.
    pub timeout: Duration,
}

/// Sends mail through a pool of connections to one SMTP server.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    timeout: Duration,
}

impl SmtpMailer {
    /// Creates a mailer that connects at the first mail. Must be called inside a tokio
    /// runtime.
    pub fn new(settings: &SmtpSettings) -> Result<Self, SetupError> {
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(settings.url.expose_secret())
                .map_err(|error| SetupError::Url(causes(&error)))?
                .timeout(Some(settings.timeout))
                .build();
        Ok(Self {
            transport,
            from: settings.from.parse().map_err(|_| SetupError::From)?,
            timeout: settings.timeout,
        })
    }

    fn message(&self, mail: Mail) -> Result<Message, MailError> {
        let refused = |error: &dyn Error| MailError::Refused(error.to_string());
        let to: Address = mail.to.parse().map_err(|error| refused(&error))?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(one_line(&mail.subject))
            .message_id(None)
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", mail.language.as_str()))
            .multipart(MultiPart::alternative_plain_html(mail.text, mail.html))
            .map_err(|error| refused(&error))
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let message = self.message(mail)?;
        // lettre's own time-out ends with the connection's first packet.
        let sending = tokio::time::timeout(self.timeout, self.transport.send(message));
        match sending.await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if is_of_the_mail(&error) => Err(MailError::Refused(causes(&error))),
            Ok(Err(error)) => Err(MailError::Unreachable(causes(&error))),
            Err(_) => Err(MailError::Unreachable("no answer in time".to_owned())),
        }
    }
}

/// Returns whether a permanent error is about this mail or its mailbox: no such
/// mailbox, not local, too large, invalid name. Other errors that SMTP calls permanent
/// – log-in (53x), sender rights (5.7.x), no service (554) – are the server's, and end
/// with its outage.
fn is_of_the_mail(error: &lettre::transport::smtp::Error) -> bool {
    let Some(code) = error.status() else {
        // Not an answer: an address or text that SMTP cannot carry.
        return error.is_client();
    };
    let of_the_mail = matches!(code.to_string().as_str(), "550" | "551" | "552" | "553");
    of_the_mail && !causes(error).contains(" 5.7.")
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Removes line breaks, which would end a header.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_line() {
        assert_eq!(
            one_line("Hello\r\nBcc: eve@example.com\u{2028}x"),
            "Hello Bcc: eve@example.com x"
        );
    }
}
