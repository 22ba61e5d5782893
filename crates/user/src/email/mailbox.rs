//! Normalised mailboxes and their locks.

use std::hash::{BuildHasher, RandomState};

use stampede_kernel::FieldError;
use tokio::sync::{Mutex, MutexGuard};

use super::canonical::canonical;

/// An e-mail address in its canonical spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mailbox(String);

impl Mailbox {
    /// Parses an address; fails when [`canonical`] does.
    pub(crate) fn parse(text: &str) -> Result<Self, FieldError> {
        let mailbox = canonical(text).map(Self);
        mailbox.ok_or_else(|| {
            FieldError::new(
                "email",
                "not_one_mailbox",
                "must be one address, such as name@example.com, in ASCII before the @",
            )
        })
    }

    /// Wraps an address that is bound already; one that breaks today's rules stays as
    /// it is.
    pub(crate) fn bound(text: &str) -> Self {
        Self(canonical(text).unwrap_or_else(|| text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Locks by mailbox: the mail limits of one address are counted one request at a time.
/// (Per process: several processes may each send one mail.)
pub(crate) struct Mailboxes {
    hasher: RandomState,
    turns: [Mutex<()>; 64],
}

impl Mailboxes {
    /// Waits for the lock of the mailbox.
    pub(crate) async fn lock(&self, mailbox: &Mailbox) -> MutexGuard<'_, ()> {
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
    fn an_address_that_was_bound_under_other_rules_stays() {
        assert!(Mailbox::parse("a..b@example.com").is_err());
        assert_eq!(
            Mailbox::bound("a..b@example.com").as_str(),
            "a..b@example.com"
        );
        assert_eq!(
            Mailbox::bound("kim@b\u{fc}cher.example").as_str(),
            "kim@xn--bcher-kva.example"
        );
    }
}
