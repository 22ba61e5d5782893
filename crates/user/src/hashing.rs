//! Hashing passwords: bcrypt over base64(HMAC-SHA-384(pepper, text)), on few threads.
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
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many passwords may wait for a thread; one more is refused.
const WAITING: usize = 32;

/// Why a password was not hashed.
#[derive(Debug)]
pub(crate) enum HashError {
    /// The queue is full.
    Busy,
    /// bcrypt or the runtime failed.
    Failed(String),
}

/// Hashes passwords on half of the cores, so that a flood of log-ins leaves
/// the rest to the shop.
#[derive(Debug, Clone)]
pub(crate) struct Passwords {
    pepper: SecretString,
    cost: u32,
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

impl Passwords {
    pub(crate) fn new(pepper: SecretString, cost: u32) -> Self {
        let threads = available_parallelism().map_or(1, |cores| cores.get().div_ceil(2));
        Self {
            pepper,
            cost,
            places: Arc::new(Semaphore::new(threads + WAITING)),
            turns: Arc::new(Semaphore::new(threads)),
        }
    }

    /// What is stored of `password`.
    pub(crate) async fn hash(&self, password: &SecretString) -> Result<String, HashError> {
        let text = self.keyed(password)?;
        let cost = self.cost;
        self.run(move || bcrypt::hash(text, cost)).await
    }

    /// Whether `stored` is the hash of `password`. For a user who does not
    /// exist (`None`), or whose hash is none, the same work is done for nothing.
    pub(crate) async fn verify(
        &self,
        password: &SecretString,
        stored: Option<&str>,
    ) -> Result<bool, HashError> {
        let text = self.keyed(password)?;
        let stored = stored.unwrap_or_default().to_owned();
        let nobodys = nobodys_hash(self.cost);
        let work = move || {
            bcrypt::verify(&text, &stored)
                .or_else(|_| bcrypt::verify(&text, &nobodys).map(|_| false))
        };
        self.run(work).await
    }

    fn keyed(&self, password: &SecretString) -> Result<String, HashError> {
        let mut mac = Hmac::<Sha384>::new_from_slice(self.pepper.expose_secret().as_bytes())
            .map_err(|error| HashError::Failed(error.to_string()))?;
        mac.update(password.expose_secret().as_bytes());
        Ok(STANDARD.encode(mac.finalize().into_bytes()))
    }

    /// The permits travel with the work: a caller who goes away does not free
    /// a thread that is still hashing.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, bcrypt::BcryptError> + Send + 'static,
    ) -> Result<T, HashError> {
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_| HashError::Busy)?;
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .map_err(|error| HashError::Failed(error.to_string()))?;
        let done = tokio::task::spawn_blocking(move || {
            let _held: (OwnedSemaphorePermit, OwnedSemaphorePermit) = (place, turn);
            work()
        });
        done.await
            .map_err(|error| HashError::Failed(error.to_string()))?
            .map_err(|error| HashError::Failed(error.to_string()))
    }
}

/// A well-formed hash that no password has.
fn nobodys_hash(cost: u32) -> String {
    format!("$2b${cost:02}$......................{}", ".".repeat(31))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passwords() -> Passwords {
        Passwords::new("pepper".into(), 4)
    }

    #[tokio::test]
    async fn every_character_of_a_long_password_counts() {
        let passwords = passwords();
        let long = "x".repeat(80);

        let hash = passwords.hash(&long.as_str().into()).await.unwrap();

        assert!(passwords.verify(&long.into(), Some(&hash)).await.unwrap());
        let cut = "x".repeat(72);
        assert!(!passwords.verify(&cut.into(), Some(&hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_a_password() {
        for stored in [None, Some("!"), Some(nobodys_hash(4).as_str())] {
            let right = passwords().verify(&"anything".into(), stored).await;
            assert!(!right.unwrap());
        }
    }

    #[tokio::test]
    async fn the_queue_is_bounded() {
        let passwords = passwords();
        let everything = u32::try_from(passwords.places.available_permits()).unwrap();
        let _held = passwords.places.acquire_many(everything).await.unwrap();

        let refused = passwords.hash(&"anything".into()).await;

        assert!(matches!(refused, Err(HashError::Busy)));
    }
}
