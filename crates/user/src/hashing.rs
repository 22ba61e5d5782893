//! Password hashing: bcrypt over base64(HMAC-SHA-384(pepper, text)), on few threads.
//!
//! The HMAC makes long and non-ASCII passwords count whole (its text form has
//! 64 bytes, bcrypt cuts at 72) and makes a stolen table worthless without the pepper.

use std::sync::Arc;
use std::thread::available_parallelism;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha384;
use unicode_normalization::UnicodeNormalization;

use crate::hash_queue::{HashQueue, QueueFull, Requester};

/// Maximum length of a raw password; see [`crate::account::password`].
pub(crate) const MAX_RAW_CHARS: usize = 1_024;

/// Errors of password hashing.
#[derive(Debug)]
pub(crate) enum HashError {
    /// The queue is full.
    Busy,
    /// bcrypt or the runtime failed.
    Failed(String),
}

/// The result of a password check.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PasswordCheck {
    /// The password is wrong, or the user has none.
    Wrong,
    /// The password is right.
    Right,
    /// The password is right, but the stored hash is of a spelling before
    /// normalisation; the given hash shall replace it.
    RightSpelledOtherwise(String),
}

impl PasswordCheck {
    pub(crate) fn is_right(&self) -> bool {
        *self != Self::Wrong
    }
}

/// Hashes passwords on half of the cores, so that a flood of log-ins leaves the rest to
/// the shop, and never on a thread that serves requests.
#[derive(Debug, Clone)]
pub(crate) struct Passwords {
    pepper: SecretString,
    cost: u32,
    queue: Arc<HashQueue>,
}

impl Passwords {
    pub(crate) fn new(pepper: SecretString, cost: u32) -> Self {
        let threads = available_parallelism().map_or(1, |cores| cores.get().div_ceil(2));
        Self {
            pepper,
            cost,
            queue: HashQueue::new(threads),
        }
    }

    /// Hashes a password for storage.
    pub(crate) async fn hash(
        &self,
        password: &SecretString,
        who: Requester<'_>,
    ) -> Result<String, HashError> {
        let text = self.keyed(&canonical(password.expose_secret()))?;
        let cost = self.cost;
        self.run(who, move || bcrypt::hash(text, cost)).await
    }

    /// Checks `password` against the hash `stored`. For an unknown user (`None`) or an
    /// unusable hash the same work is done, so that the time reveals nothing.
    pub(crate) async fn verify(
        &self,
        password: &SecretString,
        stored: Option<&str>,
        who: Requester<'_>,
    ) -> Result<PasswordCheck, HashError> {
        let texts = spellings(password.expose_secret());
        let texts: Vec<_> = (texts.iter())
            .map(|text| self.keyed(text))
            .collect::<Result<_, _>>()?;
        let stored = stored.unwrap_or_default().to_owned();
        let cost = self.cost;
        let check = self
            .run(who, move || check_spellings(&texts, &stored, cost))
            .await?;
        if check.is_right() {
            self.queue.record_success(who);
        }
        Ok(check)
    }

    /// Records that the request of a hash was legitimate; see
    /// [`HashQueue::record_success`].
    pub(crate) fn record_success(&self, who: Requester<'_>) {
        self.queue.record_success(who);
    }

    /// Returns whether a log-in to the account has succeeded from this source before.
    pub(crate) fn is_known(&self, who: Requester<'_>) -> bool {
        self.queue.is_known(who)
    }

    fn keyed(&self, text: &str) -> Result<String, HashError> {
        let mut mac = Hmac::<Sha384>::new_from_slice(self.pepper.expose_secret().as_bytes())
            .map_err(|error| HashError::Failed(error.to_string()))?;
        mac.update(text.as_bytes());
        Ok(STANDARD.encode(mac.finalize().into_bytes()))
    }

    /// Runs `work` on a hashing thread. The permit moves with the work: a cancelled
    /// caller does not free a thread that is still hashing.
    async fn run<T: Send + 'static>(
        &self,
        who: Requester<'_>,
        work: impl FnOnce() -> Result<T, bcrypt::BcryptError> + Send + 'static,
    ) -> Result<T, HashError> {
        let permit = (self.queue.acquire(who).await).map_err(|QueueFull| HashError::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let _held = permit;
            work()
        });
        done.await
            .map_err(|error| HashError::Failed(error.to_string()))?
            .map_err(|error| HashError::Failed(error.to_string()))
    }
}

/// Normalises a password to NFKC, so that the same letters are the same password on
/// every keyboard and system.
fn canonical(password: &str) -> String {
    password.nfkc().collect()
}

/// Returns the spellings under which a password may be stored: the canonical one first,
/// then those that were hashed before normalisation. Their number, and so the time of a
/// check, depends only on the input.
fn spellings(password: &str) -> Vec<String> {
    if password.chars().nth(MAX_RAW_CHARS).is_some() {
        // No text has U+0000, so nobody has this password.
        return vec!["\0".to_owned()];
    }
    let mut spellings = vec![canonical(password)];
    for other in [
        password.to_owned(),
        password.nfc().collect(),
        password.nfd().collect(),
    ] {
        if !spellings.contains(&other) {
            spellings.push(other);
        }
    }
    spellings
}

/// Checks one spelling after another until one matches.
fn check_spellings(
    texts: &[String],
    stored: &str,
    cost: u32,
) -> Result<PasswordCheck, bcrypt::BcryptError> {
    for (spelling, text) in texts.iter().enumerate() {
        let right = bcrypt::verify(text, stored)
            .or_else(|_| bcrypt::verify(text, &unmatchable_hash(cost)).map(|_| false))?;
        if right && spelling == 0 {
            return Ok(PasswordCheck::Right);
        } else if right {
            return bcrypt::hash(&texts[0], cost).map(PasswordCheck::RightSpelledOtherwise);
        }
    }
    Ok(PasswordCheck::Wrong)
}

/// Returns a well-formed hash that no password matches.
fn unmatchable_hash(cost: u32) -> String {
    format!("$2b${cost:02}$......................{}", ".".repeat(31))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash_queue::Source;

    const ALICE: Requester<'_> = Requester {
        source: Source::Shop,
        account: "alice",
    };

    fn passwords() -> Passwords {
        Passwords::new("pepper".into(), 4)
    }

    async fn check(password: &str, stored: Option<&str>) -> PasswordCheck {
        let password = password.into();
        passwords().verify(&password, stored, ALICE).await.unwrap()
    }

    #[tokio::test]
    async fn every_character_of_a_long_password_counts() {
        let long = "x".repeat(80);

        let hash = passwords()
            .hash(&long.as_str().into(), ALICE)
            .await
            .unwrap();

        assert_eq!(check(&long, Some(&hash)).await, PasswordCheck::Right);
        assert_eq!(check(&long[..72], Some(&hash)).await, PasswordCheck::Wrong);
    }

    #[tokio::test]
    async fn nobody_has_a_password() {
        for stored in [None, Some("!"), Some(unmatchable_hash(4).as_str())] {
            assert_eq!(check("anything", stored).await, PasswordCheck::Wrong);
        }
    }

    #[tokio::test]
    async fn a_password_is_right_however_its_letters_are_composed() {
        for (set, typed) in [
            ("Gr\u{fc}\u{df}e aus Lyon", "Gru\u{308}\u{df}e aus Lyon"),
            ("Gru\u{308}\u{df}e aus Lyon", "Gr\u{fc}\u{df}e aus Lyon"),
            ("ｆｕｌｌ width 42", "full ｗｉｄｔｈ ４２"),
        ] {
            let hash = passwords().hash(&set.into(), ALICE).await.unwrap();

            assert_eq!(
                check(typed, Some(&hash)).await,
                PasswordCheck::Right,
                "{set}"
            );
            assert_eq!(
                check("Grusse aus Lyon", Some(&hash)).await,
                PasswordCheck::Wrong
            );
        }
    }

    #[tokio::test]
    async fn a_hash_of_the_password_as_it_was_typed_is_right_and_renewed() {
        let raw = |text: &str| bcrypt::hash(passwords().keyed(text).unwrap(), 4).unwrap();
        for (stored, typed) in [
            (
                raw("Gru\u{308}\u{df}e aus Lyon"),
                "Gr\u{fc}\u{df}e aus Lyon",
            ),
            (
                raw("Gru\u{308}\u{df}e aus Lyon"),
                "Gru\u{308}\u{df}e aus Lyon",
            ),
            (raw("ｆｕｌｌ width 42"), "ｆｕｌｌ width 42"),
        ] {
            let PasswordCheck::RightSpelledOtherwise(renewed) = check(typed, Some(&stored)).await
            else {
                panic!("{typed} was not renewed");
            };

            assert_eq!(check(typed, Some(&renewed)).await, PasswordCheck::Right);
        }
    }

    #[tokio::test]
    async fn a_password_beyond_every_limit_is_wrong() {
        let endless = "x".repeat(60_000);
        let hash = passwords().hash(&"".into(), ALICE).await.unwrap();

        assert_eq!(
            check(&endless, Some(&unmatchable_hash(4))).await,
            PasswordCheck::Wrong
        );
        // Not the password that is checked in its place either.
        assert_eq!(check(&endless, Some(&hash)).await, PasswordCheck::Wrong);
    }
}
