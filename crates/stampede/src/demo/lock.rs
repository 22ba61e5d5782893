//! The seeding lock: one process at a time seeds the demo shop. A process that dies releases
//! it, so
//! that the next one can go on.

use std::fs::{File, OpenOptions, TryLockError};

use secrecy::ExposeSecret;
use stampede_persistence::AdvisoryLock;
use stampede_settings::Settings;

/// Name of the advisory lock in a database server, and of the file beside an SQLite database.
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
    /// Takes the lock; `None` when another process holds it.
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
