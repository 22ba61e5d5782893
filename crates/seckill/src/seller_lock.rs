//! The lock that makes one process the seller, where the gate is in memory.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use stampede_persistence::AdvisoryLock;
use tokio::sync::Mutex;

/// The exclusive right of a process to sell. A gate in memory belongs to one
/// process, and a second process would sell the same units. A shared gate (Redis)
/// needs no lock.
#[derive(Debug)]
pub struct SellerLock {
    kind: Kind,
    sells: AtomicBool,
}

#[derive(Debug)]
enum Kind {
    /// The gate is shared; no lock is needed.
    Shared,
    /// A lock on a file beside the database; the kernel frees it with the process.
    File(PathBuf, Mutex<Option<File>>),
    /// A lock of the database server.
    Server(Mutex<AdvisoryLock>),
}

impl SellerLock {
    /// No lock, for a gate that all processes share.
    pub fn shared() -> Self {
        Self {
            kind: Kind::Shared,
            sells: AtomicBool::new(true),
        }
    }

    /// A file lock on `<file>.lock`, for a gate in memory beside an SQLite
    /// file.
    pub fn of_file(database: &Path) -> Self {
        let mut lock = database.as_os_str().to_owned();
        lock.push(".lock");
        Self::unlocked(Kind::File(lock.into(), Mutex::default()))
    }

    /// A lock of the database server, for a gate in memory.
    pub fn of_server(lock: AdvisoryLock) -> Self {
        Self::unlocked(Kind::Server(Mutex::new(lock)))
    }

    fn unlocked(kind: Kind) -> Self {
        Self {
            kind,
            sells: AtomicBool::new(false),
        }
    }

    /// Whether this process held the lock at the last refresh.
    pub(crate) fn sells(&self) -> bool {
        self.sells.load(Ordering::Acquire)
    }

    /// Acquires the lock if it is free, and checks whether it is still held.
    pub async fn refresh(&self) {
        let sells = match &self.kind {
            Kind::Shared => return,
            Kind::File(path, held) => {
                let mut held = held.lock().await;
                if held.is_none() {
                    *held = locked(path);
                }
                held.is_some()
            }
            Kind::Server(lock) => lock.lock().await.acquire().await,
        };
        if self.sells.swap(sells, Ordering::AcqRel) != sells {
            if sells {
                tracing::info!("this process sells");
            } else {
                tracing::error!("another process sells; set redis.url to sell in several");
            }
        } else if !sells {
            tracing::debug!("another process sells");
        }
    }
}

fn locked(path: &Path) -> Option<File> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path);
    let file = match file {
        Ok(file) => file,
        Err(error) => {
            tracing::error!(%error, "the lock of the database file cannot be made");
            return None;
        }
    };
    match file.try_lock() {
        Ok(()) => Some(file),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(error)) => {
            tracing::error!(%error, "the database file cannot be locked");
            None
        }
    }
}
