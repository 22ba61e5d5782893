//! Which process sells, where the gate is in its memory: one.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use stampede_persistence::AdvisoryLock;
use tokio::sync::Mutex;

/// The right to sell. A gate that all processes share needs none; one in memory
/// is one process's, and a second one would sell the same units.
#[derive(Debug)]
pub struct SellerLock {
    kind: Kind,
    sells: AtomicBool,
}

#[derive(Debug)]
enum Kind {
    /// The gate is everybody's.
    Shared,
    /// A lock on a file beside the database; the kernel frees it with the process.
    File(PathBuf, Mutex<Option<File>>),
    /// A lock of the database server.
    Server(Mutex<AdvisoryLock>),
}

impl SellerLock {
    /// For a gate that all processes share.
    pub fn shared() -> Self {
        Self {
            kind: Kind::Shared,
            sells: AtomicBool::new(true),
        }
    }

    /// For a gate in memory beside an SQLite file: holds `<file>.lock`.
    pub fn of_file(database: &Path) -> Self {
        let mut lock = database.as_os_str().to_owned();
        lock.push(".lock");
        Self::unlocked(Kind::File(lock.into(), Mutex::default()))
    }

    /// For a gate in memory beside a database server.
    pub fn of_server(lock: AdvisoryLock) -> Self {
        Self::unlocked(Kind::Server(Mutex::new(lock)))
    }

    fn unlocked(kind: Kind) -> Self {
        Self {
            kind,
            sells: AtomicBool::new(false),
        }
    }

    /// Whether this process sells, as far as the last look told.
    pub(crate) fn sells(&self) -> bool {
        self.sells.load(Ordering::Acquire)
    }

    /// Takes the right if it is free, and looks whether it is still held.
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
