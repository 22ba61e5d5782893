//! One mailbox, and whoever is writing to it.

use std::hash::{BuildHasher, RandomState};

use tokio::sync::{Mutex, MutexGuard};
use validator::ValidateEmail;

use crate::rule::Broken;

/// RFC 5321: a path of 256 octets less its brackets.
const MAX_BYTES: usize = 254;

/// An address as the shop keeps it: one mailbox, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mailbox(String);

impl Mailbox {
    /// Refuses lists, names, quotes, comments, address literals, names without a
    /// dot and control characters.
    pub(crate) fn parse(text: &str) -> Result<Self, Broken> {
        let lower = text.to_lowercase();
        let fits = text.len() <= MAX_BYTES && lower.len() <= MAX_BYTES;
        let named = lower
            .rsplit_once('@')
            .is_some_and(|(_, domain)| domain.contains('.') && !domain.starts_with('['));
        if fits && named && lower.validate_email() {
            Ok(Self(lower))
        } else {
            Err(Broken::new(
                "email",
                "not_one_mailbox",
                "must be one address, such as name@example.com",
            ))
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Turns at a mailbox: two users who write to one address at once are counted
/// one after the other. (Per process: of several, each may send one.)
pub(crate) struct Mailboxes {
    hasher: RandomState,
    turns: [Mutex<()>; 64],
}

impl Mailboxes {
    /// Waits for the turn.
    pub(crate) async fn hold(&self, mailbox: &Mailbox) -> MutexGuard<'_, ()> {
        let hash = usize::try_from(self.hasher.hash_one(mailbox.as_str()) % 64).unwrap_or(0);
        self.turns[hash].lock().await
    }
}

impl Default for Mailboxes {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            turns: std::array::from_fn(|_| Mutex::default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_but_one_mailbox_is_refused() {
        let long = format!("{}@example.com", "x".repeat(255));
        for text in [
            "",
            "alice",
            "a@b@example.com",
            "a@example.com,b@example.com",
            "a@localhost",
            "a@example.com\r\nBcc: b@example.com",
            "Alice <a@example.com>",
            "\"a b\"@example.com",
            "a@[127.0.0.1]",
            "a b@example.com",
            " a@example.com",
            "a@example.com\0",
            &long,
        ] {
            assert!(Mailbox::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_mailbox_is_kept_in_lower_case() {
        let mailbox = Mailbox::parse("Alice.O'Neill+shop@Example.COM").unwrap();

        assert_eq!(mailbox.as_str(), "alice.o'neill+shop@example.com");
    }
}
