//! A mailer that keeps mail in memory, for `/dev/mailbox`.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use stampede_kernel::{Clock, Timestamp};

use super::{Mail, MailError, Mailer};

/// Maximum number of kept mails; the oldest is dropped first.
const KEPT: usize = 100;

/// A mail with its time of arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedMail {
    /// The mail.
    pub mail: Mail,
    /// When it arrived.
    pub created_at: Timestamp,
}

/// Keeps the last 100 mails.
pub struct MemoryMailer {
    clock: Arc<dyn Clock>,
    mails: Mutex<VecDeque<ReceivedMail>>,
}

impl MemoryMailer {
    /// An empty mailbox.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            mails: Mutex::default(),
        }
    }

    /// Everything kept, newest first.
    pub fn mails(&self) -> Vec<ReceivedMail> {
        let mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        mails.iter().rev().cloned().collect()
    }
}

#[async_trait]
impl Mailer for MemoryMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let created_at = self.clock.now();
        let mut mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        if mails.len() == KEPT {
            mails.pop_front();
        }
        mails.push_back(ReceivedMail { mail, created_at });
        Ok(())
    }
}
