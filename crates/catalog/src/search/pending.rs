//! Changes that the index has not applied yet.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use stampede_kernel::{CategoryId, ProductId};
use stampede_persistence::{Change, Topic};
use tokio::sync::Notify;

/// Rows to be read again; a row that changed several times is read once.
#[derive(Debug, Default)]
pub(super) struct PendingChanges {
    pub(super) everything: bool,
    pub(super) products: HashSet<ProductId>,
    /// Products of which only the stock changed.
    pub(super) stocks: HashSet<ProductId>,
    /// Categories, with their descendants.
    pub(super) categories: HashSet<CategoryId>,
}

/// A queue that collects changes until the index applies them.
#[derive(Debug, Default)]
pub(super) struct ChangeQueue {
    changes: Mutex<PendingChanges>,
    added: Notify,
}

impl ChangeQueue {
    /// Adds a change; it must be quick, since publishers wait.
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

    /// Resolves when a change was added.
    pub(super) async fn notified(&self) {
        self.added.notified().await;
    }

    /// Takes all changes.
    pub(super) fn take(&self) -> PendingChanges {
        std::mem::take(&mut *self.lock())
    }

    /// Puts changes back that could not be applied.
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
