//! An SMTP server that keeps what it gets, or misbehaves as it is told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use stampede_notify::{SmtpMailer, SmtpSettings};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How the server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Accepting,
    /// 451 to every recipient.
    Later,
    /// 550 to every recipient: there is no such mailbox.
    Never,
    /// 550 to every recipient: this shop may not send.
    Locked,
    /// Accepts connections and says nothing.
    Silent,
}

/// A mail as it came over the wire.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wire {
    pub(crate) recipients: Vec<String>,
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

impl Wire {
    /// Headers by name, in lower case, continuation lines joined.
    pub(crate) fn header_names(&self) -> Vec<String> {
        let mut names: Vec<_> = self
            .headers
            .iter()
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap().to_ascii_lowercase())
            .collect();
        names.sort();
        names
    }
}

pub(crate) struct Sink {
    port: u16,
    mood: Arc<Mutex<Mood>>,
    mails: Arc<Mutex<Vec<Wire>>>,
    server: JoinHandle<()>,
}

impl Sink {
    pub(crate) async fn open(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mood = Arc::new(Mutex::new(mood));
        let mails = Arc::new(Mutex::new(Vec::new()));
        let (now, kept) = (mood.clone(), mails.clone());
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, now.clone(), kept.clone()));
            }
        });
        Self {
            port,
            mood,
            mails,
            server,
        }
    }

    /// A mailer whose patience a busy machine does not try.
    pub(crate) fn mailer(&self) -> SmtpMailer {
        self.mailer_that_waits(Duration::from_mins(1))
    }

    pub(crate) fn mailer_that_waits(&self, timeout: Duration) -> SmtpMailer {
        SmtpMailer::new(&SmtpSettings {
            url: SecretString::from(format!("smtp://127.0.0.1:{}", self.port)),
            from: "Stampede <shop@example.com>".to_owned(),
            timeout,
        })
        .unwrap()
    }

    pub(crate) fn becomes(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub(crate) fn mails(&self) -> Vec<Wire> {
        self.mails.lock().unwrap().clone()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn converse(stream: TcpStream, mood: Arc<Mutex<Mood>>, mails: Arc<Mutex<Vec<Wire>>>) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut mail = Wire::default();
    let mut answer = "220 sink".to_owned();
    loop {
        let now = *mood.lock().unwrap();
        if now == Mood::Silent {
            return std::future::pending().await;
        }
        if writer
            .write_all(format!("{answer}\r\n").as_bytes())
            .await
            .is_err()
        {
            return;
        }
        let Ok(Some(line)) = lines.next_line().await else {
            return;
        };
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        answer = match (verb.as_str(), now) {
            ("EHLO", _) => "250 8BITMIME".to_owned(),
            ("RCPT", Mood::Later) => "451 come back later".to_owned(),
            ("RCPT", Mood::Locked) => "550 5.7.1 relaying denied".to_owned(),
            ("RCPT", Mood::Never) => "550 nobody of that name".to_owned(),
            ("RCPT", _) => {
                mail.recipients.push(line);
                "250 ok".to_owned()
            }
            ("DATA", _) => {
                writer.write_all(b"354 go on\r\n").await.unwrap();
                let mut in_body = false;
                while let Ok(Some(line)) = lines.next_line().await {
                    match line.as_str() {
                        "." => break,
                        "" if !in_body => in_body = true,
                        _ if in_body => mail.body.push_str(&(line + "\n")),
                        _ => mail.headers.push(line),
                    }
                }
                mails.lock().unwrap().push(std::mem::take(&mut mail));
                "250 kept".to_owned()
            }
            _ => "250 ok".to_owned(),
        };
    }
}
