//! News that the index has not taken in yet.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use stampede_kernel::{CategoryId, ProductId};
use stampede_persistence::{Change, Topic};
use tokio::sync::Notify;

/// What is to be read again. A row named often is read once.
#[derive(Debug, Default)]
pub(super) struct PendingChanges {
    pub(super) everything: bool,
    pub(super) products: HashSet<ProductId>,
    /// Only their stock moved.
    pub(super) stocks: HashSet<ProductId>,
    /// With what is below them.
    pub(super) categories: HashSet<CategoryId>,
}

/// News gathered between two looks.
#[derive(Debug, Default)]
pub(super) struct ChangeQueue {
    changes: Mutex<PendingChanges>,
    added: Notify,
}

impl ChangeQueue {
    /// Notes a change; quick, since publishers wait.
    pub(super) fn add(&self, change: &Change) {
        {
            let mut changes = self.lock();
            match *change {
                Change::Everything => changes.everything = true,
                Change::Row(Topic::Product, id) => {
                    changes.products.insert(ProductId(id));
                }
                Change::Row(Topic::Stock, id) => {
                    changes.stocks.insert(ProductId(id));
                }
                Change::Row(Topic::Category, id) => {
                    changes.categories.insert(CategoryId(id));
                }
                Change::Row(Topic::Carousel | Topic::User | Topic::Sale, _) => return,
            }
        }
        self.added.notify_one();
    }

    /// Resolves when there is news.
    pub(super) async fn notified(&self) {
        self.added.notified().await;
    }

    /// Takes it all.
    pub(super) fn take(&self) -> PendingChanges {
        std::mem::take(&mut *self.lock())
    }

    /// Puts back what could not be taken in.
    pub(super) fn put_back(&self, failed: PendingChanges) {
        let mut changes = self.lock();
        changes.everything |= failed.everything;
        changes.products.extend(failed.products);
        changes.stocks.extend(failed.stocks);
        changes.categories.extend(failed.categories);
        drop(changes);
        self.added.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, PendingChanges> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
