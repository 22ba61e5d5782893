//! The worker that sends the mails of proofs.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::ExposeSecret;
use serde::Serialize;
use stampede_kernel::Language;
use stampede_persistence::job::{self, JobError, Payload, Policy, Worker};
use stampede_user::{ProofMail, ProofMails, ProofMessage, Purpose};

use super::greeting::greetable;
use super::{EmailTemplate, Mail, MailError, Mailer, Templates};

/// Retry period: twice the lifetime of a proof, because clocks of two processes may
/// differ.
const WORTHLESS: Duration = Duration::from_mins(30);

/// Sends the mails of requested proofs. A proof that is spent or expired by then is not
/// mailed.
pub struct ProofMailer {
    proofs: ProofMails,
    templates: Arc<Templates>,
    mailer: Arc<dyn Mailer>,
}

impl ProofMailer {
    /// Creates a worker that renders `templates` and sends through `mailer`.
    pub fn new(proofs: ProofMails, templates: Arc<Templates>, mailer: Arc<dyn Mailer>) -> Self {
        Self {
            proofs,
            templates,
            mailer,
        }
    }
}

#[async_trait]
impl Worker for ProofMailer {
    fn kind(&self) -> &'static str {
        ProofMail::KIND
    }

    /// An expired proof has no mail any more, so its job ends by itself; the user can
    /// request another.
    fn policy(&self) -> Policy {
        Policy::until_worthless(WORTHLESS)
    }

    async fn run(&self, payload: &str) -> Result<(), JobError> {
        let job: ProofMail = job::payload(payload)?;
        let Some(proof) = self.proofs.message(job.proof).await? else {
            return Ok(());
        };
        let mail = write(&self.templates, &proof, job.language)?;
        Ok(self.mailer.send(mail).await?)
    }
}

/// Template variables of a proof's mail.
#[derive(Serialize)]
struct Facts<'a> {
    nick_name: &'a str,
    token: &'a str,
    email: &'a str,
}

/// Renders the mail of a proof, in the language of its request.
fn write(
    templates: &Templates,
    proof: &ProofMessage,
    language: Language,
) -> Result<Mail, MailError> {
    let letter = match proof.purpose {
        Purpose::Bind => EmailTemplate::ProofBind,
        Purpose::Unbind => EmailTemplate::ProofUnbind,
        Purpose::Password => EmailTemplate::ProofPassword,
        Purpose::Reset => EmailTemplate::ProofReset,
    };
    let facts = Facts {
        nick_name: greetable(&proof.nick_name),
        token: proof.token.expose_secret(),
        email: &proof.to,
    };
    templates.write(letter, proof.to.clone(), language, &facts)
}
