//! One process at a time furnishes the demo shop; whoever holds the lock loses it with
//! its life, so that the next process can go on.

use std::fs::{File, OpenOptions, TryLockError};

use secrecy::ExposeSecret;
use stampede_persistence::AdvisoryLock;
use stampede_settings::Settings;

/// The lock's name in a database server, and its file's beside an SQLite database.
const NAME: &str = "stampede.demo";

/// The lock, while it is held.
#[expect(dead_code, reason = "what holds a lock is kept, and never read")]
pub(super) enum Lock {
    /// Processes on one machine share the data folder.
    File(File),
    /// Processes on several machines share the server.
    Server(AdvisoryLock),
}

impl Lock {
    /// The lock, if it is free.
    pub(super) async fn if_free(settings: &Settings) -> std::io::Result<Option<Self>> {
        if settings.database.url.expose_secret().starts_with("sqlite") {
            return file(settings);
        }
        let mut lock = AdvisoryLock::new(settings.database.url.clone(), NAME);
        Ok(lock.acquire().await.then_some(Self::Server(lock)))
    }
}

fn file(settings: &Settings) -> std::io::Result<Option<Lock>> {
    let path = settings.data_dir.join(format!("{NAME}.lock"));
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock::File(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
